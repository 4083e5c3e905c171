"""Owns what waits for somebody who knows: posts for which a clinician is asked, and what members asked, with its answers counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from widgets.store.desk_records import DeskRow
from widgets.store.records import Comment
from widgets.store.voices import Voice, thread_of

CLINICIAN_ASKED: Final = "clinician-asked"  # kind of rows beside a comment: who asked, and since when


@dataclass(frozen=True, slots=True)
class Asking:
    """A visible comment that a clinician is asked about; `since` in seconds since 1970, `by` the id of a member of staff."""

    comment: Comment
    since: int
    by: str


@dataclass(frozen=True, slots=True)
class Question:
    """A published question of a member; `answers` counts the visible comments below it."""

    voice: Voice
    answers: int


class WaitingStore(Protocol):
    """Lists for staff, of these conditions; none named: of all. Nothing that the public cannot see is in them."""

    def askings(self, now: int, limit: int, conditions: Sequence[str] = ()) -> Awaitable[list[Asking]]:
        """Those that have not lapsed by `now`, the one that has waited longest first."""
        ...

    def questions(self, conditions: Sequence[str] = ()) -> Awaitable[list[Question]]:
        """All that are published, the oldest publication first."""
        ...


Read = Callable[[str], Comment | None]


def standing(
    rows: Iterable[DeskRow], read: Read, now: int, limit: int, conditions: Sequence[str]
) -> list[Asking]:
    """The first `limit` that hold, in their order. Few stand at a time: every comment is read by itself."""
    held = (row for row in rows if row.expires is None or row.expires > now)
    return list(
        islice(_asked(sorted(held, key=lambda row: (row.value["since"], row.id)), read, conditions), limit)
    )


def _asked(rows: Iterable[DeskRow], read: Read, conditions: Sequence[str]) -> Iterator[Asking]:
    for row in rows:
        comment = read(row.id)
        if comment and comment.visible and (not conditions or comment.condition in conditions):
            yield Asking(comment, row.value["since"], row.value["staff"])


def questions_of(listed: Iterable[Voice], shown: Callable[[Sequence[str]], dict[str, int]]) -> list[Question]:
    """Published questions among what is `listed`, in their order; `shown` counts the visible comments of threads."""
    asked = [voice for voice in listed if voice.kind == "question"]
    counts = shown([thread_of(voice) for voice in asked])
    found = [Question(voice, counts[thread_of(voice)]) for voice in asked]
    return sorted(found, key=lambda one: (one.voice.published, one.voice.id))
