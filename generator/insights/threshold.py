"""Owns which numbers about members an editor may see: none from 1 to 10, and none from which such a one follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LEAST = 11  # the k of every number about members that leaves the store
_STEPS = (LEAST, 31, 101, 301, 1_001, 3_001, 10_001)


class Sum(NamedTuple):
    """What the shown parts add to; *partial* where one is kept back, so that the whole is more."""

    shown: int
    partial: bool


def shown(count: int) -> int | None:
    """The count where it may be shown: none at all, or eleven and more."""
    return None if 0 < count < LEAST else count


def sum_of(counts: Iterable[int]) -> Sum:
    """The sum of those counts that are shown: with the others in it, a single hidden part would follow."""
    every = list(counts)
    kept = [count for count in every if shown(count) is not None]
    return Sum(sum(kept), len(kept) < len(every))


def band_of(count: int) -> tuple[int, int | None]:
    """From how many to how many, for lists of pages: beside the exact number of their condition, exact numbers of most pages
    would tell the rest. (0, 10) below the threshold; the last band has no end."""
    low = 0
    for step in _STEPS:
        if count < step:
            return low, step - 1
        low = step
    return low, None
