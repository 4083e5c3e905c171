"""Page numbers: a table of places for each condition, in which every page takes the place that its address names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.ground.text import digest
from generator.outputs.search.coding import PAGES

# Places for each page: with so many, one page more moves a tenth of another one.
_ROOM = 8
_LEAST_BITS = 4


class Table(NamedTuple):
    """The places of one condition, ``""`` for pages of none, from number *start* on."""

    condition: str
    start: int
    bits: int

    @property
    def size(self) -> int:
        return 1 << self.bits


class Layout(NamedTuple):
    """All tables; *stamp* says which: numbers of different stamps have nothing to do with each other."""

    tables: tuple[Table, ...]
    stamp: str


def bits_for(pages: int) -> int:
    """The size of the table for so many pages, as a power of two."""
    return max(_LEAST_BITS, (_ROOM * pages - 1).bit_length())


def make_layout(pages: Mapping[str, int]) -> Layout:
    """The layout for a number of pages by condition; that of no condition is always there."""
    tables: list[Table] = []
    start = 0
    for condition in sorted({"", *pages}):
        tables.append(Table(condition, start, bits_for(pages.get(condition, 0))))
        start += tables[-1].size
    stamp = digest("\n".join(f"{table.condition} {table.bits}" for table in tables))[:8]
    return Layout(tuple(tables), stamp)


def number_pages(table: Table, urls: Iterable[str]) -> dict[str, int]:
    """The number of each address; it depends on the set of addresses alone."""
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    last, shift = table.size - 1, 128 - table.bits
    for place, url in sorted((int(digest(url), 16), url) for url in urls):
        slot = place >> shift
        while slot in taken:
            slot = slot + 1 & last
        taken.add(slot)
        numbers[url] = table.start + slot
    return numbers


def best_of_tables(
    codes: Sequence[int], tables: Sequence[Table], most: int, least: int
) -> tuple[list[int], list[int]]:
    """Sorted postings in two: for each table its best ones, *most* in all but *least* for each, and all others."""
    share = max(least, most // len(tables))
    if len(tables) == 1:
        return list(codes[:share]), list(codes[share:])
    best: list[int] = []
    others: list[int] = []
    ends = [*(table.start for table in tables[1:]), PAGES]
    room = [share] * len(tables)
    start = 0
    while start < len(codes):
        # Postings of one weight stand in the order of pages, so those of one table are a stretch.
        heavier = codes[start] - codes[start] % PAGES
        for table, end in enumerate(ends):
            stop = bisect_left(codes, heavier + end, start)
            middle = min(start + room[table], stop)
            room[table] -= middle - start
            best += codes[start:middle]
            others += codes[middle:stop]
            start = stop
    return best, others
