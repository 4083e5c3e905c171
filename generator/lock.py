"""One build at a time on a root: a lock that the operating system frees when its holder dies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = "lock.sqlite"


@contextmanager
def build_lock(folder: Path, waiting: Callable[[], None], timeout: float = 3600.0) -> Iterator[None]:
    """Hold the root's lock; calls *waiting* once when another build has it, then waits for it.

    SQLite's file locks are the portable ones: they work on every system and vanish with their process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / LOCK_NAME, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            waiting()
            connection.execute(f"PRAGMA busy_timeout={int(timeout * 1000)}")
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()
