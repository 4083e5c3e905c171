"""Counts become lengths: exact, whole, within the line, whatever rounding did to them."""

from __future__ import annotations

import random

import pytest

from generator.views.chart_geometry import (
    Span,
    bar_lengths,
    column_lengths,
    percent,
    shares,
    stack_spans,
    tones,
)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (1, 201, 0), (15, 15, 100)],
)
def test_a_percent_is_whole_and_halves_go_up(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("counts", "total", "expected"),
    [
        ((30, None, 0), 60, (50, None, 0)),
        ((30, 20), None, (None, None)),
        ((100, 15), 95, (100, 16)),  # a rounded count may exceed the rounded total
    ],
)
def test_shares_are_of_the_total_and_what_is_kept_back_has_none(
    counts: tuple[int | None, ...], total: int | None, expected: tuple[int | None, ...]
) -> None:
    assert shares(counts, total) == expected


@pytest.mark.parametrize(
    ("counts", "total", "expected"),
    [
        ((30, None, 0), 60, (50, 0, 0)),
        ((30, 15, None), None, (100, 50, 0)),
        ((None, None), None, (0, 0)),
    ],
)
def test_a_bar_is_as_long_as_its_share(
    counts: tuple[int | None, ...], total: int | None, expected: tuple[int, ...]
) -> None:
    assert bar_lengths(counts, total) == expected


def test_the_longest_column_of_all_groups_is_whole() -> None:
    assert column_lengths(((15, 0, 30), (60, 45, 1))) == ((25, 0, 50), (100, 75, 2))
    assert column_lengths(((0, 0), ())) == ((0, 0), ())


@pytest.mark.parametrize(
    ("counts", "total", "spans", "rest"),
    [
        ((30, 30), 60, (Span(0, 50), Span(50, 50)), Span(100, 0)),
        ((None, 15, 45), 90, (Span(0, 0), Span(0, 17), Span(17, 50)), Span(67, 33)),
        ((20, 20, 20), 50, (Span(0, 34), Span(34, 33), Span(67, 33)), Span(100, 0)),
        ((None, None), None, (Span(0, 0), Span(0, 0)), Span(0, 100)),
        ((15, None), None, (Span(0, 100), Span(100, 0)), Span(100, 0)),
    ],
)
def test_parts_of_a_stack_follow_one_another(
    counts: tuple[int | None, ...], total: int | None, spans: tuple[Span, ...], rest: Span
) -> None:
    assert stack_spans(counts, total) == (spans, rest)


def test_no_stack_leaves_its_line() -> None:
    chance = random.Random(22)
    for _ in range(500):
        counts = [chance.choice([None, 0, *range(15, 200, 5)]) for _ in range(chance.randint(1, 11))]
        total = chance.choice([None, *range(15, 900, 5)])
        spans, rest = stack_spans(counts, total)
        lengths = [span.length for span in spans]
        assert all(length >= 0 for length in lengths)
        assert [span.start for span in spans] == [sum(lengths[:at]) for at in range(len(spans))]
        assert (rest.start, rest.start + rest.length) == (sum(lengths), 100)
        assert all(not length for length, count in zip(lengths, counts, strict=True) if not count)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (0, ()),
        (1, (10,)),
        (2, (2, 10)),
        (3, (2, 6, 10)),
        (5, (2, 4, 6, 8, 10)),
        (11, (2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10)),
    ],
)
def test_tones_go_from_light_to_dark(parts: int, expected: tuple[int, ...]) -> None:
    assert tones(parts) == expected
