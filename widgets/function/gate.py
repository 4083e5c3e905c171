"""Owns the drawing on limits: it asks the ledger, and knows addresses only as keyed hashes of one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from widgets.function.keys import Keys, keyed
from widgets.function.problems import Problem
from widgets.function.rules.limits import DAY, Limit, charges, retry_after
from widgets.store.interface import Ledger


class Gate:
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
        limits = (self._limits or {}).get(rule)
        if not limits:
            return
        now = int(self._clock())
        drawn = charges(await self._day_key(now), rule, limits, address, scope, now)
        wait = retry_after(drawn, await self._ledger.charge(drawn), now)
        if wait is not None:
            raise Problem("rate-limited", retry_after=max(1, wait))

    async def first_today(self, intent: str, *act: str) -> bool:
        """Whether nobody did this very act today before; the same `intent` may do it again (a retry)."""
        now = int(self._clock())
        key = await self._day_key(now)
        end = (now // DAY + 1) * DAY
        return await self._ledger.spend(keyed(key, *act), keyed(key, "intent", intent), end)

    async def _day_key(self, now: int) -> bytes:
        """The ledger's key of the day under the function's secret: a stolen ledger alone holds too little for
        trying out every address there is."""
        day = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
        if self._day is None or self._day[0] != day:
            drawn = await self._ledger.day_key(day)
            self._day = (day, self._keys.digest("day", drawn.hex()).encode())
        return self._day[1]
