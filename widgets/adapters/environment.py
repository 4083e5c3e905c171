"""Owns settings taken from the environment, for servers and Lambda alike."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from widgets.function.state.alert_channels import AlertSettings
from widgets.function.state.settings import ProofSettings, Settings
from widgets.rules.limits import DEFAULT_LIMITS

CLAIMS: Final = "claims.yaml"  # the editors' own list: beside gatherwell.yaml, and in Lambda's zip
REPLIES: Final = "replies.yaml"  # a community's own sentences for private answers, likewise

NOBODY_CALLED: Final = (
    "Nobody is called when somebody writes that they want to die: set GATHERWELL_ALERT_WEBHOOK or GATHERWELL_ALERT_SMTP, "
    "then try it with `gatherwell desk alert --test`."
)

SecretReader = Callable[[str], str]


def settings_from(environ: Mapping[str, str], read_ssm: SecretReader | None = None) -> Settings:
    """Variables `GATHERWELL_…` as `docs/function.md` lists them. Raises ValueError naming the variable."""
    proof = environ.get("GATHERWELL_PROOF", "on")
    return Settings(
        manifest=_needed(environ, "GATHERWELL_MANIFEST"),
        store=_needed(environ, "GATHERWELL_STORE"),
        secret=_secret(environ, read_ssm),
        extra_origins=_list(environ, "GATHERWELL_ORIGINS"),
        trusted_proxies=_list(environ, "GATHERWELL_TRUSTED_PROXIES"),
        forwarded_header=environ.get("GATHERWELL_FORWARDED_HEADER", "x-forwarded-for"),
        proxy_secret=_value(environ, "GATHERWELL_PROXY_SECRET", read_ssm) or None,
        limits=None if environ.get("GATHERWELL_LIMITS") == "off" else DEFAULT_LIMITS,
        proof=ProofSettings(required=proof != "off"),
        claims=Path(environ["GATHERWELL_CLAIMS"]) if environ.get("GATHERWELL_CLAIMS") else None,
        replies=Path(environ["GATHERWELL_REPLIES"]) if environ.get("GATHERWELL_REPLIES") else None,
        alerts=alert_settings(environ, read_ssm),
        safeguarding=environ.get("GATHERWELL_SAFEGUARDING", "").strip(),
        build_hook=_value(environ, "GATHERWELL_BUILD_HOOK", read_ssm) or None,
        build_minutes=_minutes(environ.get("GATHERWELL_BUILD_MINUTES", "")),
        access_log=environ.get("GATHERWELL_ACCESS_LOG") == "on",
    )


def alert_settings(environ: Mapping[str, str], read_ssm: SecretReader | None = None) -> AlertSettings | None:
    """None where nobody is called. Raises ValueError naming the variable."""
    webhook = _value(environ, "GATHERWELL_ALERT_WEBHOOK", read_ssm) or None
    smtp = _value(environ, "GATHERWELL_ALERT_SMTP", read_ssm) or None
    if not webhook and not smtp:
        return None
    return AlertSettings(
        webhook=webhook,
        smtp=smtp,
        mail_from=environ.get("GATHERWELL_ALERT_FROM", ""),
        mail_to=_list(environ, "GATHERWELL_ALERT_TO"),
        second_webhook=_value(environ, "GATHERWELL_ALERT_SECOND_WEBHOOK", read_ssm) or None,
        second_mail_to=_list(environ, "GATHERWELL_ALERT_SECOND_TO"),
        desk=environ.get("GATHERWELL_DESK_URL") or None,
        inline=environ.get("GATHERWELL_ALERT_INLINE") == "on",
    )


def read_or_make_secret(path: Path) -> bytes:
    """The secret kept in a file that its owner alone can read; created on first use.

    Raises OSError, and ValueError where the file holds something else.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    secret = path.read_bytes().strip()
    if not secret.isascii() or b"\0" in secret:
        raise ValueError(
            f"{path} is no secret file: it holds bytes that are not ASCII. Put the right one back."
        )
    return secret


def read_secret(environ: Mapping[str, str], file: Path | None) -> bytes | None:
    """The function's secret for a command that runs beside it, from where `function serve` takes it: the variables, else
    `file`. None where there is none; nothing is made. Raises ValueError as `settings_from` does."""
    named = Path(environ["GATHERWELL_SECRET_FILE"]) if environ.get("GATHERWELL_SECRET_FILE") else None
    if named is None and environ.get("GATHERWELL_SECRET"):
        return _secret(environ, None)
    place = named or file
    return read_or_make_secret(place) if place and place.is_file() else None


def replace_secret(path: Path) -> Path:
    """Put a new secret in place of the one in this file, and keep the old one beside it. Raises OSError, and ValueError
    where an old one is kept already."""
    old = path.with_name(f"{path.name}.old")
    if old.exists():
        raise ValueError(f"{old} is from the last time: move it away first.")
    path.rename(old)
    read_or_make_secret(path)
    return old


def _secret(environ: Mapping[str, str], read_ssm: SecretReader | None) -> bytes:
    if "GATHERWELL_SECRET_FILE" in environ:
        return read_or_make_secret(Path(environ["GATHERWELL_SECRET_FILE"]))
    secret = _value(environ, "GATHERWELL_SECRET", read_ssm).encode()
    if len(secret) < 32:
        raise ValueError(
            "GATHERWELL_SECRET must have at least 32 characters, or name a GATHERWELL_SECRET_FILE."
        )
    return secret


def _value(environ: Mapping[str, str], name: str, read_ssm: SecretReader | None) -> str:
    """The variable itself, or what the SSM parameter named by `<NAME>_SSM` holds."""
    parameter = environ.get(f"{name}_SSM")
    if parameter and read_ssm is not None:
        return read_ssm(parameter)
    return environ.get(name, "")


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise ValueError(f"{name} must be set.")
    return value


def _minutes(text: str) -> int | None:
    """None where nothing is said. Raises ValueError on anything but a number of minutes."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_440):
        raise ValueError("GATHERWELL_BUILD_MINUTES must be a number of minutes, 1 to 1440.")
    return int(text)


def _list(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(environ.get(name, "").replace(",", " ").split())
