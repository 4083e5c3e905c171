"""An iCalendar file (RFC 5545) beside each event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from generator import __version__
from generator.schema.dates import instant
from generator.site.partial import built_articles
from generator.site.types import Article
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned
from generator.views.shared_parts import summary_of


def plan_calendars(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    for article in built_articles(context.site, context.part):
        if article.front_matter.type == "event" and article.front_matter.start and not article.suspended:
            output_path = article.root.output_path(f"{article.url_path}event.ics")
            make = partial(_file, context, article, output_path)
            yield Planned(output_path, article.source_path, make, root=article.root)


def _file(context: ViewContext, article: Article, output_path: str) -> shapes.File:
    return shapes.File(output_path, render_calendar(context, article).encode())


def render_calendar(context: ViewContext, article: Article) -> str:
    """One VEVENT; times in UTC, whole days as dates."""
    front_matter = article.front_matter
    zone = context.site.config.zone
    start = _time("DTSTART", front_matter.start, zone)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Gatherwell//{__version__}//EN",
        "BEGIN:VEVENT",
        f"UID:{escaped(article.permalink)}",
        f"DTSTAMP:{_stamp(front_matter.updated or front_matter.date or front_matter.start, zone)}",
        start,
        *([_time("DTEND", front_matter.end, zone, inclusive=True)] if front_matter.end else []),
        f"SUMMARY:{escaped(front_matter.title)}",
        f"DESCRIPTION:{escaped(summary_of(context, article))}",
        *([f"LOCATION:{escaped(front_matter.place)}"] if front_matter.place else []),
        f"URL:{article.permalink}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded_line(line) for line in lines)


def _time(name: str, text: str, zone: ZoneInfo, inclusive: bool = False) -> str:
    if len(text) == 10:
        day = dt.date.fromisoformat(text)
        # RFC 5545: DTEND is exclusive; in front matter the last day belongs to the event.
        if inclusive and day < dt.date.max:
            day += dt.timedelta(days=1)
        return f"{name};VALUE=DATE:{day:%Y%m%d}"
    return f"{name}:{_stamp(text, zone)}"


def _stamp(text: str, zone: ZoneInfo) -> str:
    return f"{instant(text, zone):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """*text* as the value of a property (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded_line(line: str) -> str:
    """*line* folded into lines of at most 75 octets, with CRLF (RFC 5545, 3.1)."""
    parts, current = [], ""
    for character in line:
        if len((current + character).encode()) > 73:
            parts.append(current)
            current = " "
        current += character
    return "\r\n".join([*parts, current]) + "\r\n"
