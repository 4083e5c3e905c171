"""Owns the function's settings: everything it takes from outside, the clock and chance included."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from widgets.function.state.alert_channels import AlertSettings
from widgets.rules.limits import DEFAULT_LIMITS, Limit
from widgets.rules.proof import Purpose, Puzzle

BUILD_MINUTES: Final = 15


@dataclass(frozen=True, slots=True)
class ProofSettings:
    """ALTCHA's proof of work. A browser tries at most `most` + 1 keys of `cost` PBKDF2 rounds each, half of them in the
    mean; for a device's first vote in a poll, or its response to a survey, `vote_most` + 1. It never asks for more, whatever the load."""

    required: bool = True
    cost: int = 5_000
    most: int = 160
    vote_most: int = 120
    min_seconds: int = 3
    max_seconds: int = 30 * 60

    def puzzle(self, purpose: Purpose) -> Puzzle:
        if purpose in ("vote", "survey"):
            return Puzzle(purpose, self.vote_most, self.cost, self.max_seconds)
        return Puzzle(purpose, self.most, self.cost, self.max_seconds, self.min_seconds)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `create_app` needs.

    `manifest` is a path, an http(s) URL, or a callable that returns the bytes. `store` is `sqlite:<path>`
    (the ledger lies beside it as `<path>-ledger`) or `dynamodb:<table>` (the ledger is `<table>-ledger`).
    `secret` has at least 32 bytes: whoever knows it can recompute who voted what, so it is kept with care.
    """

    manifest: str | Path | Callable[[], bytes]
    store: str
    secret: bytes
    clock: Callable[[], float] = time.time
    random: Callable[[int], bytes] = secrets.token_bytes
    manifest_refresh: float = 60.0  # seconds
    extra_origins: tuple[str, ...] = ()  # beside the manifest's, such as the preview's
    trusted_proxies: tuple[str, ...] = ()  # networks whose forwarding header counts
    forwarded_header: str = "x-forwarded-for"
    proxy_secret: str | None = None  # a proxy that sends this in X-Gatherwell-Proxy is trusted too
    limits: Mapping[str, tuple[Limit, ...]] | None = field(default_factory=lambda: DEFAULT_LIMITS)
    proof: ProofSettings = field(default_factory=ProofSettings)
    secure_cookie: bool = True  # False only where the preview is reached over plain http from another device
    claims: Path | None = None  # the editors' own list of medical claims, by condition
    replies: Path | None = None  # a community's own sentences for private answers
    alerts: AlertSettings | None = None
    safeguarding: str = ""  # whom staff turn to where a child may write: a name and how to reach them
    build_hook: str | None = None  # an http(s) address that is called when published words were taken down
    build_minutes: int | None = (
        None  # until pages and caches have followed: what a withdrawal's button promises
    )
    body_limit: int = 64 * 1024  # bytes
    body_seconds: float = 10.0
    text_limit: int = 5_000  # characters of a comment
    edit_seconds: int = 15 * 60
    page_roots: int = 20
    access_log: bool = False

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise ValueError("The function's secret must have at least 32 bytes.")
        if self.build_hook and not self.build_hook.startswith(("http://", "https://")):
            raise ValueError("GATHERWELL_BUILD_HOOK must begin with http:// or https://.")
