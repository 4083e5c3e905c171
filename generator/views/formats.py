"""Dates, times and names of languages as pages write them."""

from __future__ import annotations

import datetime as dt
import functools
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name

from generator.schema.dates import instant, local_day
from generator.theme.locales import locale_of
from generator.views import types as shapes


def language_name(language: str) -> str:
    """A language as its own speakers call it: ``Español``."""
    name = locale_of(language).get_display_name() or language
    return name[:1].upper() + name[1:]


@functools.lru_cache(maxsize=20_000)
def day_view(day: dt.date, language: str) -> shapes.Date:
    """A day written out: ``14 March 2026``."""
    locale = locale_of(language)
    # Babel's plain English is that of the United States (March 14); elsewhere English has the day first.
    pattern = "d MMMM y" if language == "en" else "long"
    return shapes.Date(day.isoformat(), format_date(day, pattern, locale=locale))


def date_view(text: str, language: str, zone: ZoneInfo) -> shapes.Date | None:
    """The local day of a canonical moment; None for an empty one."""
    return day_view(local_day(text, zone), language) if text else None


def time_view(text: str, language: str, zone: ZoneInfo, after: str = "") -> shapes.Date:
    """A moment with its time of day; a bare day where no time was written.

    An end is shown as a time alone where it lies on the same day as *after*, its beginning.
    """
    if len(text) == 10:
        return day_view(dt.date.fromisoformat(text), language)
    local = instant(text, zone).astimezone(zone)
    date = day_view(local.date(), language).text
    clock = format_time(local, "HH:mm", locale=locale_of(language))
    zone_name = _zone_name(local, language)
    same_day = len(after) > 10 and instant(after, zone).astimezone(zone).date() == local.date()
    return shapes.Date(
        local.isoformat(), f"{clock} {zone_name}" if same_day else f"{date}, {clock} {zone_name}"
    )


def _zone_name(local: dt.datetime, language: str) -> str:
    """The short name of a time zone: ``GMT``, ``BST``; ``UTC+5:30`` where the language has none."""
    # Babel's plain English is that of the United States; British and Australian summer times need their own locales.
    for locale in (language, "en-GB", "en-AU") if language == "en" else (language,):
        name = get_timezone_name(local, "short", locale=locale_of(locale), uncommon=True)
        if name.isalpha() and name.isupper():
            return name
    name = get_timezone_name(local, "short", locale=locale_of(language), uncommon=True)
    if name[:1] not in "+-":
        return name
    hours, minutes = divmod(int(name[1:]), 100)
    return f"UTC{name[0]}{hours}" + (f":{minutes:02d}" if minutes else "")
