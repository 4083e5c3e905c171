"""Owns the two storage interfaces: the store of contributions, and the ledger of short-lived rows."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from widgets.store.activity import Activity, Span
from widgets.store.calls import Call
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.ledger_writes import T, Work
from widgets.store.news import NewsStore
from widgets.store.publications import Published, Rounding
from widgets.store.records import (
    Added,
    Cast,
    Charge,
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
from widgets.store.surveys import SurveyStore, TextLedger
from widgets.store.voices import VoiceStore
from widgets.store.waiting import WaitingStore

IMPORT_BATCH: Final = 16  # comments: as many as one transaction of DynamoDB holds with all that they change


@dataclass(frozen=True, slots=True)
class CommentChange:
    """New values for a comment's fields (names of `Comment`), applied if its revision is still `revision`.

    `approve_name` True or False settles its pseudonym's approval, None leaves it as it is. `audit` and
    `call` are kept in the same transaction. With `once`, a retry of the same intent changes nothing and returns the
    comment as it is now. `rows` are new ones that go with the comment (`BESIDE`). Flags do not change the revision: only a change that sets `flags`, which is a decision, takes a
    comment out of the queue or makes it less urgent.
    """

    id: str
    revision: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    approve_name: bool | None = None
    audit: AuditEntry | None = None
    call: Call | None = None
    once: Once | None = None
    rows: tuple[DeskRow, ...] = ()

    def applied_to(self, before: Comment) -> Comment:
        """The comment after the change, with all that was flagged since the fields were chosen."""
        after = replace(before, revision=before.revision + 1, **self.fields)
        if "flags" in self.fields:
            return after
        return replace(
            after, queued=after.queued or before.queued, urgency=max(after.urgency, before.urgency)
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """What stays of a comment that its writer removes: rows of the desk. `names` only where nothing else bears the
    pseudonym and something under it was public; they replace those of the same id."""

    rows: tuple[DeskRow, ...] = ()
    names: tuple[DeskRow, ...] = ()


class Store(Protocol):
    """Contributions. Every write is durable when the call returns, and all of it or none of it happened."""

    @property
    def surveys(self) -> SurveyStore:
        """Responses to surveys, and their free texts."""
        ...

    @property
    def voices(self) -> VoiceStore:
        """Stories and questions of members."""
        ...

    @property
    def news(self) -> NewsStore:
        """Which posts somebody asked to be told about."""
        ...

    @property
    def waiting(self) -> WaitingStore:
        """What waits for somebody who knows."""
        ...

    # -- votes
    def cast(self, vote: Vote, once: Once | None) -> Awaitable[Cast]:
        """Overwrite the voter's vote, and the tally in the same transaction. Where the poll has published and the row was
        there at that moment, the row keeps its day, and a count without a hash stands in for the former choices until
        the next moment. Raises OnceMismatch, Busy."""
        ...

    def votes(self, keys: Sequence[tuple[str, int, str]]) -> Awaitable[list[Vote]]:
        """The votes that exist among (poll, version, voter)."""
        ...

    def tally(self, poll: str, version: int) -> Awaitable[Tally]: ...

    def published(self, poll: str, version: int) -> Awaitable[Published | None]:
        """What was last published of a sensitive poll."""
        ...

    def publish(self, poll: str, version: int, moment: int, rounding: Rounding) -> Awaitable[Published]:
        """Fix what is published at this moment, once, from the rows and what stands in for changed ones, in one
        conditional transaction. What was fixed for this moment or a later one stays, and is returned."""
        ...

    def recount(self, poll: str, version: int) -> Awaitable[Tally]:
        """The tally counted from the rows: for tests and integrity checks."""
        ...

    # -- reactions and flags
    def mark(self, change: MarkChange, once: Once | None) -> Awaitable[Marked]:
        """Raises OnceMismatch, TooManyMarks, Gone (no such comment), Busy."""
        ...

    def flag(self, change: MarkChange, urgency: int, call: Call | None = None) -> Awaitable[None]:
        """Keep a flag, put the comment in the queue, and the call in the outbox unless this person flagged the comment
        before. Raises Gone, Busy."""
        ...

    def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> Awaitable[list[PersonMarks]]:
        """What exists among (thread, person)."""
        ...

    def erase_marks(self, kind: MarkKind, thread: str, person: str) -> Awaitable[int]:
        """Take back all marks of a person in a thread, counts too; how many there were."""
        ...

    def mark_counts(
        self, kind: MarkKind, threads: Sequence[str]
    ) -> Awaitable[Mapping[str, Mapping[str, int]]]:
        """thread → key → how many marked the thread itself."""
        ...

    def recount_marks(self, kind: MarkKind, thread: str) -> Awaitable[Mapping[tuple[str, str], int]]:
        """(target, key) → count, from the rows."""
        ...

    # -- comments
    def add_comment(
        self,
        comment: Comment,
        once: Once | None,
        audit: AuditEntry | None = None,
        call: Call | None = None,
    ) -> Awaitable[Added]:
        """`audit` and `call` are kept in the same transaction. Raises NameTaken, ParentGone, ThreadFull, OnceMismatch, Busy."""
        ...

    def import_comments(self, comments: Sequence[Comment], row: DeskRow) -> Awaitable[None]:
        """Keep at most `IMPORT_BATCH` comments of an older system, parents in front of their answers, in one transaction with
        a new row of the desk that says so. A parent may be invisible. Does nothing where the row is there already. Raises
        NameTaken, ParentGone (the conversation is not there any more), Busy."""
        ...

    def earlier_comment(self, once: Once) -> Awaitable[Comment | None]:
        """What the same intent wrote before. Raises OnceMismatch, and Gone when it is not there any more."""
        ...

    def comment(self, id_: str) -> Awaitable[Comment | None]: ...

    def change_comment(self, change: CommentChange) -> Awaitable[Comment]:
        """Raises Gone, Conflict, OnceMismatch, Busy; NameTaken where it would be shown under a name that is another
        author's by now."""
        ...

    def remove_comment(
        self,
        id_: str,
        author: str | None,
        audit: AuditEntry | None = None,
        trace: Trace | None = None,
    ) -> Awaitable[bool]:
        """Delete text, pseudonym and author. True: a placeholder stays, since there are answers. `audit` and `trace` are
        kept in the same transaction.

        Raises Gone, also when `author` is given and is not the comment's.
        """
        ...

    def comments_by(self, author: str) -> Awaitable[list[Comment]]: ...

    def name(self, condition: str, skeleton: str) -> Awaitable[Name | None]: ...

    def page(self, ask: PageAsk) -> Awaitable[Page]:
        """Whole conversations that have a visible comment; invisible ones in them are placeholders or left out."""
        ...

    def newest(self, thread: str, limit: int) -> Awaitable[list[Comment]]:
        """Visible comments of a thread, wherever in its conversations they stand, the newest first."""
        ...

    def counts(self, threads: Sequence[str]) -> Awaitable[Mapping[str, ThreadCounts]]: ...

    def queue(
        self, limit: int, after: str | None = None, conditions: Sequence[str] = ()
    ) -> Awaitable[list[tuple[str, Comment]]]:
        """(cursor, comment), the most urgent first, then the oldest; of these conditions, none named: of all."""
        ...

    # -- the desk
    def desk_row(self, kind: str, id_: str) -> Awaitable[DeskRow | None]: ...

    def desk_rows(self, kind: str) -> Awaitable[list[DeskRow]]:
        """All of a kind, by id."""
        ...

    def keep_desk_row(self, row: DeskRow) -> Awaitable[DeskRow]:
        """Keep a new row (revision 0), or change the one with this revision. Raises Conflict, Busy."""
        ...

    def drop_desk_row(self, kind: str, id_: str) -> Awaitable[bool]:
        """True for the one call that deleted it."""
        ...

    def keep_beside(self, row: DeskRow, audit: AuditEntry | None = None) -> Awaitable[DeskRow]:
        """As `keep_desk_row`, for a row of a kind of `BESIDE`, whose id is a comment's: it is erased with the comment.
        `audit` is kept in the same transaction. Raises Gone, Conflict, Busy."""
        ...

    def rows_beside(self, kind: str, comments: Sequence[str]) -> Awaitable[Mapping[str, DeskRow]]:
        """The rows of a kind that go with these comments, by the comment's id."""
        ...

    def append_audit(self, entry: AuditEntry) -> Awaitable[None]:
        """Raises Conflict where an entry of this id is there: nothing changes or removes one."""
        ...

    def audit(self, ask: AuditAsk) -> Awaitable[list[AuditEntry]]: ...

    def conversation(self, thread: str, root: str) -> Awaitable[list[Comment]]:
        """All of it, the invisible too, by id: for staff alone."""
        ...

    def find(self, find: Find) -> Awaitable[list[Comment]]:
        """Over all comments, the invisible too; bounded where the store has no index."""
        ...

    def approved(self, condition: str, limit: int) -> Awaitable[list[Comment]]:
        """Published comments that staff decided on and that nothing waits for, the newest first."""
        ...

    def unanswered(self, since: int, limit: int, conditions: Sequence[str] = ()) -> Awaitable[list[Comment]]:
        """Visible first comments, written since, that nothing visible answers; the oldest first; of these conditions, none
        named: of all."""
        ...

    def rejected(self, before: int, limit: int) -> Awaitable[list[Comment]]:
        """Rejected comments that were decided on before this moment."""
        ...

    def purge_desk(self, now: int) -> Awaitable[None]:
        """Delete expired rows of the desk."""
        ...

    def purge_flags(self, before_day: str) -> Awaitable[None]:
        """Delete who flagged, where the person's last flag in that thread is older."""
        ...

    def purge_bursts(self, before: int) -> Awaitable[None]:
        """Forget which burst comments belong to that were written before this moment."""
        ...

    def takedowns(self) -> Awaitable[int]:
        """How often published words were taken off the page or changed, counted with the act itself."""
        ...

    def activity(self, span: Span) -> Awaitable[Activity]:
        """How much was contributed in a span of days and stands now; DynamoDB scans its table for it."""
        ...

    # -- the outbox
    def keep_call(self, call: Call) -> Awaitable[Call]:
        """Keep a new call (revision 0), or change the one with this revision. Raises Conflict, Busy."""
        ...

    def calls(self) -> Awaitable[list[Call]]:
        """All that are kept, the oldest first."""
        ...

    def purge_calls(self, before: int) -> Awaitable[None]:
        """Delete calls that were made before this moment."""
        ...

    # -- itself
    def demand_version(self) -> Awaitable[None]:
        """Raises NewerStore where a newer version wrote the store, Busy where it cannot be asked."""
        ...

    async def health(self) -> StoreHealth:
        """Raises StoreError where the store takes no writes now."""
        ...

    def stamp(self, scope: str) -> int | None:
        """A counter that changes with every write to a poll or thread, for cache validation; None: no cheap counter."""
        ...

    def purge_once(self, before_day: str) -> Awaitable[None]: ...

    def check(self) -> Awaitable[list[str]]:
        """What is wrong with the store, in words; empty when it is sound."""
        ...

    def close(self) -> Awaitable[None]: ...


