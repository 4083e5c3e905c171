"""Owns what is told of personal data found in a text: what kind, and from where to where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["email", "phone", "address", "birth-date", "record-number", "handle"]

# A day of a month of a year, in figures.
DATE: Final = re.compile(
    r"(?<![\w/-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2})(?![\w/-])"
)


_LONGEST_RUN: Final = 64
_RUN_BEFORE: Final = re.compile(r"[\w.+-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """`start` to `end` (exclusive) in characters of the text."""

    kind: Kind
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.start < other.end and other.start < self.end


def in_browser_units(text: str, places: Sequence[Place]) -> list[dict[str, Any]]:
    """The places for an answer: counted as browsers count, in UTF-16 units, of the text as it is kept."""

    told: list[dict[str, Any]] = []
    at = units = 0
    for place in places:
        start = units + _units(text[at : place.start])
        at, units = place.end, start + _units(text[place.start : place.end])
        told.append({"kind": place.kind, "start": start, "end": units})
    return told


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def around(pattern: re.Pattern[str], middle: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` yields, for a pattern of 64 characters of `[\\w.+-]` at most, a blank or none, and then something
    that `middle` finds. To try each character as the first would cost 64 steps a character."""
    end = 0
    for found in middle.finditer(text):
        last = found.start()
        if text[last - 1 : last] == " ":
            last -= 1
        before = _RUN_BEFORE.search(text, max(end, last - _LONGEST_RUN), last) if last > end else None
        match = pattern.match(text, before.start()) if before else None
        if match:
            end = match.end()
            yield match


def before(text: str, at: int, reach: int) -> str:
    """The words of the same line that lead up to a place."""
    return text[max(0, at - reach) : at].rpartition("\n")[2]
