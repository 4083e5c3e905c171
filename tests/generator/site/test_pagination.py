"""Pages of a listing stay put: counted from the oldest."""

from __future__ import annotations

import pytest

from generator.site.pagination import Slice, cut, page_path, paginate


@pytest.mark.parametrize(
    ("total", "size"), [(0, 3), (1, 3), (5, 3), (6, 3), (7, 3), (12, 3), (100, 20), (39, 20), (40, 20)]
)
def test_every_item_stands_on_one_page_and_the_root_is_well_filled(total: int, size: int) -> None:
    items = list(range(total))
    pages = paginate(total, size)
    assert [item for page in pages for item in cut(items, page)] == items
    assert len(cut(items, pages[0])) == total or size <= len(cut(items, pages[0])) < 2 * size
    assert all(len(cut(items, page)) == size for page in pages[1:])


def test_numbered_pages_hold_the_same_after_a_new_item() -> None:
    before, after = list(range(9, -1, -1)), list(range(10, -1, -1))
    held = {page.number: cut(before, page) for page in paginate(10, 3) if page.number}
    assert {number: held[number] for number in held} == {
        page.number: cut(after, page) for page in paginate(11, 3) if page.number in held
    }


def test_address_of_a_page() -> None:
    assert (page_path("/ms/", 0), page_path("/ms/", 2)) == ("/ms/", "/ms/page/2/")


@pytest.mark.parametrize(
    ("total", "size", "pages"),
    [
        (0, 3, [Slice(0, 0, 0, 0)]),
        (5, 3, [Slice(0, 0, 0, 5)]),
        (6, 3, [Slice(0, 1, 0, 3), Slice(1, 1, 3, 6)]),
        (8, 3, [Slice(0, 1, 0, 5), Slice(1, 1, 5, 8)]),
        (9, 3, [Slice(0, 2, 0, 3), Slice(2, 2, 3, 6), Slice(1, 2, 6, 9)]),
        (2, 1, [Slice(0, 1, 0, 1), Slice(1, 1, 1, 2)]),
    ],
)
def test_pages_are_numbered_from_the_oldest(total: int, size: int, pages: list[Slice]) -> None:
    assert paginate(total, size) == pages
