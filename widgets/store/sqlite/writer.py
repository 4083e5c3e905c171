"""Owns the writer's thread: operations that arrive during a commit are committed together in the next one."""

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
from widgets.store.sqlite.file_lock import FileLock
from widgets.store.sqlite.files import named
from widgets.store.sqlite.leftovers import Leftovers

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]

_MOST_PER_COMMIT = 256


class Guard:
    """What must hold around each commit; any of the three may raise sqlite3.Error or Busy.

    After `committed` has raised, the rows may be in the file and are acknowledged to nobody.
    """

    def begin(self) -> None: ...

    def before_commit(self) -> None: ...

    def committed(self) -> None: ...


class Writer:
    """Runs operations in the order they come, many to a transaction, each in a savepoint of its own.

    An operation that raises StoreError undoes itself alone. When the commit fails, nothing was written and
    every operation of the batch raises Busy.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        file_lock: FileLock,
        name: str,
        checkpoints: Checkpoints | None = None,
        guard: Guard | None = None,
    ) -> None:
        """`checkpoints`: runs checkpoints in its own thread; without one, SQLite's automatic checkpoints run."""
        self._connection = connection
        self._checkpoints = checkpoints
        self._guard = guard or Guard()
        self._file_lock = file_lock
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._leftovers = Leftovers(connection, checkpoints.lock if checkpoints else nullcontext())
        self.fault = ""  # why the last commit failed
        self.damage = ""  # what SQLite called the damage, once it has met any
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, operation: Operation[T], *, shred: bool = False, rewrite: bool = False) -> Awaitable[T]:
        """`shred`: after the commit, remove what is left of deleted rows in the file and in the write-ahead log.

        `rewrite`: do so also where nothing was deleted, so that rows lie in the order of their keys.
        """
        if self._closed:
            raise Busy("The store is closed.")
        job = _Job(operation, shred, rewrite, asyncio.get_running_loop())
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish pending operations, then stop."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()
            if self._checkpoints:
                self._checkpoints.close()
            self._connection.close()
            self._file_lock.close()

    def damaged_by(self, error: sqlite3.Error) -> None:
        """Keep in mind an error that tells of a damaged file."""
        if named(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            self.damage = named(error)

    def _run(self) -> None:
        ending = False
        while not ending:
            batch = self._wait()
            with self._file_lock.held():
                self._add_pending(batch)
                ending = bool(batch) and batch[-1] is None
                jobs = [job for job in batch if job is not None]
                if jobs:
                    self._write(jobs)
                self._leftovers.remove()
                if ending:
                    self._leftovers.close()
            _deliver(jobs)
            if not ending and self._leftovers.keeps_writers_waiting():
                with self._file_lock.held():
                    self._leftovers.remove_slowly()
            if self._checkpoints and jobs:
                self._checkpoints.wake()

    def _wait(self) -> list[_Job | None]:
        """The next job; none after a timeout, when leftovers are still to be removed."""
        try:
            return [self._jobs.get(timeout=self._leftovers.wait())]
        except Empty:
            return []

    def _add_pending(self, batch: list[_Job | None]) -> None:
        """Add what is pending by now: with the lock held, that is also what came while another process had it."""
        with suppress(Empty):
            while len(batch) < _MOST_PER_COMMIT and (not batch or batch[-1] is not None):
                batch.append(self._jobs.get_nowait())

    def _write(self, jobs: list[_Job]) -> None:
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            self._guard.begin()
            for job in jobs:
                self._attempt(job)
            self._guard.before_commit()
            execute("COMMIT")
            self._guard.committed()
        except (sqlite3.Error, Busy) as error:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    execute("ROLLBACK")
            failure = (
                error if isinstance(error, Busy) else Busy(f"The store could not write ({named(error)}).")
            )
            self.fault = str(failure)
            for job in jobs:
                job.error = failure
        else:
            self.fault = ""
            if any(job.shred for job in jobs):
                self._leftovers.erased()
            if any(job.rewrite for job in jobs):
                self._leftovers.lay_anew()

    def _attempt(self, job: _Job) -> None:
        execute = self._connection.execute
        execute("SAVEPOINT one")
        changes = self._connection.total_changes
        try:
            job.outcome = job.operation(self._connection)
            job.shred = job.shred and self._connection.total_changes > changes
        except Exception as error:
            if _of_the_file(error):
                raise
            execute("ROLLBACK TO one")
            job.error = error
        execute("RELEASE one")


class _Job:
    __slots__ = ("error", "future", "loop", "operation", "outcome", "rewrite", "shred")

    def __init__(
        self, operation: Operation[Any], shred: bool, rewrite: bool, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.operation = operation
        self.shred = shred
        self.rewrite = rewrite
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.outcome: Any = None
        self.error: Exception | None = None


def _of_the_file(error: Exception) -> bool:
    """An error of the file (full disk, locked, damaged) fails the whole batch; any other fails its own operation."""
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
            continue  # that loop is closed


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            error = job.error if isinstance(job.error, StoreError) else _unexpected(job.error)
            job.future.set_exception(error)
        else:
            job.future.set_result(job.outcome)


def _unexpected(error: Exception) -> Exception:
    # A bug, not a state of the store: its text may hold values, its type does not.
    wrapped = RuntimeError(f"{type(error).__name__} inside a store operation")
    wrapped.__cause__ = error
    return wrapped
