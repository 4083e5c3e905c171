"""Watches the clock for the next scheduled moment of the site, whichever plan names it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable

from generator.site.schedule import Epoch

# The clock is looked at so often (seconds) where no scheduled moment is nearer: the machine may sleep meanwhile.
_EVERY = 60.0
# A plan that cannot be made is tried again after this time.
_AGAIN = 1.0
_LEAST = 0.05


class SiteClock:
    """*epoch* gives the stretch of time of the current plan, None while there is none; *now* the time."""

    def __init__(self, epoch: Callable[[], Epoch | None], now: Callable[[], dt.datetime]) -> None:
        self._epoch = epoch
        self._now = now
        self._replanned = asyncio.Event()

    def plan_changed(self) -> None:
        """Look at the epoch again: an edit may have brought a nearer moment."""
        self._replanned.set()

    async def run(self, passed: Callable[[], Awaitable[None]]) -> None:
        """Await *passed* whenever the epoch has ended, until cancelled."""
        while True:
            self._replanned.clear()
            epoch = self._epoch()
            pause = pause_until(epoch, self._now()) if epoch is not None else _EVERY
            if pause == 0.0:
                await passed()
                self._replanned.clear()
                epoch = self._epoch()
                left = pause_until(epoch, self._now()) if epoch is not None else _EVERY
                pause = left or _AGAIN
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._replanned.wait(), max(_LEAST, pause))


def pause_until(epoch: Epoch, now: dt.datetime) -> float:
    """Seconds until a plan of *epoch* is out of date, at most a minute; 0 where it is."""
    if not epoch.until:
        return _EVERY
    left = (dt.datetime.fromisoformat(epoch.until) - now).total_seconds()
    return min(_EVERY, max(0.0, left))
