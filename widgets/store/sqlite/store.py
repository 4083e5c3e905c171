"""Owns the SQLite store: writes go through the writer's thread, reads run in the caller's."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from widgets.store.activity import Activity, Span
from widgets.store.calls import Call
from widgets.store.desk_records import WORDED, AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.interface import CommentChange, Trace
from widgets.store.publications import Published, Rounding
from widgets.store.records import (
    TAKEDOWNS,
    Added,
    Busy,
    Cast,
    Comment,
    MarkChange,
    Marked,
    MarkKind,
    Name,
    NoStore,
    Once,
    Page,
    PageAsk,
    PersonMarks,
    StoreError,
    StoreHealth,
    Tally,
    ThreadCounts,
    Vote,
)
from widgets.store.sqlite import (
    activity,
    beside,
    comments,
    desk,
    imported,
    marks,
    names,
    outbox,
    published,
    votes,
)
from widgets.store.sqlite.checkpoints import BACKSTOP, Checkpoints
from widgets.store.sqlite.copies import demand_place, write_copy
from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.file_lock import FileLock
from widgets.store.sqlite.files import CONTRIBUTIONS, is_foreign, migrate, named, open_database
from widgets.store.sqlite.guard import StoreGuard
from widgets.store.sqlite.health import health
from widgets.store.sqlite.identity import FileIdentity
from widgets.store.sqlite.inspection import faults
from widgets.store.sqlite.noting import casting, changing, dropping, erasing_marks, keeping, marking, removing
from widgets.store.sqlite.rows import read_comment
from widgets.store.sqlite.survey_store import SqliteSurveys
from widgets.store.sqlite.voice_store import SqliteVoices
from widgets.store.sqlite.waiting import SqliteWaiting
from widgets.store.sqlite.watches import SqliteNews
from widgets.store.sqlite.writer import Writer

T = TypeVar("T")
_QUICKLY_REWRITTEN = 32 * 1024 * 1024  # bytes


class SqliteStore:
    """Implements `Store` on one file. Several processes may open it; each has a writer of its own."""

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._rewritten = ""
        if is_foreign(path):
            raise NoStore(f"{path} is not a store of Gatherwell; it is left as it is.")
        connection = self._open()
        migrate(connection, CONTRIBUTIONS)
        connection.execute(f"PRAGMA wal_autocheckpoint = {BACKSTOP}")
        checkpoints = Checkpoints(self._open(), "gatherwell-checkpoints")
        files = FileIdentity(path)
        self._log = ErasureLog(path, busy_seconds, connection)
        self._guard = StoreGuard(files, self._log)
        self._writer = Writer(connection, FileLock(path), "gatherwell-store", checkpoints, self._guard)
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self.surveys = SqliteSurveys(self._writer, self._read, self._log)
        self.voices = SqliteVoices(self._writer, self._read, self._log)
        self.news = SqliteNews(self._writer, self._read, self._log)
        self.waiting = SqliteWaiting(self._read)

    def _open(self) -> sqlite3.Connection:
        return open_database(self._path, synchronous="FULL", busy_seconds=self._busy_seconds)

    @property
    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            connection.execute("PRAGMA query_only = ON")
            self._local.connection = connection
            self._readers.append(connection)
        return connection

    def _read(self, operation: Callable[[sqlite3.Connection], T]) -> T:
        # A read takes well under a millisecond, less than handing it to another thread would.
        try:
            return operation(self._reader)
        except sqlite3.DatabaseError as error:
            self._writer.damaged_by(error)
            raise Busy(f"The store could not read ({named(error)}).") from error

    # -- votes
    def cast(self, vote: Vote, once: Once | None) -> Awaitable[Cast]:
        return self._writer.submit(casting(self._log, vote, once), shred=not vote.choices)

    async def votes(self, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
        return self._read(lambda db: votes.read_votes(db, keys))

    async def tally(self, poll: str, version: int) -> Tally:
        return self._read(lambda db: votes.read_tally(db, poll, version))

    async def published(self, poll: str, version: int) -> Published | None:
        return self._read(lambda db: published.read_published(db, poll, version))

    def publish(self, poll: str, version: int, moment: int, rounding: Rounding) -> Awaitable[Published]:
        return self._writer.submit(
            lambda db: published.publish(db, poll, version, moment, rounding), shred=True
        )

    async def recount(self, poll: str, version: int) -> Tally:
        return self._read(lambda db: votes.recount(db, poll, version))

    # -- reactions and flags
    def mark(self, change: MarkChange, once: Once | None) -> Awaitable[Marked]:
        return self._writer.submit(marking(self._log, change, once))

    def flag(self, change: MarkChange, urgency: int, call: Call | None = None) -> Awaitable[None]:
        return self._writer.submit(lambda db: marks.flag(db, change, urgency, call))

    async def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
        return self._read(lambda db: marks.read_marks(db, kind, keys))

    def erase_marks(self, kind: MarkKind, thread: str, person: str) -> Awaitable[int]:
        return self._writer.submit(erasing_marks(self._log, kind, thread, person), shred=True)

    async def mark_counts(self, kind: MarkKind, threads: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return self._read(lambda db: {one: marks.thread_counts(db, kind, one) for one in threads})

    async def recount_marks(self, kind: MarkKind, thread: str) -> Mapping[tuple[str, str], int]:
        return self._read(lambda db: marks.recount(db, kind, thread))

    # -- comments
    def add_comment(
        self,
        comment: Comment,
        once: Once | None,
        audit: AuditEntry | None = None,
        call: Call | None = None,
    ) -> Awaitable[Added]:
        return self._writer.submit(lambda db: comments.add(db, comment, once, audit, call))

    def import_comments(self, comments: Sequence[Comment], row: DeskRow) -> Awaitable[None]:
        return self._writer.submit(lambda db: imported.keep(db, comments, row))

    async def earlier_comment(self, once: Once) -> Comment | None:
        return self._read(lambda db: comments.read_earlier(db, once))

    async def comment(self, id_: str) -> Comment | None:
        return self._read(lambda db: read_comment(db, id_))

    def change_comment(self, change: CommentChange) -> Awaitable[Comment]:
        return self._writer.submit(changing(self._log, change), shred="text" in change.fields)

    def remove_comment(
        self,
        id_: str,
        author: str | None,
        audit: AuditEntry | None = None,
        trace: Trace | None = None,
    ) -> Awaitable[bool]:
        return self._writer.submit(removing(self._log, id_, author, audit, trace), shred=True)

    async def comments_by(self, author: str) -> list[Comment]:
        return self._read(lambda db: comments.read_by(db, author))

    async def name(self, condition: str, skeleton: str) -> Name | None:
        return self._read(lambda db: names.read(db, condition, skeleton))

    async def page(self, ask: PageAsk) -> Page:
        return self._read(lambda db: comments.read_page(db, ask))

    async def newest(self, thread: str, limit: int) -> list[Comment]:
        return self._read(lambda db: comments.read_newest(db, thread, limit))

    async def counts(self, threads: Sequence[str]) -> Mapping[str, ThreadCounts]:
        return self._read(lambda db: comments.read_counts(db, threads))

    async def queue(
        self, limit: int, after: str | None = None, conditions: Sequence[str] = ()
    ) -> list[tuple[str, Comment]]:
        return self._read(lambda db: comments.read_queue(db, limit, after, conditions))

    # -- the desk
    async def desk_row(self, kind: str, id_: str) -> DeskRow | None:
        return self._read(lambda db: desk.read_row(db, kind, id_))

    async def desk_rows(self, kind: str) -> list[DeskRow]:
        return self._read(lambda db: desk.read_rows(db, kind))

    def keep_desk_row(self, row: DeskRow) -> Awaitable[DeskRow]:
        return self._writer.submit(keeping(self._log, row))

    def drop_desk_row(self, kind: str, id_: str) -> Awaitable[bool]:
        return self._writer.submit(dropping(self._log, kind, id_), shred=kind in WORDED)

    def keep_beside(self, row: DeskRow, audit: AuditEntry | None = None) -> Awaitable[DeskRow]:
        return self._writer.submit(lambda db: beside.keep(db, row, audit))

    async def rows_beside(self, kind: str, comments: Sequence[str]) -> Mapping[str, DeskRow]:
        return self._read(lambda db: beside.read(db, kind, comments))

    def append_audit(self, entry: AuditEntry) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.append(db, entry))

    async def audit(self, ask: AuditAsk) -> list[AuditEntry]:
        return self._read(lambda db: desk.read_audit(db, ask))

    async def conversation(self, thread: str, root: str) -> list[Comment]:
        return self._read(lambda db: desk.read_conversation(db, thread, root))

    async def find(self, find: Find) -> list[Comment]:
        # A scan of the whole table: in a thread, so that other requests do not wait.
        return await asyncio.to_thread(self._read, lambda db: desk.find(db, find))

    async def unanswered(self, since: int, limit: int, conditions: Sequence[str] = ()) -> list[Comment]:
        return await asyncio.to_thread(
            self._read, lambda db: desk.read_unanswered(db, since, limit, conditions)
        )

    async def approved(self, condition: str, limit: int) -> list[Comment]:
        return self._read(lambda db: desk.read_approved(db, condition, limit))

    async def rejected(self, before: int, limit: int) -> list[Comment]:
        return self._read(lambda db: desk.read_rejected(db, before, limit))

    def purge_desk(self, now: int) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.purge_rows(db, now), shred=True)

    def purge_flags(self, before_day: str) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.purge_flags(db, before_day), shred=True)

    def purge_bursts(self, before: int) -> Awaitable[None]:
        return self._writer.submit(lambda db: comments.purge_bursts(db, before), shred=True)

    async def activity(self, span: Span) -> Activity:
        return self._read(lambda db: activity.read_activity(db, span))

    async def takedowns(self) -> int:
        return self.stamp(TAKEDOWNS)

    # -- the outbox
    def keep_call(self, call: Call) -> Awaitable[Call]:
        return self._writer.submit(lambda db: outbox.keep(db, call))

    async def calls(self) -> list[Call]:
        return self._read(outbox.read)

    def purge_calls(self, before: int) -> Awaitable[None]:
        return self._writer.submit(lambda db: outbox.purge(db, before))

    # -- itself
    async def demand_version(self) -> None:
        """Nothing to do: opening the file brought its schema up to date, or refused."""

    def stamp(self, scope: str) -> int:
        row = self._read(lambda db: db.execute("SELECT n FROM stamps WHERE scope = ?", (scope,)).fetchone())
        return int(row[0]) if row else 0

    def purge_once(self, before_day: str) -> Awaitable[None]:
        """Also rewrites the file (VACUUM), since within a page rows lie in the order of insertion: each time while the
        file is small, once a day in a larger one."""

        def purge(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM once WHERE day < ?", (before_day,))
            self._log.forget(before_day)
            self._log.lay_anew()

        due = self._rewritten != before_day or self._path.stat().st_size <= _QUICKLY_REWRITTEN
        self._rewritten = before_day
        return self._writer.submit(purge, rewrite=due)

    async def check(self) -> list[str]:
        """SQLite's own integrity check, then every tally against its rows."""
        return await asyncio.to_thread(self._check)

    def _check(self) -> list[str]:
        try:
            return faults(self._reader)
        except StoreError as error:
            return [str(error)]

    async def health(self) -> StoreHealth:
        return await health(self._path, self._guard, self._writer, self._read)

    def back_up(self, target: Path) -> None:
        """An online copy with its rows in the order of their keys; the ledger and the log of erasures are left out.

        Raises StoreError; an earlier copy then stays as it was.
        """
        demand_place(self._path, target)
        source = self._open()
        try:
            write_copy(source, target)
        finally:
            source.close()

    async def close(self) -> None:
        self._writer.close()
        self._log.close()
        while self._readers:
            self._readers.pop().close()
        self._local = threading.local()
