"""What depends on the time of a build: status of articles, ends of events, due reviews, and when these change next."""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.errors import SiteError
from generator.schema.convert import Invalid
from generator.schema.dates import add_period, canonical_moment, instant, local_day
from generator.site.types import Status

# How long a review holds where the article does not say, by type; NHS health content is reviewed every three years.
_REVIEW_IN = {"": "36 months", "treatment": "24 months"}


def parse_now(text: str, zone: ZoneInfo) -> dt.datetime:
    """The moment that ``--now`` names, in UTC; raises SiteError on any other text."""
    try:
        return instant(canonical_moment(text), zone)
    except Invalid as error:
        raise SiteError(f"--now: {error}", hint=error.hint) from None


def iso(moment: dt.datetime) -> str:
    """A moment as ISO text in UTC; such texts sort in order of time."""
    return moment.astimezone(dt.UTC).isoformat()


# Cached, because each article needs three moments, few of them different, and the preview needs all at each edit.
@functools.lru_cache(maxsize=65_536)
def moment_of(text: str, zone: ZoneInfo) -> str:
    """UTC ISO text of a canonical moment; a bare day means its midnight in *zone*. Empty for an empty text."""
    return iso(instant(text, zone)) if text else ""


def end_of(text: str, zone: ZoneInfo) -> str:
    """UTC ISO text of the moment at which *text* has passed; for a bare day, its end in *zone*."""
    if len(text) != 10:
        return moment_of(text, zone)
    day = dt.date.fromisoformat(text)
    following = day + dt.timedelta(days=1) if day < dt.date.max else day
    return iso(instant(following.isoformat(), zone))


def status_of(front_matter: ArticleFrontMatter, zone: ZoneInfo, now: str) -> Status:
    """The status at *now* (UTC ISO text); a draft that is scheduled or expired too is a draft."""
    if front_matter.draft:
        return "draft"
    if front_matter.date and moment_of(front_matter.date, zone) > now:
        return "scheduled"
    if front_matter.expires and moment_of(front_matter.expires, zone) <= now:
        return "expired"
    return "published"


def event_end(front_matter: ArticleFrontMatter, zone: ZoneInfo) -> str:
    """UTC ISO text of an event's end; without ``end``, the end of the day on which it starts. Empty for no event."""
    if front_matter.end:
        return end_of(front_matter.end, zone)
    return end_of(local_day(front_matter.start, zone).isoformat(), zone) if front_matter.start else ""


def review_due(front_matter: ArticleFrontMatter, zone: ZoneInfo) -> dt.date | None:
    """The day on which the next review is due; None without ``last_reviewed``."""
    if not front_matter.last_reviewed:
        return None
    period = front_matter.review_in or _REVIEW_IN.get(front_matter.type, _REVIEW_IN[""])
    return _due(front_matter.last_reviewed, period, zone)


# Cached as the moments are: many articles were reviewed on one day.
@functools.lru_cache(maxsize=65_536)
def _due(reviewed: str, period: str, zone: ZoneInfo) -> dt.date:
    return add_period(local_day(reviewed, zone), period)


def moments_of(front_matter: ArticleFrontMatter, zone: ZoneInfo) -> Iterable[str]:
    """Every moment at which an article's status or pages change, as UTC ISO text; a draft has none."""
    if not front_matter.draft:
        if front_matter.date:
            yield moment_of(front_matter.date, zone)
        yield from later_moments(front_matter, zone)


def later_moments(front_matter: ArticleFrontMatter, zone: ZoneInfo) -> Iterable[str]:
    """The moments after publication at which an article's status or pages change: expiry, end of event, review."""
    if front_matter.expires:
        yield moment_of(front_matter.expires, zone)
    if front_matter.start:
        yield event_end(front_matter, zone)
    due = review_due(front_matter, zone)
    if due is not None:
        # Before the first of the two moments the review would lie in the future, which is an error.
        yield moment_of(front_matter.last_reviewed, zone)
        yield moment_of(due.isoformat(), zone)
    for correction in front_matter.corrections:
        yield moment_of(correction.date, zone)


class Epoch(NamedTuple):
    """A period in which the output does not change by itself: from *since* (inclusive) to *until* (exclusive).

    Both are UTC ISO text; empty where there is no earlier or later change.
    """

    since: str
    until: str

    def holds(self, now: str) -> bool:
        """Whether *now* is in the period."""
        return self.since <= now and (not self.until or now < self.until)

    @property
    def next_change(self) -> str | None:
        """RFC 3339 text of the next moment at which the output changes by itself."""
        return self.until.replace("+00:00", "Z") or None


def epoch_of(now: str, moments: Iterable[str]) -> Epoch:
    """The period around *now* between two of *moments*."""
    ordered = sorted(set(moments))
    index = bisect_right(ordered, now)
    return Epoch(ordered[index - 1] if index else "", ordered[index] if index < len(ordered) else "")
