"""Owns the thread that runs checkpoints (write-ahead log into database), so that no write waits for one."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from typing import Final

# Pages of the log at which a commit runs a checkpoint itself after all, so that the log stays bounded (64 MB).
BACKSTOP: Final = 16_000
_PAUSE_SECONDS: Final = 1.0


class Checkpoints:
    """Runs a passive checkpoint at most once a second, after commits; neither reads nor writes wait for it.

    `lock` is held meanwhile: SQLite allows one checkpoint at a time and refuses a second.
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
        """Called after a commit."""
        self._wanted.set()

    def close(self) -> None:
        self._ended.set()
        self._wanted.set()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            # The pause comes first, so that a single commit is answered before the checkpoint loads the disk.
            if self._ended.wait(self._pause):
                return
            self._wanted.clear()
            if self._ended.is_set():  # while the pause ran out: the wish that told of it is cleared
                return
            with (
                self.lock,
                suppress(sqlite3.Error),
            ):  # another process runs one: tried again after the next commit
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
