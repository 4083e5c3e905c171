"""Owns the lock between processes that write one file: a waiting process is woken at once, where SQLite alone would
sleep and poll."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class FileLock:
    """A lock on a file beside the database. The system frees it when a process dies. On Windows there is none:
    SQLite's own waiting is slower under load and as safe."""

    def __init__(self, database: Path) -> None:
        self._file = os.open(database.with_name(f"{database.name}-turn"), os.O_CREAT | os.O_RDWR, 0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        if sys.platform == "win32":
            yield
            return
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._file)
