"""The build lock: one build at a time in a project. The operating system frees it when its process ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.ground.errors import OutputError

LOCK_NAME = "lock.sqlite"


@contextmanager
def build_lock(folder: Path, waiting: Callable[[], None], timeout: float = 3600.0) -> Iterator[None]:
    """Hold the lock in *folder*. Where another build holds it, call *waiting* once, then wait up to *timeout* seconds.

    Uses the lock of a SQLite file, which works on every system and is freed when its process ends. Raises OutputError
    where the folder cannot be used.
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
        hint="the build keeps its cache there: check permissions, free space, and files of that name",
    )
