"""Owns the values of the desk that a store keeps: small rows by kind, entries of the audit, searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MOST_SEARCHED: Final = 5_000  # rows that a search looks at where a store has no index for it


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One thing that the desk remembers: `value` holds what JSON can say; `expires` is seconds since 1970.

    `revision` 0 stands for: not kept yet. A row past its time counts for nothing, whether it is still there
    or not; whoever reads it looks at the clock.
    """

    kind: str
    id: str
    value: Mapping[str, Any]
    expires: int | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which comment, when and why. States before and after, but no text and no pseudonym.

    Entries of one act over several comments share `batch`.
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


@dataclass(frozen=True, slots=True)
class AuditAsk:
    """The newest entries first; those written before the entry `before`, not earlier than `since`."""

    limit: int = 100
    comment: str | None = None
    batch: str | None = None
    since: int = 0
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """Comments whose text, pseudonym or thread holds these words, whatever their case; the newest first."""

    words: str
    limit: int = 50
    thread: str | None = None


def holds(words: str, *texts: str) -> bool:
    folded = words.casefold()
    return any(folded in text.casefold() for text in texts)
