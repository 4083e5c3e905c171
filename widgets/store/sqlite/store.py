"""Owns the SQLite store: which operation writes through the writer's thread and which reads at once."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.interface import CommentChange
from widgets.store.records import (
    Added,
    Busy,
    Cast,
    Comment,
    MarkChange,
    Marked,
    MarkKind,
    Name,
    Once,
    Page,
    PageAsk,
    PersonMarks,
    StoreError,
    Tally,
    ThreadCounts,
    Vote,
)
from widgets.store.sqlite import comments, desk, marks, votes
from widgets.store.sqlite.checkpoints import BACKSTOP, Checkpoints
from widgets.store.sqlite.files import CONTRIBUTIONS, make_private, migrate, named, open_database
from widgets.store.sqlite.rows import read_comment
from widgets.store.sqlite.turns import Turns
from widgets.store.sqlite.writer import Writer

T = TypeVar("T")
_QUICKLY_REWRITTEN = 32 * 1024 * 1024  # bytes


class SqliteStore:
    """Implements `Store` on one file. Several processes may open it; each has a writer of its own."""

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._rewritten = ""
        connection = self._open()
        migrate(connection, CONTRIBUTIONS)
        connection.execute(f"PRAGMA wal_autocheckpoint = {BACKSTOP}")
        checkpoints = Checkpoints(self._open(), "gatherwell-checkpoints")
        self._writer = Writer(connection, Turns(path), "gatherwell-store", checkpoints)
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []

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
        # Reads of one page take well under a millisecond: shorter than the way to another thread and back.
        try:
            return operation(self._reader)
        except sqlite3.DatabaseError as error:
            raise Busy(f"The store could not read ({named(error)}).") from error

    # -- votes
    def cast(self, vote: Vote, once: Once | None) -> Awaitable[Cast]:
        return self._writer.submit(lambda db: votes.cast(db, vote, once), shred=not vote.choices)

    async def votes(self, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
        return self._read(lambda db: votes.read_votes(db, keys))

    async def tally(self, poll: str, version: int) -> Tally:
        return self._read(lambda db: votes.read_tally(db, poll, version))

    async def recount(self, poll: str, version: int) -> Tally:
        return self._read(lambda db: votes.recount(db, poll, version))

    # -- reactions and flags
    def mark(self, change: MarkChange, once: Once | None) -> Awaitable[Marked]:
        return self._writer.submit(lambda db: marks.mark(db, change, once))

    def flag(self, change: MarkChange, urgency: int) -> Awaitable[None]:
        return self._writer.submit(lambda db: marks.flag(db, change, urgency))

    async def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
        return self._read(lambda db: marks.read_marks(db, kind, keys))

    def erase_marks(self, kind: MarkKind, thread: str, person: str) -> Awaitable[int]:
        return self._writer.submit(lambda db: marks.erase(db, kind, thread, person), shred=True)

    async def recount_reactions(self, thread: str) -> Mapping[tuple[str, str], int]:
        return self._read(lambda db: marks.recount(db, thread))

    # -- comments
    def add_comment(
        self, comment: Comment, once: Once | None, audit: AuditEntry | None = None
    ) -> Awaitable[Added]:
        return self._writer.submit(lambda db: comments.add(db, comment, once, audit))

    async def earlier_comment(self, once: Once) -> Comment | None:
        return self._read(lambda db: comments.read_earlier(db, once))

    async def comment(self, id_: str) -> Comment | None:
        return self._read(lambda db: read_comment(db, id_))

    def change_comment(self, change: CommentChange) -> Awaitable[Comment]:
        return self._writer.submit(lambda db: comments.change(db, change), shred="text" in change.fields)

    def remove_comment(
        self, id_: str, author: str | None, audit: AuditEntry | None = None
    ) -> Awaitable[bool]:
        return self._writer.submit(lambda db: comments.remove(db, id_, author, audit), shred=True)

    async def comments_by(self, author: str) -> list[Comment]:
        return self._read(lambda db: comments.read_by(db, author))

    async def name(self, condition: str, skeleton: str) -> Name | None:
        return self._read(lambda db: comments.read_name(db, condition, skeleton))

    async def page(self, ask: PageAsk) -> Page:
        return self._read(lambda db: comments.read_page(db, ask))

    async def newest(self, thread: str, limit: int) -> list[Comment]:
        return self._read(lambda db: comments.read_newest(db, thread, limit))

    async def counts(self, threads: Sequence[str]) -> Mapping[str, ThreadCounts]:
        return self._read(lambda db: comments.read_counts(db, threads))

    async def queue(self, limit: int, after: str | None = None) -> list[tuple[str, Comment]]:
        return self._read(lambda db: comments.read_queue(db, limit, after))

    # -- the desk
    async def desk_row(self, kind: str, id_: str) -> DeskRow | None:
        return self._read(lambda db: desk.read_row(db, kind, id_))

    async def desk_rows(self, kind: str) -> list[DeskRow]:
        return self._read(lambda db: desk.read_rows(db, kind))

    def keep_desk_row(self, row: DeskRow) -> Awaitable[DeskRow]:
        return self._writer.submit(lambda db: desk.keep(db, row))

    def drop_desk_row(self, kind: str, id_: str) -> Awaitable[bool]:
        return self._writer.submit(lambda db: desk.drop(db, kind, id_))

    def append_audit(self, entry: AuditEntry) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.append(db, entry))

    async def audit(self, ask: AuditAsk) -> list[AuditEntry]:
        return self._read(lambda db: desk.read_audit(db, ask))

    async def conversation(self, thread: str, root: str) -> list[Comment]:
        return self._read(lambda db: desk.read_conversation(db, thread, root))

    async def find(self, find: Find) -> list[Comment]:
        # Through the whole table: in a thread, so that nobody else waits for it.
        return await asyncio.to_thread(self._read, lambda db: desk.find(db, find))

    async def unanswered(self, since: int, limit: int) -> list[Comment]:
        return await asyncio.to_thread(self._read, lambda db: desk.read_unanswered(db, since, limit))

    async def rejected(self, before: int, limit: int) -> list[Comment]:
        return self._read(lambda db: desk.read_rejected(db, before, limit))

    def forget_desk(self, now: int) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.forget_rows(db, now), shred=True)

    def forget_flags(self, before_day: str) -> Awaitable[None]:
        return self._writer.submit(lambda db: desk.forget_flags(db, before_day), shred=True)

    # -- itself
    def stamp(self, scope: str) -> int | None:
        row = self._read(lambda db: db.execute("SELECT n FROM stamps WHERE scope = ?", (scope,)).fetchone())
        return row[0] if row else 0

    def forget_once(self, before_day: str) -> Awaitable[None]:
        """Also lays the rows anew, since within a page they lie in the order in which people came: every time
        while that takes no second, once a day in a larger file."""

        def forget(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM once WHERE day < ?", (before_day,))

        due = self._rewritten != before_day or self._path.stat().st_size <= _QUICKLY_REWRITTEN
        self._rewritten = before_day
        return self._writer.submit(forget, rewrite=due)

    async def check(self) -> list[str]:
        """SQLite's own integrity check, then every tally against its rows."""
        try:
            damage = [text for (text,) in self._reader.execute("PRAGMA integrity_check") if text != "ok"]
            return damage or votes.wrong_tallies(self._reader)
        except sqlite3.DatabaseError as error:
            return [f"The database cannot be read ({named(error)})."]

    def back_up(self, target: Path) -> None:
        """An online copy in one piece, while others read and write, its rows in the order of their keys.

        The ledger is never copied. Raises StoreError; an earlier copy then stays as it was.
        """
        part = target.with_name(f"{target.name}.part")
        source = self._open()
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.unlink(missing_ok=True)
            make_private(part)
            source.execute("VACUUM INTO ?", (str(part),))
            with part.open("rb+") as copy:
                os.fsync(copy.fileno())
            part.replace(target)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"The copy could not be made ({named(error)}).") from error
        finally:
            source.close()
            with suppress(OSError):
                part.unlink(missing_ok=True)

    async def close(self) -> None:
        self._writer.close()
        while self._readers:
            self._readers.pop().close()
        self._local = threading.local()
