"""Which items share a file: a trie over their positions, cut where it grows too large. It follows from the items alone.

A *cell* is a node of the trie whose items fit into one file, while those of its parent do not. A *group* is the cells of one
file: cells with too few words join their neighbour in the trie. Positions are texts in the order of their UTF-16 code
units, as bytes with an end mark, so that none is the beginning of another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

END = b"\0\0"


class Limits(NamedTuple):
    """A cell with more bytes than *size* is split if it holds *least* words or more; a file holds *fewest* words."""

    size: int
    least: int
    fewest: int


class Unit(NamedTuple):
    """What the trie is made of, an item or a known cell: *first* and *last* position, bytes and words."""

    first: bytes
    last: bytes
    size: int
    words: int


Range = tuple[int, int]


def position(text: str) -> bytes:
    """A text as a position."""
    return text.encode("utf-16-be", "surrogatepass") + END


def text_of(place: bytes) -> str:
    """The text of a position."""
    return place[:-2].decode("utf-16-be", "surrogatepass")


class Trie:
    """The trie over sorted *units*; a unit that must be split again is an item to :meth:`groups` only after ``items``."""

    def __init__(self, units: Sequence[Unit], limits: Limits) -> None:
        self._firsts = [unit.first for unit in units]
        self._lasts = [unit.last for unit in units]
        self._sizes = [0, *accumulate(unit.size for unit in units)]
        self._words = [0, *accumulate(unit.words for unit in units)]
        self._limits = limits

    def groups(self) -> list[list[Range]]:
        """The files in order, each a list of cells, each cell a range of units."""
        return self._cut(0, len(self._firsts)) if self._firsts else []

    def fits(self, start: int, end: int) -> bool:
        """Whether the units of a range share a cell."""
        small = self._sizes[end] - self._sizes[start] <= self._limits.size
        return small or self._words[end] - self._words[start] < self._limits.least

    def _cut(self, start: int, end: int) -> list[list[Range]]:
        first, last = self._firsts[start], self._lasts[end - 1]
        if end - start == 1 or first == last or self.fits(start, end):
            return [[(start, end)]]
        middle = bisect_left(self._firsts, upper_half(first, last), start, end)
        left, right = self._cut(start, middle), self._cut(middle, end)
        fewest = self._limits.fewest
        if self._words[middle] - self._words[start] < fewest:
            right[0] = [*_flat(left), *right[0]]
            return right
        if self._words[end] - self._words[middle] < fewest:
            left[-1] = [*left[-1], *_flat(right)]
            return left
        return [*left, *right]


def _flat(groups: list[list[Range]]) -> list[Range]:
    return [cell for group in groups for cell in group]


def shared_bits(first: bytes, last: bytes) -> int:
    """How many bits two positions begin with alike."""
    size = min(len(first), len(last))
    different = int.from_bytes(first[:size]) ^ int.from_bytes(last[:size])
    return size * 8 - different.bit_length()


def upper_half(first: bytes, last: bytes) -> bytes:
    """The least position of the upper half of the node that two positions span."""
    bits = shared_bits(first, last)
    size = bits // 8 + 1
    number = int.from_bytes(last[:size]) >> (size * 8 - bits - 1) << (size * 8 - bits - 1)
    return number.to_bytes(size)


def covers(first: bytes, last: bytes, place: bytes) -> bool:
    """Whether *place* lies in the smallest node of the trie that holds two positions."""
    bits = shared_bits(first, last)
    return len(place) * 8 >= bits and shared_bits(first, place) >= bits


def separator(before: str, after: str) -> str:
    """The shortest beginning of *after* that is greater than *before*."""
    for size in range(1, len(after) + 1):
        if position(after[:size])[:-2] > position(before)[:-2]:
            return after[:size]
    return after


def bounds_of(
    groups: Sequence[list[Range]], first: Callable[[int], bytes], last: Callable[[int], bytes]
) -> list[str]:
    """The lower bound of each group; *first* and *last* give the positions of a unit."""
    bounds = [""] if groups else []
    for before, after in pairwise(groups):
        bounds.append(separator(text_of(last(before[-1][1] - 1)), text_of(first(after[0][0]))))
    return bounds
