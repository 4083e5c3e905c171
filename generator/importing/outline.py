"""Levels of headings as an outline: the title is the first level, and no level is skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DEEPEST = 6


def outlined(levels: Iterable[int]) -> Iterator[int]:
    """The level here of each heading, from 2: one deeper than the nearest heading before it that was higher there."""
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(DEEPEST, len(above) + 1)
