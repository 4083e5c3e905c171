"""Owns the values that rules and stores exchange, and the stores' errors; no input or output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

Order = Literal["oldest", "newest", "reacted"]
State = Literal["published", "noted", "held", "rejected", "withdrawn"]
MarkKind = str  # "reaction", "flag", or the name of a later kind whose marks are on threads alone

VISIBLE: Final[frozenset[str]] = frozenset({"published", "noted"})

# Idempotency keys outlive every platform's own retry window; a queue kept on a device offline may be a week
# old.
ONCE_DAYS: Final = 8
FLAG_DAYS: Final = 180  # how long it is stored who flagged, from the person's last flag in a thread
TAKEDOWNS: Final = "TAKEDOWNS"  # no thread or poll is called so
ERASURE_DAYS: Final = 400  # how long a copy can be brought up to date with the erasures after it
MOST_ANSWERS: Final = (
    200  # in one conversation: a page always holds whole conversations, so their size is bounded
)


@dataclass(frozen=True, slots=True)
class Once:
    """An intent, as a keyed hash, and a keyed digest of what it asked for.

    The same `key` with the same `digest` is a retry and changes nothing; with another digest it is a mistake.
    """

    key: str
    digest: str
    day: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One row per (poll, version, voter). Empty `choices` means: no vote. `day` is YYYY-MM-DD, never a
    time."""

    poll: str
    version: int
    voter: str
    choices: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Tally:
    voters: int = 0
    votes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cast:
    """The result of a vote: the stored row, and whether the call was a retry."""

    vote: Vote
    repeated: bool
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A reaction or flag: `target` is a comment's id, or "" for the page itself; `key` the reaction or
    reason."""

    target: str
    key: str


def marks_from(text: str) -> frozenset[Mark]:
    """A person's marks as a store keeps them: a JSON list of pairs."""
    return frozenset(Mark(target, key) for target, key in json.loads(text))


def marks_text(marks: frozenset[Mark]) -> str:
    return json.dumps(sorted((mark.target, mark.key) for mark in marks))


def cell_of(kind: MarkKind, key: str) -> str:
    """Where marks of a kind are counted in a thread. Reactions came first and stand under their bare keys."""
    return key if kind == "reaction" else f"{kind}/{key}"


def counts_of(kind: MarkKind, cells: Mapping[str, int]) -> dict[str, int]:
    """Key → count of one kind, from all cells of a thread; what is not above zero is left out."""
    keys = {cell: cell.rpartition("/")[2] for cell in cells}
    return {keys[cell]: n for cell, n in cells.items() if cell_of(kind, keys[cell]) == cell and n > 0}


@dataclass(frozen=True, slots=True)
class MarkChange:
    """Turn one mark of one person in one thread on or off (`on` None: over). Only reactions and flags have a
    comment as their target."""

    kind: MarkKind
    thread: str
    person: str
    mark: Mark
    on: bool | None
    day: str
    most: int = 300


@dataclass(frozen=True, slots=True)
class Marked:
    own: frozenset[Mark]
    counts: Mapping[str, int]  # of the mark's target, by key
    repeated: bool


@dataclass(frozen=True, slots=True)
class PersonMarks:
    thread: str
    person: str
    marks: frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Note:
    html: str
    source: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with all that the store keeps of it. `created` and `edited` are seconds since 1970.

    `author` is "" once withdrawn. `reason` is the key of the standard answer to a rejected one, `decided`
    when staff last decided. `live` counts, on a root, the visible comments of its conversation,
    itself included. `revision` grows with every change and guards against lost updates. `burst` is a random number that queued
    posts of one burst share; `aside` the moment until which staff set a queued one aside.
    """

    id: str
    thread: str
    condition: str
    root: str
    parent: str | None
    author: str
    pseudonym: str
    skeleton: str
    text: str
    html: str
    lang: str
    state: State
    created: int
    held: tuple[str, ...] = ()
    edited: int | None = None
    urgency: int = 0
    queued: bool = False
    role: str | None = None
    person: str | None = None
    note: Note | None = None
    reason: str | None = None
    decided: int | None = None
    flags: Mapping[str, int] = field(default_factory=dict)
    reactions: Mapping[str, int] = field(default_factory=dict)
    live: int = 0
    revision: int = 1
    burst: str | None = None
    aside: int | None = None

    @property
    def visible(self) -> bool:
        return self.state in VISIBLE


@dataclass(frozen=True, slots=True)
class Added:
    comment: Comment
    repeated: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A pseudonym's reservation within a condition; it lives as long as a comment bears it. `public`: something under it
    was shown. One that never was gives way to the first author who is published under it."""

    author: str
    approved: bool
    public: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in the order of conversations: a root's id and, for the order by reactions, its count then."""

    root: str
    reacted: int = 0
    backwards: bool = False
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    comments: tuple[Comment, ...]
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class PageAsk:
    thread: str
    order: Order
    cursor: Cursor | None = None
    roots: int = 20
    enough: int = 60  # comments after which a page takes no more conversations


@dataclass(frozen=True, slots=True)
class ThreadCounts:
    comments: int
    reactions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Charge:
    """One draw on a limit: `bucket` is a keyed hash, `expires` seconds since 1970 when its window ends."""

    bucket: str
    limit: int
    expires: int


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """A store that takes writes: the second of the last write, and the free bytes of its disk, where it knows them."""

    last_write: int | None = None
    free_bytes: int | None = None


class StoreError(Exception):
    """Anything a store refuses; its children say why."""


class Busy(StoreError):
    """The store could not answer now; nothing was written; trying again is right."""


class NoStore(StoreError):
    """Where a store should be there is none, or something that is not one; `place` is where there is none."""

    def __init__(self, message: str, place: Path | None = None) -> None:
        super().__init__(message)
        self.place = place


class NewerStore(StoreError):
    """A newer version of Gatherwell wrote the store; this one would harm it."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The store has schema version {found}, and this version knows {known}: upgrade Gatherwell, or "
            "restore a copy from before the store's upgrade."
        )


class Conflict(StoreError):
    """The row changed since it was read; read it again."""


class Gone(StoreError):
    """The row is not there."""


class NameTaken(StoreError):
    """Another author holds the pseudonym."""


class ParentGone(StoreError):
    """The comment to be answered is not there any more."""


class ThreadFull(StoreError):
    """The conversation holds as many answers as it may."""


class OnceMismatch(StoreError):
    """The idempotency key was used for another intent."""


class TooManyMarks(StoreError):
    """The person's marks in this thread reached their bound."""
