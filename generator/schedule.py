"""What time does to content: drafts, scheduled, expired, events that are over, reviews that are due, polls that close."""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.errors import SiteError
from generator.matter import ArticleMatter
from generator.moments import add_period, canonical_moment, instant, local_day
from generator.site import Status
from generator.strict import Invalid


def parse_now(text: str, zone: ZoneInfo) -> dt.datetime:
    """The moment that ``--now`` names, in UTC; raises SiteError on any other text."""
    try:
        return instant(canonical_moment(text), zone)
    except Invalid as error:
        raise SiteError(f"--now: {error}", hint=error.hint) from None


def iso(moment: dt.datetime) -> str:
    """UTC ISO text that sorts as time does."""
    return moment.astimezone(dt.UTC).isoformat()


# A year of days and more is asked for again and again: thrice by each article, and at each edit in the preview.
@functools.lru_cache(maxsize=65_536)
def moment_of(text: str, zone: ZoneInfo) -> str:
    """UTC ISO text of a canonical moment; a bare day begins at its midnight."""
    return iso(instant(text, zone)) if text else ""


def end_of(text: str, zone: ZoneInfo) -> str:
    """UTC ISO text of the moment at which *text* has passed; a bare day counts to its end."""
    if len(text) != 10:
        return moment_of(text, zone)
    day = dt.date.fromisoformat(text)
    following = day + dt.timedelta(days=1) if day < dt.date.max else day
    return iso(instant(following.isoformat(), zone))


def status_of(matter: ArticleMatter, zone: ZoneInfo, now: str) -> Status:
    """Draft before scheduled before expired: an article published at *now* is none of them."""
    if matter.draft:
        return "draft"
    if matter.date and moment_of(matter.date, zone) > now:
        return "scheduled"
    if matter.expires and moment_of(matter.expires, zone) <= now:
        return "expired"
    return "published"


def event_end(matter: ArticleMatter, zone: ZoneInfo) -> str:
    """The moment from which an event is over: its end, else the end of the day on which it starts."""
    if matter.end:
        return end_of(matter.end, zone)
    return end_of(local_day(matter.start, zone).isoformat(), zone) if matter.start else ""


def review_due(matter: ArticleMatter, zone: ZoneInfo) -> dt.date | None:
    """The day on which the next review is due; None where no review or no period is named."""
    if not (matter.last_reviewed and matter.review_in):
        return None
    return add_period(local_day(matter.last_reviewed, zone), matter.review_in)


def moments_of(matter: ArticleMatter, zone: ZoneInfo) -> Iterable[str]:
    """Every moment at which an article's pages change by themselves; drafts never do."""
    if not matter.draft:
        if matter.date:
            yield moment_of(matter.date, zone)
        yield from later_moments(matter, zone)


def later_moments(matter: ArticleMatter, zone: ZoneInfo) -> Iterable[str]:
    """The moments, beside its date, at which an article's pages change by themselves."""
    if matter.expires:
        yield moment_of(matter.expires, zone)
    if matter.start:
        yield event_end(matter, zone)
    due = review_due(matter, zone)
    if due is not None:
        yield moment_of(due.isoformat(), zone)


class Epoch(NamedTuple):
    """The stretch of time around *now* in which nothing flips: from *since* (inclusive) to *until* (exclusive).

    Both are UTC ISO text; empty where nothing lies before or after.
    """

    since: str
    until: str

    def holds(self, now: str) -> bool:
        return self.since <= now and (not self.until or now < self.until)

    @property
    def next_change(self) -> str | None:
        """RFC 3339 text of the next moment at which the output changes by itself."""
        return self.until.replace("+00:00", "Z") or None


def epoch_of(now: str, moments: Iterable[str]) -> Epoch:
    """Where *now* lies among the moments at which anything flips."""
    ordered = sorted(set(moments))
    index = bisect_right(ordered, now)
    return Epoch(ordered[index - 1] if index else "", ordered[index] if index < len(ordered) else "")
