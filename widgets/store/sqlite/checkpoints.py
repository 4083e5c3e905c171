"""Owns the thread that moves what is committed from the write-ahead log into the database, so that no writer
waits."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from typing import Final

# Pages of the log at which the writer moves them itself after all: little is left to move then, and a log that
# nobody had time to begin anew stays bounded (64 MB).
BACKSTOP: Final = 16_000
_PAUSE_SECONDS: Final = 1.0


class Checkpoints:
    """Once a second at most, while there are commits. Nobody's reading or writing waits for it.

    `lock` is held meanwhile: SQLite lets only one at a time move pages, and refuses the second.
    """

    def __init__(self, connection: sqlite3.Connection, name: str, pause: float = _PAUSE_SECONDS) -> None:
        self._pause = pause
        self.lock = threading.Lock()
        self._connection = connection
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to move."""
        self._wanted.set()

    def close(self) -> None:
        self._ended.set()
        self._wanted.set()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            # The pause comes first: a single commit is answered before its disk is busy with moving it.
            if self._ended.wait(self._pause):
                return
            self._wanted.clear()
            with self.lock, suppress(sqlite3.Error):  # another process moves them: the next time will do
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
