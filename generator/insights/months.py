"""Owns calendar months, as days (UTC) that begin and end them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_MONTH = re.compile(r"(\d{4})-(\d{2})")


class Month(NamedTuple):
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        return self.moved(1).first

    @property
    def seconds(self) -> tuple[int, int]:
        """The midnights (UTC) at which it begins and has ended, in seconds since 1970."""
        begin, end = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (self.first, self.end))
        return int(begin.timestamp()), int(end.timestamp())

    def moved(self, months: int) -> Month:
        """The month so many months later, earlier where negative."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)


def month_of(moment: dt.datetime) -> Month:
    """The month that a moment lies in, UTC."""
    day = moment.astimezone(dt.UTC)
    return Month(day.year, day.month)


def parse_month(text: str) -> Month | None:
    """`2026-10`; None for what is no month."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) < 9999:
        return None
    return Month(int(found[1]), int(found[2]))
