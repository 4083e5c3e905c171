"""Owns settings taken from the environment, for servers and Lambda alike."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from widgets.function.alerts import AlertSettings
from widgets.function.rules.limits import DEFAULT_LIMITS
from widgets.function.settings import ProofSettings, Settings

CLAIMS: Final = "claims.yaml"  # the editors' own list: beside gatherwell.yaml, and in Lambda's zip

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
        alerts=_alerts(environ, read_ssm),
        access_log=environ.get("GATHERWELL_ACCESS_LOG") == "on",
    )


def _alerts(environ: Mapping[str, str], read_ssm: SecretReader | None) -> AlertSettings | None:
    webhook = _value(environ, "GATHERWELL_ALERT_WEBHOOK", read_ssm) or None
    smtp = _value(environ, "GATHERWELL_ALERT_SMTP", read_ssm) or None
    if not webhook and not smtp:
        return None
    return AlertSettings(
        webhook=webhook,
        smtp=smtp,
        mail_from=environ.get("GATHERWELL_ALERT_FROM", ""),
        mail_to=_list(environ, "GATHERWELL_ALERT_TO"),
        desk=environ.get("GATHERWELL_DESK_URL") or None,
        inline=environ.get("GATHERWELL_ALERT_INLINE") == "on",
    )


def read_or_make_secret(path: Path) -> bytes:
    """The secret kept in a file that its owner alone can read; made at the first use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip().encode()


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


def _list(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(environ.get(name, "").replace(",", " ").split())
