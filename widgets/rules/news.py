"""Owns what counts as news for somebody who asked to be told: one table of kinds, and how each is read from what is kept.

What waits to be read is no news: an answer counts from the moment in which everybody can read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from widgets.rules.crisis import judge_plea
from widgets.store.desk_records import AuditEntry
from widgets.store.records import Comment
from widgets.store.voices import Voice

DAY: Final = 86_400
FEED_DAYS: Final = 60  # a feed that nobody fetches for so long is dead; older news is in none
MOST: Final = 100  # posts of one kind in one condition that are looked at, the newest

Kind = Literal["reply", "answer", "staff", "decision", "private"]

# Whether a private feed may stand for it: its address may be known to a hosted reader. The mark on one's own device may
# stand for all of them.
IN_FEED: Final[Mapping[Kind, bool]] = {
    "reply": True,  # a published answer to one's comment
    "answer": True,  # a published answer to one's question
    "staff": True,  # staff asked about a story or question, proposed words, published or declined it
    "decision": False,  # one's comment was published, noted or rejected by a person; the end of an appeal too
    "private": False,  # a private answer
}
_STAFF_ACTS: Final = frozenset({"voice-ask", "voice-offer", "voice-publish", "voice-decline"})
_PLEAS: Final = frozenset({"crisis", "danger", "method"})


@dataclass(frozen=True, slots=True)
class News:
    """`at` is in seconds since 1970; `thing` the id of the post that it is about, `by` that of the comment that answers it,
    `thread` where that stands. `texts` are (text, language) of all that it belongs to, and `quiet` says that one of them is known
    to be about a plea: a feed tells of none."""

    kind: Kind
    at: int
    thing: str
    by: str = ""
    thread: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    quiet: bool = False


def news_of_comment(own: Comment, conversation: Sequence[Comment], private: Sequence[int] = ()) -> list[News]:
    """`conversation` is all of the one that it stands in, `private` the moments of private answers to it."""
    first = next((one for one in conversation if one.id == own.root), own)
    quiet = bool(private) or _quiet(own, first)
    found = [
        _answer("reply", own.id, one, quiet, _texts(first, own))
        for one in conversation
        if one.parent == own.id and one.visible and one.author != own.author
    ]
    if own.decided is not None and own.state in ("published", "noted", "rejected"):
        found.append(News("decision", own.decided, own.id))
    return [*found, *(News("private", at, own.id) for at in private)]


def news_of_voice(
    own: Voice, comments: Sequence[Comment], entries: Sequence[AuditEntry], mine: Iterable[str] = ()
) -> list[News]:
    """`comments` are those below a question, `entries` those of the audit about it, `mine` authors who are its writer."""
    texts = ((f"{own.written.title}\n\n{own.written.text}", own.lang),)
    quiet = not _PLEAS.isdisjoint(own.held)
    authors = {*mine}
    found = [
        _answer("answer", own.id, one, quiet, texts)
        for one in comments
        if one.parent is None and one.visible and one.author not in authors
    ]
    return found + [
        News("staff", entry.time, own.id, texts=texts, quiet=quiet)
        for entry in entries
        if entry.action in _STAFF_ACTS
    ]


def is_news(found: Iterable[News], since: int) -> bool:
    return any(one.at >= since for one in found)


def feed_days(found: Iterable[News], now: int) -> list[str]:
    """The days of which a feed has an entry, the newest first: one for each, however much there was."""
    since = (now // DAY - FEED_DAYS) * DAY
    told = [one for one in found if IN_FEED[one.kind] and not one.quiet and one.at >= since]
    days = {one.at // DAY for one in told if not any(judge_plea(*text) for text in one.texts)}
    return [datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d") for day in sorted(days, reverse=True)]


def feed_ends(now: int) -> int:
    """When a feed that is fetched now is dead: at the end of a day, so that no time is kept."""
    return (now // DAY + 1 + FEED_DAYS) * DAY


def _answer(kind: Kind, thing: str, one: Comment, quiet: bool, texts: tuple[tuple[str, str], ...]) -> News:
    """Everybody can read it since it was written, or since a person decided."""
    at = one.created if one.decided is None else max(one.created, one.decided)
    return News(kind, at, thing, one.id, one.thread, (*texts, *_texts(one)), quiet or _quiet(one))


def _texts(*comments: Comment) -> tuple[tuple[str, str], ...]:
    """An approval takes the reasons of a post away, so its words are looked at as well."""
    return tuple((one.text, one.lang) for one in comments)


def _quiet(*comments: Comment) -> bool:
    return any(not _PLEAS.isdisjoint(one.held) for one in comments)
