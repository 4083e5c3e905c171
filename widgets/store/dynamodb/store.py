"""Owns the DynamoDB store: each call of `Store` runs in a thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from widgets.store.activity import Activity, Span
from widgets.store.calls import Call
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.dynamodb import (
    activity,
    beside,
    comments,
    desk,
    imported,
    marks,
    outbox,
    published,
    reading,
    removal,
    votes,
)
from widgets.store.dynamodb.items import name_key
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.names import name_from
from widgets.store.dynamodb.survey_store import DynamoSurveys
from widgets.store.dynamodb.table import TAKEDOWN, Client, Table
from widgets.store.dynamodb.version import demand_version
from widgets.store.dynamodb.voice_store import DynamoVoices
from widgets.store.dynamodb.waiting import DynamoWaiting
from widgets.store.dynamodb.watches import DynamoNews
from widgets.store.interface import CommentChange, Trace
from widgets.store.publications import Published, Rounding
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
    StoreHealth,
    Tally,
    ThreadCounts,
    Vote,
)

T = TypeVar("T")


class DynamoStore:
    """Implements `Store` on one table."""

    def __init__(self, client: Client, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._table = Table(client, table, sleep)
        self._version_known = False
        self.surveys = DynamoSurveys(self._table, self._run)
        self.voices = DynamoVoices(self._table, self._run)
        self.news = DynamoNews(self._table, self._run)
        self.waiting = DynamoWaiting(self._table, self._run)

    async def _run(self, work: Callable[[], T]) -> T:
        """The work in a thread of its own; before the first, the table's version is looked at."""

        def checked() -> T:
            if not self._version_known:
                demand_version(self._table)
                self._version_known = True
            return work()

        return await self._table.run(checked)

    # -- votes
    async def cast(self, vote: Vote, once: Once | None) -> Cast:
        return await self._run(lambda: votes.cast(self._table, vote, once))

    async def votes(self, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
        return await self._run(lambda: votes.read_votes(self._table, keys))

    async def tally(self, poll: str, version: int) -> Tally:
        return await self._run(lambda: votes.read_tally(self._table, poll, version))

    async def published(self, poll: str, version: int) -> Published | None:
        return await self._run(lambda: published.read_published(self._table, poll, version))

    async def publish(self, poll: str, version: int, moment: int, rounding: Rounding) -> Published:
        def read_cells() -> Mapping[str, int]:
            return votes.read_cells(self._table, poll, version, consistent=True)

        return await self._run(
            lambda: published.publish(self._table, (poll, version), (moment, rounding), read_cells)
        )

    async def recount(self, poll: str, version: int) -> Tally:
        return await self._run(lambda: votes.recount(self._table, poll, version))

    # -- reactions and flags
    async def mark(self, change: MarkChange, once: Once | None) -> Marked:
        return await self._run(lambda: marks.mark(self._table, change, once))

    async def flag(self, change: MarkChange, urgency: int, call: Call | None = None) -> None:
        await self._run(lambda: marks.flag(self._table, change, urgency, call))

    async def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
        return await self._run(lambda: marks.read_marks(self._table, kind, keys))

    async def erase_marks(self, kind: MarkKind, thread: str, person: str) -> int:
        return await self._run(lambda: marks.erase(self._table, kind, thread, person))

    async def mark_counts(self, kind: MarkKind, threads: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return await self._run(lambda: marks.thread_counts(self._table, kind, threads))

    async def recount_marks(self, kind: MarkKind, thread: str) -> Mapping[tuple[str, str], int]:
        return await self._run(lambda: marks.recount(self._table, kind, thread))

    # -- comments
    async def add_comment(
        self,
        comment: Comment,
        once: Once | None,
        audit: AuditEntry | None = None,
        call: Call | None = None,
    ) -> Added:
        return await self._run(lambda: comments.add(self._table, comment, once, audit, call))

    async def import_comments(self, comments: Sequence[Comment], row: DeskRow) -> None:
        await self._run(lambda: imported.keep(self._table, comments, row))

    async def earlier_comment(self, once: Once) -> Comment | None:
        return await self._run(lambda: comments.read_earlier(self._table, once))

    async def comment(self, id_: str) -> Comment | None:
        return await self._run(lambda: read_comment(self._table, id_))

    async def change_comment(self, change: CommentChange) -> Comment:
        return await self._run(lambda: comments.change(self._table, change))

    async def remove_comment(
        self,
        id_: str,
        author: str | None,
        audit: AuditEntry | None = None,
        trace: Trace | None = None,
    ) -> bool:
        return await self._run(lambda: removal.remove(self._table, id_, author, audit, trace))

    async def comments_by(self, author: str) -> list[Comment]:
        return await self._run(lambda: reading.read_by(self._table, author))

    async def name(self, condition: str, skeleton: str) -> Name | None:
        held = await self._run(lambda: self._table.get(*name_key(condition, skeleton)))
        return name_from(held) if held else None

    async def page(self, ask: PageAsk) -> Page:
        return await self._run(lambda: reading.read_page(self._table, ask))

    async def newest(self, thread: str, limit: int) -> list[Comment]:
        return await self._run(lambda: reading.read_newest(self._table, thread, limit))

    async def counts(self, threads: Sequence[str]) -> Mapping[str, ThreadCounts]:
        return await self._run(lambda: reading.read_counts(self._table, threads))

    async def queue(
        self, limit: int, after: str | None = None, conditions: Sequence[str] = ()
    ) -> list[tuple[str, Comment]]:
        return await self._run(lambda: reading.read_queue(self._table, limit, after, conditions))

    # -- the desk
    async def desk_row(self, kind: str, id_: str) -> DeskRow | None:
        return await self._run(lambda: desk.read_row(self._table, kind, id_))

    async def desk_rows(self, kind: str) -> list[DeskRow]:
        return await self._run(lambda: desk.read_rows(self._table, kind))

    async def keep_desk_row(self, row: DeskRow) -> DeskRow:
        return await self._run(lambda: desk.keep(self._table, row))

    async def drop_desk_row(self, kind: str, id_: str) -> bool:
        return await self._run(lambda: desk.drop(self._table, kind, id_))

    async def keep_beside(self, row: DeskRow, audit: AuditEntry | None = None) -> DeskRow:
        return await self._run(lambda: beside.keep(self._table, row, audit))

    async def rows_beside(self, kind: str, comments: Sequence[str]) -> Mapping[str, DeskRow]:
        return await self._run(lambda: beside.read(self._table, kind, comments))

    async def append_audit(self, entry: AuditEntry) -> None:
        await self._run(lambda: desk.append(self._table, entry))

    async def audit(self, ask: AuditAsk) -> list[AuditEntry]:
        return await self._run(lambda: desk.read_audit(self._table, ask))

    async def conversation(self, thread: str, root: str) -> list[Comment]:
        return await self._run(lambda: desk.read_conversation(self._table, thread, root))

    async def find(self, find: Find) -> list[Comment]:
        return await self._run(lambda: desk.find(self._table, find))

    async def unanswered(self, since: int, limit: int, conditions: Sequence[str] = ()) -> list[Comment]:
        return await self._run(lambda: desk.read_unanswered(self._table, since, limit, conditions))

    async def approved(self, condition: str, limit: int) -> list[Comment]:
        return await self._run(lambda: desk.read_approved(self._table, condition, limit))

    async def rejected(self, before: int, limit: int) -> list[Comment]:
        return await self._run(lambda: desk.read_rejected(self._table, before, limit))

    async def purge_desk(self, now: int) -> None:
        """Nothing to do: TTL deletes the rows, and readers ignore expired ones."""

    async def purge_flags(self, before_day: str) -> None:
        """Nothing to do: TTL deletes the rows."""

    async def purge_bursts(self, before: int) -> None:
        await self._run(lambda: desk.purge_bursts(self._table, before))

    async def activity(self, span: Span) -> Activity:
        return await self._run(lambda: activity.read_activity(self._table, span))

    async def takedowns(self) -> int:
        item = await self._run(lambda: self._table.get(*TAKEDOWN.key))
        return int(item["n"]) if item else 0

    # -- the outbox
    async def keep_call(self, call: Call) -> Call:
        return await self._run(lambda: outbox.keep(self._table, call))

    async def calls(self) -> list[Call]:
        return await self._run(lambda: outbox.read(self._table))

    async def purge_calls(self, before: int) -> None:
        """Nothing to do: TTL deletes the rows."""

    # -- itself
    async def demand_version(self) -> None:
        await self._run(lambda: None)

    async def health(self) -> StoreHealth:
        """That the table answers; it tells neither its last write nor its room."""
        await self.tally("healthz", 1)
        return StoreHealth()

    def stamp(self, scope: str) -> int | None:
        return None  # reading a counter would cost as much as the answer; the CDN caches answers instead

    async def purge_once(self, before_day: str) -> None:
        """Nothing to do: TTL deletes the rows."""

    async def check(self) -> list[str]:
        """Every tally against its rows. Reads the whole table."""
        return await self._run(lambda: votes.wrong_tallies(self._table))

    async def close(self) -> None:
        await self._table.run(self._table.client.close)
