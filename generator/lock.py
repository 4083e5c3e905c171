"""One build at a time on a root: a lock that the operating system frees when its holder dies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import OutputError

LOCK_NAME = "lock.sqlite"


@contextmanager
def build_lock(folder: Path, waiting: Callable[[], None], timeout: float = 3600.0) -> Iterator[None]:
    """Hold the root's lock; calls *waiting* once when another build has it, then waits for it.

    SQLite's file locks are the portable ones: they work on every system and vanish with their process.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / LOCK_NAME, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(folder, error) from None
    try:
        try:
            _take(connection, waiting, timeout)
        except sqlite3.Error as error:
            raise _unusable(folder, error) from None
        yield
    finally:
        connection.close()


def _take(connection: sqlite3.Connection, waiting: Callable[[], None], timeout: float) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        waiting()
        connection.execute(f"PRAGMA busy_timeout={int(timeout * 1000)}")
        connection.execute("BEGIN EXCLUSIVE")


def _unusable(folder: Path, error: Exception) -> OutputError:
    what = getattr(error, "strerror", None) or str(error)
    return OutputError(
        f"cannot be used ({what})",
        str(folder),
        hint="the build keeps its cache there: free the name, the space or the rights",
    )
