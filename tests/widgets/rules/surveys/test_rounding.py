"""Random rounding: right in the mean, never far off, the same when asked again."""

from __future__ import annotations

from statistics import mean

import pytest

from tests.widgets.rules.surveys.simulated import draw
from widgets.rules.surveys.disclosure.grid import divide, fill
from widgets.rules.surveys.disclosure.rounding import Dice, round_one, split

DRAWS = 3_000


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9, 10, 13, 20, 101])
def test_one_number(count: int) -> None:
    found = [round_one(count, 5, Dice(draw(at), "label", count)) for at in range(DRAWS)]
    assert all(number % 5 == 0 and abs(number - count) <= 9 for number in found)
    assert mean(found) == pytest.approx(count, abs=0.25)
    assert (set(found) == {0}) == (count == 0)


def test_a_number_of_ten_or_more_can_be_off_by_more_than_the_base() -> None:
    assert {round_one(13, 5, Dice(draw(at), "x")) for at in range(200)} == {5, 10, 15, 20}


def test_the_same_label_gives_the_same() -> None:
    first, again, other = (Dice(draw(1), label) for label in ("a", "a", "b"))
    found = [[dice.below(1_000) for _ in range(5)] for dice in (first, again, other)]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(
    "counts", [(5, 8), (3, 3, 3, 3), (0, 40, 7), (100, 1), (0, 0, 12), (2, 61, 17, 0, 33)]
)
def test_shares_of_a_total(counts: tuple[int, ...]) -> None:
    whole = sum(counts)
    sums = [0.0] * len(counts)
    for at in range(DRAWS):
        total = round_one(whole, 5, Dice(draw(at), "total"))
        shares = split(total, counts, 5, Dice(draw(at), "shares"))
        assert sum(shares) == total
        assert all(share % 5 == 0 and share >= 0 for share in shares)
        assert all(share == 0 for share, count in zip(shares, counts, strict=True) if not count)
        sums = [one + share for one, share in zip(sums, shares, strict=True)]
    assert [one / DRAWS for one in sums] == pytest.approx(counts, abs=0.5)


def test_what_is_kept_stays_where_it_can() -> None:
    assert split(40, (17, 24), 5, Dice(draw(1), "x"), {0: 15}) == [15, 25]
    assert sum(split(10, (17, 24), 5, Dice(draw(1), "x"), {0: 15})) == 10


COUNTS = ((30, 12, 3), (8, 41, 0), (0, 5, 22))


def test_a_grid_adds_to_rows_and_columns_and_is_right_in_the_mean() -> None:
    sums = [[0.0] * 3 for _ in COUNTS]
    for at in range(DRAWS):
        total = round_one(121, 5, Dice(draw(at), "total"))
        rows = split(total, [sum(row) for row in COUNTS], 5, Dice(draw(at), "rows"))
        columns = split(
            total, [sum(column) for column in zip(*COUNTS, strict=True)], 5, Dice(draw(at), "columns")
        )
        grid = fill(rows, columns, COUNTS, 5, Dice(draw(at), "grid"))
        assert grid is not None
        assert [sum(row) for row in grid] == rows
        assert [sum(column) for column in zip(*grid, strict=True)] == columns
        assert grid[1][2] == grid[2][0] == 0
        sums = [[one + new for one, new in zip(*pair, strict=True)] for pair in zip(sums, grid, strict=True)]
    for row, counts in zip(sums, COUNTS, strict=True):
        assert [one / DRAWS for one in row] == pytest.approx(counts, abs=0.7)


def test_a_grid_that_cannot_be_is_none() -> None:
    assert fill((10, 0), (0, 10), ((8, 0), (0, 9)), 5, Dice(draw(1), "x")) is None


def test_no_number_of_a_grid_passes_the_most_of_its_column() -> None:
    for at in range(200):
        grid = fill((20, 20), (25, 15), ((14, 5), (13, 9)), 5, Dice(draw(at), "x"), most=(15, 15))
        assert grid is not None
        assert max(row[0] for row in grid) <= 15


def test_a_total_is_divided_within_bounds() -> None:
    found = divide(60, (30, 31), ((25, 30), (10, 60)), 5, Dice(draw(1), "x"))
    assert found is not None
    assert sum(found) == 60
    assert 25 <= found[0] <= 30
    assert divide(60, (30, 31), ((0, 20), (0, 20)), 5, Dice(draw(1), "x")) is None
