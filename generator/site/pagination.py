"""Pages of a listing, counted from the oldest item, so that a new article changes the newest page only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Slice(NamedTuple):
    """One page of a listing: *number* is 0 for the first, which holds the newest items; *pages* others have numbers."""

    number: int
    pages: int
    first: int
    last: int


def paginate(total: int, size: int) -> list[Slice]:
    """The pages of *total* items: the first with the newest size to 2·size-1, then ``page/k/`` … ``page/1/``.

    ``page/k/`` holds items (k-1)·size+1 … k·size counted from the oldest. *first* and *last* (exclusive) are indices
    into the list ordered newest first.
    """
    count = max(0, total // size - 1)
    pages = [Slice(0, count, 0, total - count * size)]
    pages.extend(
        Slice(number, count, total - number * size, total - (number - 1) * size)
        for number in range(count, 0, -1)
    )
    return pages


def page_path(base: str, number: int) -> str:
    """The url_path of a page of the listing at *base*."""
    return base if number == 0 else f"{base}page/{number}/"


def cut(items: Sequence[Item], page: Slice) -> Sequence[Item]:
    return items[page.first : page.last]
