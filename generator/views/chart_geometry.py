"""The geometry of charts: counts become lengths in whole percent, the same for equal counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WHOLE = 100
# How dark the parts of a stacked bar are, in tenths of the accent: the first and the last one.
_LIGHTEST, _DARKEST = 2, 10


class Span(NamedTuple):
    """A part of a line that is 100 long."""

    start: int
    length: int


def percent(part: int, whole: int) -> int:
    """A share in whole percent, halves rounded up, as the custom elements round."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def shares(counts: Sequence[int | None], total: int | None) -> tuple[int | None, ...]:
    """What is said of each count: its share of *total*, at most 100; None where either is kept back.

    Rounded counts may add to more than the rounded total.
    """
    if total is None:
        return tuple(None for _ in counts)
    return tuple(None if count is None else min(percent(count, total), WHOLE) for count in counts)


def bar_lengths(counts: Sequence[int | None], total: int | None) -> tuple[int, ...]:
    """How long each bar is: its share; where the total is kept back, as compared with the longest."""
    whole = max((count for count in counts if count), default=0) if total is None else total
    return tuple(length or 0 for length in shares(counts, whole))


def column_lengths(groups: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """How long the columns of histograms are that stand beside one another, given the lengths of their bars: the longest
    of all is whole, since their forms are compared."""
    longest = max((length for group in groups for length in group), default=0)
    return tuple(tuple(percent(length, longest) for length in group) for group in groups)


def stack_spans(counts: Sequence[int | None], total: int | None) -> tuple[tuple[Span, ...], Span]:
    """The parts of a stacked bar, one after the other, and the rest of the line.

    Lengths are the shares that are said; where rounding makes them exceed the line, they are scaled down to fill it.
    """
    known = [count or 0 for count in counts]
    whole = max(sum(known), 1) if total is None else total
    lengths = [percent(count, whole) for count in known]
    if sum(lengths) > WHOLE:
        lengths = _apportioned(known)
    spans, at = [], 0
    for length in lengths:
        spans.append(Span(at, length))
        at += length
    return tuple(spans), Span(at, WHOLE - at)


def _apportioned(counts: Sequence[int]) -> list[int]:
    """Whole percents that add to 100, by largest remainder; of equal remainders the first."""
    whole = sum(counts)
    lengths = [WHOLE * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: (-(WHOLE * counts[at] % whole), at))
    for at in by_remainder[: WHOLE - sum(lengths)]:
        lengths[at] += 1
    return lengths


def tones(parts: int) -> tuple[int, ...]:
    """How dark each of *parts* is, in tenths, from the first to the last."""
    if parts < 2:
        return (_DARKEST,) * parts
    span = _DARKEST - _LIGHTEST
    return tuple(_LIGHTEST + (2 * span * at + parts - 1) // (2 * (parts - 1)) for at in range(parts))
