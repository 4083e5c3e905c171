"""How long questions wait for a first answer, in words that a reader can trust: from what is public, by the month.

Numbers of a small community are chance, so nothing is said of fewer than 33 questions. The figure changes on the first
of each month and not with each answer, so that nobody can read from it when a moderator was awake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from generator.content.snapshot import CommentAnswer, Snapshot
from generator.schema.dates import canonical_moment
from generator.site.schedule import moment_of
from generator.site.types import Article

Wait = Literal["day", "two-days", "week", "longer"]

LEAST = 33
DAYS = 90
_STEPS: tuple[tuple[Wait, dt.timedelta], ...] = (
    ("day", dt.timedelta(days=1)),
    ("two-days", dt.timedelta(days=2)),
    ("week", dt.timedelta(days=7)),
)


class FirstAnswers(NamedTuple):
    """More than half of the questions of the days *since* to *until* (exclusive) had an answer within *wait*."""

    wait: Wait
    since: dt.date
    until: dt.date


def first_answers(
    articles: Iterable[Article], snapshot: Snapshot, zone: ZoneInfo, now: str
) -> FirstAnswers | None:
    """The wait of questions in the 90 days before this month; None where there are too few, or no snapshot.

    A question is a page of the type ``question``, once for all its translations. It waits from its publication until
    the first published comment. One without an answer has waited longest.
    """
    if not snapshot.fetched:
        return None
    until = _month(now, zone)
    since = until - dt.timedelta(days=DAYS)
    asked = {
        article.thread: article.moment
        for article in questions(articles)
        if article.day is not None and since <= article.day < until
    }
    if len(asked) < LEAST:
        return None
    waits = [_wait(moment, _comments(snapshot, thread), zone) for thread, moment in asked.items()]
    for wait, limit in _STEPS:
        if sum(found is not None and found <= limit for found in waits) * 2 > len(waits):
            return FirstAnswers(wait, since, until)
    return FirstAnswers("longer", since, until)


def questions(articles: Iterable[Article]) -> Iterable[Article]:
    """The published questions among *articles*."""
    return (article for article in articles if article.front_matter.type == "question" and article.is_public)


def month_moments(articles: Iterable[Article], zone: ZoneInfo, now: str) -> tuple[str, ...]:
    """The moments around *now* at which the figure changes; none where there are too few questions to have one."""
    threads = {article.thread for article in questions(articles)}
    return (*_months(now, zone),) if len(threads) >= LEAST else ()


def _months(now: str, zone: ZoneInfo) -> Iterable[str]:
    this = _month(now, zone)
    following = (this + dt.timedelta(days=32)).replace(day=1)
    return (moment_of(first.isoformat(), zone) for first in (this, following))


def _month(now: str, zone: ZoneInfo) -> dt.date:
    """The first day of the month of *now* in *zone*."""
    return dt.datetime.fromisoformat(now).astimezone(zone).date().replace(day=1)


def _comments(snapshot: Snapshot, thread: str) -> Collection[CommentAnswer]:
    answer = snapshot.threads.get(thread)
    return answer.comments if answer else ()


def _wait(moment: str, comments: Iterable[CommentAnswer], zone: ZoneInfo) -> dt.timedelta | None:
    """How long a question from *moment* waited; None without an answer. What was written before it counts as at once."""
    written = [moment_of(canonical_moment(one.created), zone) for one in comments if one.pseudonym]
    if not written:
        return None
    first, asked = dt.datetime.fromisoformat(min(written)), dt.datetime.fromisoformat(moment)
    return max(first - asked, dt.timedelta(0))


