"""Owns the values of the desk that a store keeps: small rows by kind, entries of the audit, searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MOST_SEARCHED: Final = 5_000  # rows that a search looks at where a store has no index for it

SHORT_LIVED: Final = (
    "session",
    "invitation",
    "claim",
    "challenge",
    "staff-feed",
)  # kinds of rows that no copy brings back

# Kinds of rows that go with a comment, story or question, under its id: they are erased with it, in one transaction.
BESIDE: Final = ("private-answer", "post-notes", "assigned", "looked", "appeal", "clinician-asked")

# Kinds of rows that hold words: nothing of them may stay on the disk once they are dropped.
WORDED: Final = frozenset({"name-notes", "mistake", "false-alarm", "lock"})


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of the desk, such as a session or a lock. `value` is a JSON object; `expires` is seconds since 1970.

    `revision` 0 means: not stored yet. An expired row may still be there; whoever reads it compares `expires`
    with the clock.
    """

    kind: str
    id: str
    value: Mapping[str, Any]
    expires: int | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which comment, when and why. States before and after, but no text and no pseudonym.

    Entries of one action over several comments share `batch`. `condition` is the comment's, empty for what is about no
    comment, as a sign-in is.
    """

    id: str
    time: int
    actor: str
    action: str
    comment: str = ""
    reason: str = ""
    batch: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    condition: str = ""


@dataclass(frozen=True, slots=True)
class AuditAsk:
    """The newest entries first; those written before the entry `before`, not earlier than `since`; with `conditions`, of
    these alone."""

    limit: int = 100
    comment: str | None = None
    batch: str | None = None
    since: int = 0
    before: str | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """Comments whose text, pseudonym or thread holds these words, whatever their case; the newest first; with `conditions`,
    of these alone."""

    words: str
    limit: int = 50
    thread: str | None = None
    conditions: tuple[str, ...] = ()


def holds(words: str, *texts: str) -> bool:
    folded = words.casefold()
    return any(folded in text.casefold() for text in texts)
