"""Owns what every handler receives: settings, store, ledger, manifest, keys, addresses, rate limits."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.state.alerts import Alerts
from widgets.function.state.build_hook import BuildHook
from widgets.function.state.client_address import Addresses
from widgets.function.state.manifest_source import ManifestSource
from widgets.function.state.public_answers import PublicAnswer, PublicAnswers
from widgets.function.state.rate_limits import RateLimits
from widgets.function.state.retention import purge
from widgets.function.state.settings import Settings
from widgets.function.state.survey_terms import keep_terms
from widgets.rules.claims import read_claims
from widgets.rules.keys import Keys
from widgets.rules.phrases import Phrases
from widgets.rules.replies import Replies, read_replies
from widgets.store.interface import Ledger, Store
from widgets.store.opening import open_stores


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    store: Store
    ledger: Ledger
    manifest: ManifestSource
    keys: Keys
    addresses: Addresses
    rate_limits: RateLimits
    answers: PublicAnswers
    alerts: Alerts
    build_hook: BuildHook
    claims: Mapping[str, Phrases] = field(default_factory=dict)

    @property
    def replies(self) -> Replies:
        """Read with each page that shows them: an edit of the file needs no restart."""
        return read_replies(self.settings.replies)

    def now(self) -> int:
        return int(self.settings.clock())

    def today(self) -> str:
        return day_of(self.settings.clock())

    def own_origin(self, manifest: Manifest, origin: str) -> bool:
        return origin in manifest.origins or origin in self.settings.extra_origins

    def new_id(self) -> str:
        """26 characters in Crockford's base 32: 48 bits of milliseconds, then 80 of chance (the ULID
        layout)."""
        return new_id(self.settings.clock(), self.settings.random(10))

    async def public(self, request: Request, manifest: Manifest, wanted: PublicAnswer) -> Response:
        """The answer, from the cache or rendered now; it is cached until something that it shows changes."""
        return await self.answers.give(request.scope, manifest, self.store, wanted)

    async def purge(self) -> int:
        """Delete all that has expired; returns how many rejected comments were deleted."""
        with suppress(Problem):  # no manifest now: what was kept of surveys' terms holds
            await keep_terms(self.store, await self.manifest.current(), self.now())
        return await purge(self.store, self.ledger, self.settings.clock(), self.new_id, self.keys)

    async def close(self) -> None:
        await self.build_hook.close()
        await self.alerts.close()
        await self.store.close()
        await self.ledger.close()


_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS: Final = tuple(one + other for one in _LETTERS for other in _LETTERS)


def new_id(seconds: float, chance: bytes) -> str:
    number = int(seconds * 1000) << 80 | int.from_bytes(chance, "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10)])


def day_of(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def open_services(settings: Settings) -> Services:
    """Raises StoreError when the store is of a newer version, PhraseError on a list of claims that cannot be
    read."""
    claims = read_claims(settings.claims) if settings.claims else {}
    store, ledger = open_stores(settings.store)
    keys = Keys(settings.secret)
    return Services(
        settings=settings,
        store=store,
        ledger=ledger,
        manifest=ManifestSource(settings.manifest, settings.manifest_refresh, settings.clock),
        keys=keys,
        addresses=Addresses(settings.trusted_proxies, settings.forwarded_header, settings.proxy_secret),
        rate_limits=RateLimits(ledger, settings.limits, settings.clock, keys),
        answers=PublicAnswers(settings.clock),
        alerts=Alerts(settings.alerts, store, settings.clock),
        build_hook=BuildHook(settings.build_hook, store, settings.clock),
        claims=claims,
    )
