"""An iCalendar file (RFC 5545) beside each event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from generator import __version__
from generator.moments import instant
from generator.site import Article
from generator.views import shapes
from generator.views.material import Material, summary_of
from generator.views.planned import Frames, Planned


def plan_calendars(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    for article in material.site.articles.values():
        if (
            article.matter.type == "event"
            and article.matter.start
            and (not only or article.condition in only)
        ):
            output_path = article.root.output_path(f"{article.url_path}event.ics")
            make = partial(_file, material, article, output_path)
            yield Planned(output_path, article.source_path, make, root=article.root)


def _file(material: Material, article: Article, output_path: str) -> shapes.File:
    return shapes.File(output_path, render_calendar(material, article).encode())


def render_calendar(material: Material, article: Article) -> str:
    """One VEVENT; times in UTC, whole days as dates."""
    matter = article.matter
    zone = material.site.config.zone
    start = _time("DTSTART", matter.start, zone)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Gatherwell//{__version__}//EN",
        "BEGIN:VEVENT",
        f"UID:{_escaped(article.permalink)}",
        f"DTSTAMP:{_stamp(matter.updated or matter.date or matter.start, zone)}",
        start,
        *([_time("DTEND", matter.end, zone, inclusive=True)] if matter.end else []),
        f"SUMMARY:{_escaped(matter.title)}",
        f"DESCRIPTION:{_escaped(summary_of(material, article))}",
        *([f"LOCATION:{_escaped(matter.place)}"] if matter.place else []),
        f"URL:{article.permalink}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines)


def _time(name: str, text: str, zone: dt.tzinfo, inclusive: bool = False) -> str:
    if len(text) == 10:
        day = dt.date.fromisoformat(text)
        # A calendar's last day is not part of the event; ours is.
        if inclusive and day < dt.date.max:
            day += dt.timedelta(days=1)
        return f"{name};VALUE=DATE:{day:%Y%m%d}"
    return f"{name}:{_stamp(text, zone)}"


def _stamp(text: str, zone: dt.tzinfo) -> str:
    return f"{instant(text, zone):%Y%m%dT%H%M%SZ}"  # type: ignore[arg-type]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, as the standard has it."""
    parts, current = [], ""
    for character in line:
        if len((current + character).encode()) > 73:
            parts.append(current)
            current = " "
        current += character
    return "\r\n".join([*parts, current]) + "\r\n"
