"""Owns the removal of what deleted rows leave behind: copies in pages of the file, and frames of the write-ahead log.

`secure_delete` overwrites a deleted row, but not the copies that b-tree balancing left when it moved rows to another
page. Only writing all rows anew (VACUUM) removes those.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any, Final

log = logging.getLogger("gatherwell.store")

_AGAIN_SECONDS: Final = 1.0  # after a failure: a reader, or another process, was in the way
_SHARE: Final = 10  # rows are written anew at most a tenth of the time
_LATEST_SECONDS: Final = 300.0
_SMALL: Final = 32 * 1024 * 1024  # bytes of a file that is written anew before the answer
_LARGE_SECONDS: Final = 60.0  # from an erasure in a larger one, so that several share one rewriting
_TOLD_SECONDS: Final = 300.0  # how long it may fail before it is logged, and how often


def pause_after(took: float) -> float:
    """Seconds from one rewriting to the next, from how long it took: nothing to speak of while the file is small."""
    return min(took * _SHARE, _LATEST_SECONDS)


class Leftovers:
    """What is still to be removed, and when. All methods are called in the writer's thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        checkpoint_lock: AbstractContextManager[Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._lock = checkpoint_lock
        self._clock = clock
        self._in_log = True  # a process that was killed may have left deleted text there
        self._in_file = _left_by_another(connection)
        self._not_before = 0.0
        self._since: float | None = None  # when it first failed
        self._told = 0.0

    def erased(self) -> None:
        """Rows were deleted or overwritten."""
        if not self._in_file and not self._small():
            self._not_before = max(self._not_before, self._clock() + _LARGE_SECONDS)
        self._in_log = self._in_file = True

    def lay_anew(self) -> None:
        """Rows are to be written in the order of their keys, whatever was deleted."""
        self._in_file = True
        self._not_before = 0.0

    def wait(self) -> float | None:
        """Seconds until there is something to do, None where nothing is left."""
        if self._in_log:
            return _AGAIN_SECONDS
        return max(_AGAIN_SECONDS / 10, self._not_before - self._clock()) if self._in_file else None

    def remove(self) -> None:
        """What is done before the answer: the log, and the rows of a small file."""
        if self._due() and self._small():
            self._rewrite()
        if self._in_log:
            self._empty_log()
        self._tell()

    def keeps_writers_waiting(self) -> bool:
        """Whether a large file is due: that takes seconds, so it is done after the answer, by `remove_slowly`."""
        return self._due()

    def remove_slowly(self) -> None:
        self._rewrite()
        self._empty_log()

    def close(self) -> None:
        """Remove what takes no more than a second; the next start sees what is left."""
        if self._in_file and self._not_before - self._clock() <= _SHARE * 1.0 and self._small():
            self._rewrite()
        if self._in_log:
            self._empty_log()

    def _due(self) -> bool:
        return self._in_file and self._clock() >= self._not_before

    def _small(self) -> bool:
        """Of a damaged file False: it is tried again after the answer, and the writer's thread lives."""
        with suppress(sqlite3.Error):
            size = self._connection.execute(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            )
            return bool(size.fetchone()[0] <= _SMALL)
        return False

    def _rewrite(self) -> None:
        start = self._clock()
        try:
            self._connection.execute("VACUUM")
            _note_rewriting(self._connection)
        except sqlite3.Error:  # no room, or the file is in use
            self._since = self._since or start
            self._not_before = self._clock() + _AGAIN_SECONDS
            return
        self._in_file, self._in_log, self._since = False, True, None
        self._not_before = self._clock() + pause_after(self._clock() - start)

    def _empty_log(self) -> None:
        try:
            with self._lock:
                busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            busy = True  # a reader holds the log
        self._in_log = bool(busy)
        if busy:
            self._since = self._since or self._clock()
        elif not self._in_file:
            self._since = None

    def _tell(self) -> None:
        now = self._clock()
        if self._since is None or now - max(self._since, self._told) < _TOLD_SECONDS:
            return
        self._told = now
        log.warning(
            "What was erased %d minutes ago is still in the store's file: it could not be written anew. Look for room on "
            "the disk, and for a process that keeps the file open.",
            (now - self._since) // 60,
        )


def _left_by_another(connection: sqlite3.Connection) -> bool:
    with suppress(sqlite3.Error):
        row = connection.execute("SELECT seq > laid FROM erasure_mark").fetchone()
        return bool(row and row[0])
    return False


def _note_rewriting(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.OperationalError):  # the ledger has no such row
        connection.execute("UPDATE erasure_mark SET laid = seq WHERE laid <> seq")
