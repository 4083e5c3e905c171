"""Owns the DynamoDB store: each of `Store`'s calls as one piece of work in a thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.dynamodb import comments, desk, marks, reading, votes
from widgets.store.dynamodb.items import name_key
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.table import Client, Table
from widgets.store.interface import CommentChange
from widgets.store.records import (
    Added,
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
    Tally,
    ThreadCounts,
    Vote,
)


class DynamoStore:
    """Implements `Store` on one table."""

    def __init__(self, client: Client, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._table = Table(client, table, sleep)

    # -- votes
    async def cast(self, vote: Vote, once: Once | None) -> Cast:
        return await self._table.run(lambda: votes.cast(self._table, vote, once))

    async def votes(self, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
        return await self._table.run(lambda: votes.read_votes(self._table, keys))

    async def tally(self, poll: str, version: int) -> Tally:
        return await self._table.run(lambda: votes.read_tally(self._table, poll, version))

    async def recount(self, poll: str, version: int) -> Tally:
        return await self._table.run(lambda: votes.recount(self._table, poll, version))

    # -- reactions and flags
    async def mark(self, change: MarkChange, once: Once | None) -> Marked:
        return await self._table.run(lambda: marks.mark(self._table, change, once))

    async def flag(self, change: MarkChange, urgency: int) -> None:
        await self._table.run(lambda: marks.flag(self._table, change, urgency))

    async def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
        return await self._table.run(lambda: marks.read_marks(self._table, kind, keys))

    async def erase_marks(self, kind: MarkKind, thread: str, person: str) -> int:
        return await self._table.run(lambda: marks.erase(self._table, kind, thread, person))

    async def recount_reactions(self, thread: str) -> Mapping[tuple[str, str], int]:
        return await self._table.run(lambda: marks.recount(self._table, thread))

    # -- comments
    async def add_comment(
        self, comment: Comment, once: Once | None, audit: AuditEntry | None = None
    ) -> Added:
        return await self._table.run(lambda: comments.add(self._table, comment, once, audit))

    async def earlier_comment(self, once: Once) -> Comment | None:
        return await self._table.run(lambda: comments.read_earlier(self._table, once))

    async def comment(self, id_: str) -> Comment | None:
        return await self._table.run(lambda: read_comment(self._table, id_))

    async def change_comment(self, change: CommentChange) -> Comment:
        return await self._table.run(lambda: comments.change(self._table, change))

    async def remove_comment(self, id_: str, author: str | None, audit: AuditEntry | None = None) -> bool:
        return await self._table.run(lambda: comments.remove(self._table, id_, author, audit))

    async def comments_by(self, author: str) -> list[Comment]:
        return await self._table.run(lambda: reading.read_by(self._table, author))

    async def name(self, condition: str, skeleton: str) -> Name | None:
        held = await self._table.run(lambda: self._table.get(*name_key(condition, skeleton)))
        return Name(held["holder"], bool(held.get("approved"))) if held else None

    async def page(self, ask: PageAsk) -> Page:
        return await self._table.run(lambda: reading.read_page(self._table, ask))

    async def newest(self, thread: str, limit: int) -> list[Comment]:
        return await self._table.run(lambda: reading.read_newest(self._table, thread, limit))

    async def counts(self, threads: Sequence[str]) -> Mapping[str, ThreadCounts]:
        return await self._table.run(lambda: reading.read_counts(self._table, threads))

    async def queue(self, limit: int, after: str | None = None) -> list[tuple[str, Comment]]:
        return await self._table.run(lambda: reading.read_queue(self._table, limit, after))

    # -- the desk
    async def desk_row(self, kind: str, id_: str) -> DeskRow | None:
        return await self._table.run(lambda: desk.read_row(self._table, kind, id_))

    async def desk_rows(self, kind: str) -> list[DeskRow]:
        return await self._table.run(lambda: desk.read_rows(self._table, kind))

    async def keep_desk_row(self, row: DeskRow) -> DeskRow:
        return await self._table.run(lambda: desk.keep(self._table, row))

    async def drop_desk_row(self, kind: str, id_: str) -> bool:
        return await self._table.run(lambda: desk.drop(self._table, kind, id_))

    async def append_audit(self, entry: AuditEntry) -> None:
        await self._table.run(lambda: desk.append(self._table, entry))

    async def audit(self, ask: AuditAsk) -> list[AuditEntry]:
        return await self._table.run(lambda: desk.read_audit(self._table, ask))

    async def conversation(self, thread: str, root: str) -> list[Comment]:
        return await self._table.run(lambda: desk.read_conversation(self._table, thread, root))

    async def find(self, find: Find) -> list[Comment]:
        return await self._table.run(lambda: desk.find(self._table, find))

    async def unanswered(self, since: int, limit: int) -> list[Comment]:
        return await self._table.run(lambda: desk.read_unanswered(self._table, since, limit))

    async def rejected(self, before: int, limit: int) -> list[Comment]:
        return await self._table.run(lambda: desk.read_rejected(self._table, before, limit))

    async def forget_desk(self, now: int) -> None:
        """Nothing to do: the table's TTL forgets; until then a row past its time counts for nothing."""

    async def forget_flags(self, before_day: str) -> None:
        """Nothing to do: the table's TTL forgets."""

    # -- itself
    def stamp(self, scope: str) -> int | None:
        return None  # telling would cost as much as answering; the CDN holds answers instead

    async def forget_once(self, before_day: str) -> None:
        """Nothing to do: the table's TTL forgets."""

    async def check(self) -> list[str]:
        """Every tally against its rows. Reads the whole table."""
        return await self._table.run(lambda: votes.wrong_tallies(self._table))

    async def close(self) -> None:
        await self._table.run(self._table.client.close)
