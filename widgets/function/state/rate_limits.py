"""Owns rate limits: counts are kept in the ledger, under hashes of addresses whose key changes every day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from widgets.contract.problems import Problem
from widgets.rules.bursts import MINUTE, burst_of
from widgets.rules.keys import Keys, keyed
from widgets.rules.limits import DAY, Limit, charges, retry_after
from widgets.store.interface import Ledger


class RateLimits:
    def __init__(
        self,
        ledger: Ledger,
        limits: Mapping[str, tuple[Limit, ...]] | None,
        clock: Callable[[], float],
        keys: Keys,
    ) -> None:
        self._ledger = ledger
        self._keys = keys
        self._limits = limits
        self._clock = clock
        self._day: tuple[str, bytes] | None = None

    async def draw(self, rule: str, address: str, scope: str = "") -> None:
        """Raises Problem rate-limited with the seconds to wait."""
        wait = await self._wait(rule, address, scope)
        if wait is not None:
            raise Problem("rate-limited", retry_after=max(1, wait))

    async def within(self, rule: str, who: str, scope: str = "") -> bool:
        """Whether a budget still holds one more, which is drawn on it. `who` is an address or a keyed hash."""
        return await self._wait(rule, who, scope) is None

    async def _wait(self, rule: str, who: str, scope: str) -> int | None:
        limits = (self._limits or {}).get(rule)
        if not limits:
            return None
        now = int(self._clock())
        drawn = charges(await self._day_key(now), rule, limits, who, scope, now)
        return retry_after(drawn, await self._ledger.charge(drawn), now)

    async def first_today(self, intent: str, *act: str) -> bool:
        """Whether this act is the first of its kind today; a retry with the same `intent` counts as the first."""
        now = int(self._clock())
        key = await self._day_key(now)
        end = (now // DAY + 1) * DAY
        return await self._ledger.spend(keyed(key, *act), keyed(key, "intent", intent), end)

    async def burst(self, text: str, address: str, fresh: str) -> str | None:
        """The number of the burst that a post belongs to, which is `fresh` for the first; None where no network is known.
        The network stays in the ledger, under the day's key."""
        now = int(self._clock())
        agreed = burst_of(text, address, now)
        if agreed is None:
            return None
        key = await self._day_key(now)
        return await self._ledger.agree(keyed(key, "burst", *agreed), fresh, now + 2 * MINUTE)

    async def _day_key(self, now: int) -> bytes:
        """The ledger's key of the day, mixed with the function's secret: with a stolen ledger alone nobody can try out
        every possible address."""
        day = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
        if self._day is None or self._day[0] != day:
            drawn = await self._ledger.day_key(day)
            self._day = (day, self._keys.digest("day", drawn.hex()).encode())
        return self._day[1]
