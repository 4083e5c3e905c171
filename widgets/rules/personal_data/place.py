"""Owns what is told of personal data found in a text: what kind, and from where to where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["email", "phone", "address", "birth-date", "record-number", "handle"]

# A day of a month of a year, in figures.
DATE: Final = re.compile(
    r"(?<![\w/-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2})(?![\w/-])"
)


@dataclass(frozen=True, slots=True)
class Place:
    """`start` to `end` (exclusive) in characters of the text."""

    kind: Kind
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.start < other.end and other.start < self.end


def in_browser_units(text: str, places: tuple[Place, ...]) -> list[dict[str, Any]]:
    """The places for an answer: counted as browsers count, in UTF-16 units, of the text as it is kept."""

    def units(at: int) -> int:
        return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2

    return [{"kind": place.kind, "start": units(place.start), "end": units(place.end)} for place in places]


def before(text: str, at: int, reach: int) -> str:
    """The words of the same line that lead up to a place."""
    return text[max(0, at - reach) : at].rpartition("\n")[2]
