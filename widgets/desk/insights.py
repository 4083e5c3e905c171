"""Owns what editors read of a month: how much was contributed, what waits for an answer, how long people waited for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from widgets.desk.moderation.lists import DECISIONS
from widgets.store.activity import Activity, Span
from widgets.store.desk_records import AuditAsk, AuditEntry
from widgets.store.interface import Store
from widgets.store.opening import demand_existing, with_stores
from widgets.store.records import Comment
from widgets.store.voices import thread_of

_PAGE: Final = 500
_MOST: Final = 2_000
_QUESTION_MARKS: Final = "?？؟\u037e"  # the last one is Greek
_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """A visible first post with a question mark that nothing visible answers; `created` in seconds. No word of it."""

    id: str
    thread: str
    condition: str
    created: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A published question of a member without an answer; `published` is a day. No word of it."""

    id: str
    condition: str
    lang: str
    published: str


@dataclass(frozen=True, slots=True)
class Insights:
    """`activity`: of each span, in their order. `questions`: those of before the end of the last span. `waiting`: posts in the queue now, at most 2,000. `decided`: first decisions
    within the last span; `hours`: the median from a post to its first decision, None where there was none."""

    activity: tuple[Activity, ...]
    asked: tuple[Asked, ...]
    questions: tuple[OpenQuestion, ...]
    waiting: int
    decided: int
    hours: float | None


def read_insights(store: str, spans: Sequence[Span]) -> Insights:
    """What the store knows of these spans, the last of which is reported. Raises StoreError."""
    demand_existing(store)
    return with_stores(store, lambda opened, _: _read(opened, spans))


async def _read(store: Store, spans: Sequence[Span]) -> Insights:
    activity = tuple([await store.activity(span) for span in spans])
    last = spans[-1]
    open_ = await store.unanswered(spans[0].since, _MOST)
    sent = await store.waiting.questions()
    below = {thread_of(one.voice) for one in sent}
    waits = _first_waits(await _decisions(store, last), last)
    return Insights(
        activity,
        tuple(
            Asked(one.id, one.thread, one.condition, one.created)
            for one in open_
            if one.thread not in below and _asks(one, last)
        ),
        tuple(
            OpenQuestion(one.voice.id, one.voice.condition, one.voice.lang, one.voice.published)
            for one in sent
            if not one.answers and one.voice.published < last.end
        ),
        len(await store.queue(_MOST)),
        len(waits),
        median(waits) / 3600 if waits else None,
    )


def _asks(comment: Comment, last: Span) -> bool:
    return comment.created < last.until and any(mark in comment.text for mark in _QUESTION_MARKS)


async def _decisions(store: Store, span: Span) -> list[AuditEntry]:
    """All decisions on posts within the span, the newest first."""
    found: list[AuditEntry] = []
    before: str | None = None
    while True:
        entries = await store.audit(AuditAsk(_PAGE, since=span.since, before=before))
        found += [one for one in entries if one.comment and one.action in DECISIONS and one.time < span.until]
        if len(entries) < _PAGE:
            return found
        before = entries[-1].id


def _first_waits(decisions: Sequence[AuditEntry], span: Span) -> list[float]:
    """Seconds from each post that was written within the span to the first decision on it."""
    first: dict[str, int] = {}
    for entry in decisions:  # the newest first: the oldest stays
        first[entry.comment] = entry.time
    written = {id_: _written(id_) for id_ in first}
    return [max(first[id_] - at, 0) for id_, at in written.items() if span.since <= at < span.until]


def _written(id_: str) -> float:
    """The moment that an id of a post holds, in seconds: its first ten letters, five bits each, are milliseconds."""
    milliseconds = 0
    for letter in id_[:10]:
        milliseconds = milliseconds * 32 + _LETTERS.index(letter)
    return milliseconds / 1000
