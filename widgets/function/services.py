"""Owns what every route is handed: settings, store, ledger, manifest, keys, addresses, the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from widgets.function.address import Addresses
from widgets.function.alerts import Alerts
from widgets.function.gate import Gate
from widgets.function.keys import Keys
from widgets.function.manifest import Manifest, ManifestSource
from widgets.function.public_answers import PublicAnswers
from widgets.function.retention import purge
from widgets.function.rules.claims import read_claims
from widgets.function.rules.phrases import Phrases
from widgets.function.settings import Settings
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
    gate: Gate
    answers: PublicAnswers
    alerts: Alerts
    claims: Mapping[str, Phrases] = field(default_factory=dict)

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

    async def forget(self) -> int:
        """Let go of what has had its time; how many rejected comments were destroyed."""
        return await purge(self.store, self.ledger, self.settings.clock(), self.new_id)

    async def close(self) -> None:
        await self.alerts.close()
        await self.store.close()
        await self.ledger.close()


def new_id(seconds: float, chance: bytes) -> str:
    number = int(seconds * 1000) << 80 | int.from_bytes(chance, "big")
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(letters[number >> shift & 31] for shift in range(125, -1, -5))


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
        gate=Gate(ledger, settings.limits, settings.clock, keys),
        answers=PublicAnswers(settings.clock),
        alerts=Alerts(settings.alerts),
        claims=claims,
    )
