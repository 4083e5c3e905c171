"""Listings cut into pages that stay put: counted from the oldest, so that a new article changes the newest page alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Slice(NamedTuple):
    """One page of a listing: *number* is 0 for the root, which holds the newest; *pages* numbered ones exist."""

    number: int
    pages: int
    first: int
    last: int


def paginate(total: int, size: int) -> list[Slice]:
    """The pages of *total* items, newest first: the root with size to 2·size-1 of them, then ``page/k/`` … ``page/1/``.

    ``page/k/`` holds items (k-1)·size+1 … k·size counted from the oldest. *first* and *last* are indices into
    the list ordered newest first, *last* exclusive.
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
