"""Owns rate limits: counts are kept in the ledger, under hashes of addresses whose key changes every day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from widgets.contract.problems import Problem
from widgets.rules.bursts import MINUTE, burst_of
from widgets.rules.keys import Keys, keyed
from widgets.rules.limits import DAY, Limit, charges, retry_after
from widgets.store.interface import Ledger
from widgets.store.ledger_writes import LedgerWrites

T = TypeVar("T")
Limits = Mapping[str, tuple[Limit, ...]]


class Draws:
    """What one request draws on in one unit of work of the ledger. Its methods wait for nothing."""

    def __init__(self, writes: LedgerWrites, day_key: bytes, limits: Limits, now: int) -> None:
        self._writes = writes
        self._day_key = day_key
        self._limits = limits
        self._now = now

    def limited(self, rule: str, who: str, scope: str = "") -> Problem | None:
        """Problem rate-limited with the seconds to wait, None where the limits hold one more. `who` is an address or a
        keyed hash."""
        limits = self._limits.get(rule)
        if not limits:
            return None
        drawn = charges(self._day_key, rule, limits, who, scope, self._now)
        wait = retry_after(drawn, self._writes.charge(drawn), self._now)
        return None if wait is None else Problem("rate-limited", retry_after=max(1, wait))

    def within(self, rule: str, who: str, scope: str = "") -> bool:
        """Whether a budget still holds one more, which is drawn on it."""
        return self.limited(rule, who, scope) is None

    def first_today(self, intent: str, *act: str) -> bool:
        """Whether this act is the first of its kind today; a retry with the same `intent` counts as the first."""
        end = (self._now // DAY + 1) * DAY
        return self.spend(keyed(self._day_key, *act), keyed(self._day_key, "intent", intent), end)

    def spend(self, token: str, by: str, expires: int) -> bool:
        """True once for each token, and again only for the same `by`."""
        return self._writes.agree(token, by, expires) == by

    def burst(self, text: str, address: str, fresh: str) -> str | None:
        """The number of the burst that a post belongs to, which is `fresh` for the first; None where no network is known.
        The network stays in the ledger, under the day's key."""
        agreed = burst_of(text, address, self._now)
        if agreed is None:
            return None
        return self._writes.agree(keyed(self._day_key, "burst", *agreed), fresh, self._now + 2 * MINUTE)


class RateLimits:
    def __init__(
        self,
        ledger: Ledger,
        limits: Limits | None,
        clock: Callable[[], float],
        keys: Keys,
    ) -> None:
        self._ledger = ledger
        self._keys = keys
        self._limits = limits or {}
        self._clock = clock
        self._day: tuple[str, bytes] | None = None

    async def together(self, work: Callable[[Draws], T]) -> T:
        """Draw on several limits, budgets and tokens in one unit of work (`Ledger.together`): a refusal is returned."""
        now = int(self._clock())
        key = await self._day_key(now)
        return await self._ledger.together(lambda writes: work(Draws(writes, key, self._limits, now)))

    async def draw(self, rule: str, address: str, scope: str = "") -> None:
        """Raises Problem rate-limited with the seconds to wait."""
        if not self._limits.get(rule):
            return
        refused = await self.together(lambda draws: draws.limited(rule, address, scope))
        if refused is not None:
            raise refused

    async def _day_key(self, now: int) -> bytes:
        """The ledger's key of the day, mixed with the function's secret: with a stolen ledger alone nobody can try out
        every possible address."""
        day = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
        if self._day is None or self._day[0] != day:
            drawn = await self._ledger.day_key(day)
            self._day = (day, self._keys.digest("day", drawn.hex()).encode())
        return self._day[1]
