"""Owns the one thread that writes: what arrives while a commit is under way shares the next one."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from widgets.store.records import Busy, StoreError
from widgets.store.sqlite.checkpoints import Checkpoints
from widgets.store.sqlite.files import named
from widgets.store.sqlite.turns import Turns

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]

_MOST_PER_COMMIT = 256
_SHRED_AGAIN_SECONDS = 1.0


class Writer:
    """Runs operations in the order they come, many to a transaction, each in a savepoint of its own.

    An operation that raises StoreError undoes itself alone. When the commit fails, nothing was written and
    every operation of the batch raises Busy.
    """

    def __init__(
        self, connection: sqlite3.Connection, turns: Turns, name: str, checkpoints: Checkpoints | None = None
    ) -> None:
        """`checkpoints`: who moves what is committed; without one, each thousandth page's commit does it."""
        self._connection = connection
        self._checkpoints = checkpoints
        self._turns = turns
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._to_shred = True  # a process that was killed may have left destroyed words in the log
        self._to_rewrite = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, operation: Operation[T], *, shred: bool = False, rewrite: bool = False) -> Awaitable[T]:
        """`shred`: empty the write-ahead log after the commit, since it may still hold what was destroyed.

        `rewrite`: lay all rows anew, in the order of their keys; within a page they lie as they came.
        """
        if self._closed:
            raise Busy("The store is closed.")
        job = _Job(operation, shred, rewrite, asyncio.get_running_loop())
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what was handed in, then stop."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()
            if self._checkpoints:
                self._checkpoints.close()
            self._connection.close()
            self._turns.close()

    def _run(self) -> None:
        ending = False
        while not ending:
            batch = self._gather()
            ending = bool(batch) and batch[-1] is None
            jobs = [job for job in batch if job is not None]
            with self._turns.turn():
                if jobs:
                    self._write(jobs)
                if self._to_rewrite:
                    self._rewrite()
                if self._to_shred:
                    self._empty_log()
            _deliver(jobs)
            if self._checkpoints and jobs:
                self._checkpoints.wake()

    def _gather(self) -> list[_Job | None]:
        """What waits, at least one; or nothing, when the log is still to be emptied after a while."""
        batch: list[_Job | None] = []
        try:
            batch.append(self._jobs.get(timeout=_SHRED_AGAIN_SECONDS if self._to_shred else None))
            while len(batch) < _MOST_PER_COMMIT and batch[-1] is not None:
                batch.append(self._jobs.get_nowait())
        except Empty:
            pass
        return batch

    def _write(self, jobs: list[_Job]) -> None:
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            for job in jobs:
                self._attempt(job)
            execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    execute("ROLLBACK")
            for job in jobs:
                job.outcome = Busy(f"The store could not write ({named(error)}).")
        else:
            self._to_shred = self._to_shred or any(job.shred for job in jobs)
            self._to_rewrite = any(job.rewrite for job in jobs)

    def _attempt(self, job: _Job) -> None:
        execute = self._connection.execute
        execute("SAVEPOINT one")
        try:
            job.outcome = job.operation(self._connection)
        except Exception as error:
            if _of_the_file(error):
                raise
            execute("ROLLBACK TO one")
            job.outcome = error
        execute("RELEASE one")

    def _rewrite(self) -> None:
        self._to_rewrite = False
        with suppress(sqlite3.Error):  # no room, or somebody is in the way: the next one asked for will do it
            self._connection.execute("VACUUM")
            self._to_shred = True

    def _empty_log(self) -> None:
        try:
            with self._checkpoints.lock if self._checkpoints else nullcontext():
                busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            return  # a reader is in the way: again in a while
        self._to_shred = bool(busy)


class _Job:
    __slots__ = ("future", "loop", "operation", "outcome", "rewrite", "shred")

    def __init__(
        self, operation: Operation[Any], shred: bool, rewrite: bool, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.operation = operation
        self.shred = shred
        self.rewrite = rewrite
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.outcome: Any = None


def _of_the_file(error: Exception) -> bool:
    """Full disk, locked, damaged: the whole batch is in doubt. Anything else is the operation's own."""
    own = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError)
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, own)


def _deliver(jobs: list[_Job]) -> None:
    # One wake-up for each event loop and commit: waking a loop costs more than an operation.
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = defaultdict(list)
    for job in jobs:
        by_loop[job.loop].append(job)
    for loop, theirs in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, theirs)
        except RuntimeError:
            continue  # that loop has ended; nobody waits


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if isinstance(job.outcome, Exception):
            error = job.outcome
            job.future.set_exception(error if isinstance(error, StoreError) else _unexpected(error))
        else:
            job.future.set_result(job.outcome)


def _unexpected(error: Exception) -> Exception:
    # A bug, not a state of the store: its text may hold values, its type does not.
    wrapped = RuntimeError(f"{type(error).__name__} inside a store operation")
    wrapped.__cause__ = error
    return wrapped