class Ledger(Protocol):
    """Limits, day keys, spent challenges, texts that wait: never backed up, deleted when they expire."""

    @property
    def texts(self) -> TextLedger:
        """Free texts of surveys on their way into the store."""
        ...

    def day_key(self, day: str) -> Awaitable[bytes]:
        """The day's 32 random bytes, made at the first use, which deletes those of earlier days."""
        ...

    def together(self, work: Work[T]) -> Awaitable[T]:
        """Run `work`, and return what it returns once all that it wrote is kept. SQLite commits its writes together;
        DynamoDB keeps each by itself, so that a write stays where a later one fails.

        `work` runs once, in another thread, while other writers wait: it computes little and waits for nothing. A refusal
        is returned, not raised: what `work` wrote is undone in SQLite where it raises. Raises Busy.
        """
        ...

    def charge(self, charges: Sequence[Charge]) -> Awaitable[list[int]]:
        """As `LedgerWrites.charge`, by itself."""
        ...

    def count_arrival(self, day: str, name: str, expires: int) -> Awaitable[None]:
        """Add one to what the day's arrivals of this name are."""
        ...

    def arrivals(self, day: str) -> Awaitable[Mapping[str, int]]:
        """name → how many arrived on that day."""
        ...

    def spend(self, token: str, by: str, expires: int) -> Awaitable[bool]:
        """True once for each token, and again only for the same `by`."""
        ...

    def agree(self, token: str, value: str, expires: int) -> Awaitable[str]:
        """As `LedgerWrites.agree`, by itself."""
        ...

    def purge(self, now: int, day: str) -> Awaitable[None]: ...

    def close(self) -> Awaitable[None]: ...
