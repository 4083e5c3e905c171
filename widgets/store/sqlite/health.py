"""Owns whether a SQLite store would take a write now."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from widgets.store.records import Busy, StoreHealth, Tally
from widgets.store.sqlite import votes
from widgets.store.sqlite.guard import StoreGuard
from widgets.store.sqlite.writer import Writer

_LEAST_FREE: Final = 16 * 1024 * 1024  # bytes: writing a small store anew needs as much
_PROBE_SECONDS: Final = 5.0
_PROBE_BYTES: Final = 128 * 1024


async def health(
    path: Path,
    guard: StoreGuard,
    writer: Writer,
    read: Callable[[Callable[[sqlite3.Connection], Tally]], Tally],
) -> StoreHealth:
    """Raises Busy where it would not."""
    guard.demand()
    if writer.damage:
        raise Busy(f"The store is damaged ({writer.damage}).")
    read(lambda db: votes.read_tally(db, "healthz", 1))
    free = shutil.disk_usage(path.absolute().parent).free
    if free < _LEAST_FREE:
        raise Busy("The store's disk is full.")

    def probe(db: sqlite3.Connection) -> None:
        if writer.fault:  # a transaction without a change does not touch the disk
            db.execute("INSERT INTO once VALUES ('healthz', '', ?, '')", ("x" * _PROBE_BYTES,))
            db.execute("DELETE FROM once WHERE key = 'healthz'")

    try:
        await asyncio.wait_for(writer.submit(probe), _PROBE_SECONDS)
    except TimeoutError as error:
        raise Busy("The store is locked.") from error
    names = (path, path.with_name(f"{path.name}-wal"))  # of any process: the files tell
    return StoreHealth(int(max(name.stat().st_mtime for name in names if name.exists())), free)
