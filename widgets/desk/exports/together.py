"""Owns how many writes of an import are made at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain, islice
from typing import Final, TypeAlias

from widgets.store.records import Busy

Write: TypeAlias = Callable[[], Awaitable[object]]
_TOGETHER: Final = 256  # as many as SQLite's writer commits at once


async def write_together(writes: Iterable[Write]) -> None:
    """Make all *writes*, each of which may be made again. A store that commits what comes together takes many at once;
    where they are in each other's way, they are made one by one. Raises what the first that failed raised."""
    waiting = iter(writes)
    while chunk := list(islice(waiting, _TOGETHER)):
        done = await asyncio.gather(*(write() for write in chunk), return_exceptions=True)
        if any(isinstance(one, Busy) for one in done):
            for write in chain(chunk, waiting):
                await write()
            return
        for one in done:
            if isinstance(one, BaseException):
                raise one
