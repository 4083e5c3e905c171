"""Days and moments as front matter writes them: canonical ISO text in, instants and local days out."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from generator.strict import Check, Invalid

_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_PERIOD = re.compile(r"(\d{1,3})\s*(day|week|month|year)s?")
_DAYS = {"day": 1, "week": 7}


def canonical_moment(text: str) -> str:
    """``2026-03-14`` or ``2026-03-14T10:00:00[+01:00]``; raises Invalid on any other text or an impossible day."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise Invalid(f"'{text}' is not a date", "write it as 2026-03-14, or 2026-03-14T10:00")
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        if hour is None:
            return dt.date(int(year), int(month), int(day)).isoformat()
        moment = dt.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        zone = "+00:00" if zone in ("Z", "z") else zone or ""
        if zone:
            zone = zone if len(zone) == 6 else f"{zone[:3]}:{zone[-2:] if len(zone) == 5 else '00'}"
        stamp = moment.isoformat() + zone
        dt.datetime.fromisoformat(stamp)
    except ValueError as error:
        raise Invalid(
            f"'{text}' is not a day of the calendar ({error})", "check month, day and time"
        ) from None
    return stamp


def canonical_period(text: str) -> str:
    """``12 months``, ``2 years``, ``90 days``; raises Invalid on any other text."""
    match = _PERIOD.fullmatch(text.strip())
    if not match or int(match[1]) == 0:
        raise Invalid(f"'{text}' is not a period", "write it as `12 months`, `2 years` or `90 days`")
    return f"{int(match[1])} {match[2]}s"


MOMENT = Check(
    canonical_moment,
    r"^\s*\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|z|[+-]\d{2}(?::?\d{2})?)?)?\s*$",
)
PERIOD = Check(canonical_period, r"^\s*\d{1,3}\s*(?:day|week|month|year)s?\s*$")


def instant(text: str, zone: ZoneInfo) -> dt.datetime:
    """The moment in UTC of canonical *text*; a bare day begins at midnight in *zone*."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        return moment.replace(tzinfo=dt.UTC)


def local_day(text: str, zone: ZoneInfo) -> dt.date:
    """The day of canonical *text* as people in *zone* count it."""
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    try:
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    except OverflowError:  # the calendar's first and last day
        return moment.date()


def add_period(day: dt.date, period: str) -> dt.date:
    """*day* plus a canonical period; the last day of a month stays one, far futures stop at year 9999."""
    number, unit = period.split()
    count, unit = int(number), unit.rstrip("s")
    try:
        if unit in _DAYS:
            return day + dt.timedelta(days=count * _DAYS[unit])
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        first_of_next = dt.date(year + (month == 11), 1 if month == 11 else month + 2, 1)
        return dt.date(year, month + 1, min(day.day, (first_of_next - dt.timedelta(days=1)).day))
    except (ValueError, OverflowError):
        return dt.date.max
