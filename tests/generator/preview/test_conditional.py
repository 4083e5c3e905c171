"""Which part of a file an answer sends."""

from __future__ import annotations

import pytest

from generator.preview.conditional import parse_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 10)),
        ("bytes=2-4", (2, 5)),
        ("bytes=9-9", (9, 10)),
        ("bytes=2-99", (2, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-30", (0, 10)),
        ("bytes=10-", (10, 10)),
        ("bytes=-0", (10, 10)),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("items=0-1", None),
        ("bytes=a-", None),
    ],
)
def test_part_of_ten_bytes_that_a_browser_asks_for(header: str, part: tuple[int, int] | None) -> None:
    assert parse_range(header, 10) == part
