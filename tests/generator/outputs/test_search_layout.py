"""Postings parted in the best of each condition and all others."""

from __future__ import annotations

import pytest

from generator.outputs.search.coding import posting
from generator.outputs.search.layout import Table, best_of_tables

TABLES = (Table("", 0, 4), Table("migraine", 16, 4), Table("ms", 32, 5))


def postings(*pairs: tuple[int, int]) -> list[int]:
    return sorted(posting(page, weight) for page, weight in pairs)


@pytest.mark.parametrize(
    ("codes", "best"),
    [
        ([], []),
        # One for each table: the heaviest there, and of equals the first page.
        ([(1, 2), (2, 9), (17, 3), (16, 3), (63, 1)], [(2, 9), (16, 3), (63, 1)]),
        # The last page of a table is no page of the next one.
        ([(15, 1), (16, 1), (31, 1), (32, 1)], [(15, 1), (16, 1), (32, 1)]),
        # The lighter ones of a table that is full are left out, whatever comes after them.
        ([(20, 9), (21, 8), (22, 8), (40, 1)], [(20, 9), (40, 1)]),
    ],
)
def test_each_condition_keeps_its_best(codes: list[tuple[int, int]], best: list[tuple[int, int]]) -> None:
    every = postings(*codes)
    kept, others = best_of_tables(every, TABLES, most=3, least=1)
    assert kept == postings(*best)
    assert others == [code for code in every if code not in kept]


def test_a_site_of_one_table_keeps_the_first_of_all() -> None:
    codes = postings((1, 2), (2, 9), (3, 9))
    assert best_of_tables(codes, TABLES[:1], most=2, least=1) == (codes[:2], codes[2:])
