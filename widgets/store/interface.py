"""Owns the two interfaces that the rules need: the store of contributions, and the ledger of what must be
forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
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
    Tally,
    ThreadCounts,
    Vote,
)


@dataclass(frozen=True, slots=True)
class CommentChange:
    """New values for a comment's fields (names of `Comment`), applied if its revision is still `revision`.

    `approve_name` True or False settles its pseudonym's approval, None leaves it as it is. `audit` is kept in
    the same transaction.
    """

    id: str
    revision: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    approve_name: bool | None = None
    audit: AuditEntry | None = None


class Store(Protocol):
    """Contributions. Every write is durable when the call returns, and all of it or none of it happened."""

    # -- votes
    def cast(self, vote: Vote, once: Once | None) -> Awaitable[Cast]:
        """Overwrite the voter's vote, and the tally in the same transaction. Raises OnceMismatch, Busy."""
        ...

    def votes(self, keys: Sequence[tuple[str, int, str]]) -> Awaitable[list[Vote]]:
        """The votes that exist among (poll, version, voter)."""
        ...

    def tally(self, poll: str, version: int) -> Awaitable[Tally]: ...

    def recount(self, poll: str, version: int) -> Awaitable[Tally]:
        """The tally counted from the rows: for tests and integrity checks."""
        ...

    # -- reactions and flags
    def mark(self, change: MarkChange, once: Once | None) -> Awaitable[Marked]:
        """Raises OnceMismatch, TooManyMarks, Gone (no such comment), Busy."""
        ...

    def flag(self, change: MarkChange, urgency: int) -> Awaitable[None]:
        """Keep a flag and put the comment in the queue. Raises Gone, Busy."""
        ...

    def marks(self, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> Awaitable[list[PersonMarks]]:
        """What exists among (thread, person)."""
        ...

    def erase_marks(self, kind: MarkKind, thread: str, person: str) -> Awaitable[int]:
        """Take back all marks of a person in a thread, counts too; how many there were."""
        ...

    def recount_reactions(self, thread: str) -> Awaitable[Mapping[tuple[str, str], int]]:
        """(target, key) → count, from the rows."""
        ...

    # -- comments
    def add_comment(
        self, comment: Comment, once: Once | None, audit: AuditEntry | None = None
    ) -> Awaitable[Added]:
        """Raises NameTaken, ParentGone, ThreadFull, OnceMismatch, Busy."""
        ...

    def earlier_comment(self, once: Once) -> Awaitable[Comment | None]:
        """What the same intent wrote before. Raises OnceMismatch, and Gone when it is not there any more."""
        ...

    def comment(self, id_: str) -> Awaitable[Comment | None]: ...

    def change_comment(self, change: CommentChange) -> Awaitable[Comment]:
        """Raises Gone, Conflict, Busy."""
        ...

    def remove_comment(
        self, id_: str, author: str | None, audit: AuditEntry | None = None
    ) -> Awaitable[bool]:
        """Destroy text, pseudonym and author. True: an empty place stays, since others answered.

        Raises Gone, also when `author` is given and is not the comment's.
        """
        ...

    def comments_by(self, author: str) -> Awaitable[list[Comment]]: ...

    def name(self, condition: str, skeleton: str) -> Awaitable[Name | None]: ...

    def page(self, ask: PageAsk) -> Awaitable[Page]:
        """Conversations with something visible, whole; what is not visible in them comes as an empty place
        or not at all."""
        ...

    def newest(self, thread: str, limit: int) -> Awaitable[list[Comment]]:
        """Visible comments of a thread, wherever in its conversations they stand, the newest first."""
        ...

    def counts(self, threads: Sequence[str]) -> Awaitable[Mapping[str, ThreadCounts]]: ...

    def queue(self, limit: int, after: str | None = None) -> Awaitable[list[tuple[str, Comment]]]:
        """(cursor, comment), the most urgent first, then the oldest."""
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
        """True for the one call that took it away."""
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

    def unanswered(self, since: int, limit: int) -> Awaitable[list[Comment]]:
        """Visible first comments, written since, that nothing visible answers; the oldest first."""
        ...

    def rejected(self, before: int, limit: int) -> Awaitable[list[Comment]]:
        """Rejected comments that were decided on before this moment."""
        ...

    def forget_desk(self, now: int) -> Awaitable[None]:
        """Rows of the desk that are past their time."""
        ...

    def forget_flags(self, before_day: str) -> Awaitable[None]:
        """Who flagged, where the person's last flag in that thread is older."""
        ...

    # -- itself
    def stamp(self, scope: str) -> int | None:
        """Changes whenever an answer about a poll or thread may; None: this store cannot tell cheaply."""
        ...

    def forget_once(self, before_day: str) -> Awaitable[None]: ...

    def check(self) -> Awaitable[list[str]]:
        """What is wrong with the store, in words; empty when it is sound."""
        ...

    def close(self) -> Awaitable[None]: ...


class Ledger(Protocol):
    """Limits, day keys, spent challenges: never backed up, forgotten on time."""

    def day_key(self, day: str) -> Awaitable[bytes]:
        """The day's random 32 bytes, made at its first use; every earlier day's are destroyed then."""
        ...

    def charge(self, charges: Sequence[Charge]) -> Awaitable[list[int]]:
        """Draw on each; the counts after. A count above its charge's limit is a refusal."""
        ...

    def spend(self, token: str, by: str, expires: int) -> Awaitable[bool]:
        """True once for each token, and again only for the same `by`."""
        ...

    def purge(self, now: int, day: str) -> Awaitable[None]: ...

    def close(self) -> Awaitable[None]: ...
