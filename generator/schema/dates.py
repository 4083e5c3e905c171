"""Days and moments in front matter: checked, written as canonical ISO text, converted to instants and local days."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from generator.schema.convert import Check, Invalid

_TIME = r"(?:[Tt]|,?[ ]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
_MOMENT = re.compile(rf"(\d{{4}})([-/])(\d{{1,2}})\2(\d{{1,2}})(?:{_TIME})?")
# With an English month, as Go, e-mails and American exports write it: Mon, 02 Jan 2006 15:04:05 -0700; January 2, 2006.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_NAMED = re.compile(
    rf"(?:[A-Z][a-z]{{2,8}},? )?(?:(\d{{1,2}})\.? {_MONTH}|{_MONTH} (\d{{1,2}}),?) (\d{{4}})(?:{_TIME})?"
)
_AMBIGUOUS = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}")
_PERIOD = re.compile(r"(\d{1,3})\s*(day|week|month|year)s?")
_DAYS = {"day": 1, "week": 7}


def canonical_moment(text: str) -> str:
    """*text* as ``2026-03-14`` or ``2026-03-14T10:00:00[+01:00]``; raises Invalid where it names no moment."""
    year, month, day, hour, minute, second, zone = _parts(text)
    try:
        if hour is None:
            return dt.date(int(year), int(month), int(day)).isoformat()
        moment = dt.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        zone = "+00:00" if zone in ("Z", "z", "UTC", "GMT") else zone or ""
        if zone:
            zone = zone if len(zone) == 6 else f"{zone[:3]}:{zone[-2:] if len(zone) == 5 else '00'}"
        stamp = moment.isoformat() + zone
        dt.datetime.fromisoformat(stamp)
    except ValueError as error:
        raise Invalid(
            f"'{text}' is not a day of the calendar ({error})", "check month, day and time"
        ) from None
    return stamp


def _parts(text: str) -> tuple[str, ...]:
    """Year, month, day, hour, minute, second and zone as written; raises Invalid where *text* has no known form."""
    if match := _MOMENT.fullmatch(text.strip()):
        year, _, *rest = match.groups()
        return (year, *rest)
    if match := _NAMED.fullmatch(text.strip()):
        day, month, other_month, other_day, year, *rest = match.groups()
        number = _MONTHS.index((month or other_month)[:3].lower()) + 1
        return (year, str(number), day or other_day, *rest)
    hint = "write it as 2026-03-14, or 2026-03-14T10:00"
    if _AMBIGUOUS.match(text.strip()):
        hint = f"{hint}; which of the two is the day differs from country to country"
    raise Invalid(f"'{text}' is not a date", hint)


def canonical_period(text: str) -> str:
    """*text* as ``12 months``, ``2 years`` or ``90 days``; raises Invalid where it names no period."""
    match = _PERIOD.fullmatch(text.strip())
    if not match or int(match[1]) == 0:
        raise Invalid(f"'{text}' is not a period", "write it as `12 months`, `2 years` or `90 days`")
    return f"{int(match[1])} {match[2]}s"


def _js(pattern: re.Pattern[str]) -> str:
    """A pattern without groups that are numbered, for editors."""
    return re.sub(r"\\2", "[-/]", re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern.pattern))


MOMENT = Check(canonical_moment, rf"^\s*(?:{_js(_MOMENT)}|{_js(_NAMED)})?\s*$")
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


def with_offset(text: str, zone: ZoneInfo) -> str:
    """RFC 3339 text of canonical *text*: its own offset, else that of *zone* at that moment; ``Z`` for UTC."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60:  # local mean time, of which RFC 3339 cannot write the seconds
        moment = instant(text, zone)
    return moment.isoformat().replace("+00:00", "Z")


def local_day(text: str, zone: ZoneInfo) -> dt.date:
    """The calendar day of canonical *text* in *zone*."""
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    try:
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    except OverflowError:  # the calendar's first and last day
        return moment.date()


def add_period(day: dt.date, period: str) -> dt.date:
    """*day* plus a canonical period, at most the last day of year 9999.

    In a shorter month, the day becomes the month's last: 31 January plus one month is 28 or 29 February.
    """
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
