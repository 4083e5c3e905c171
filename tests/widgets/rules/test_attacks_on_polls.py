"""What somebody learns who sets the own votes in a cell freely at every moment, while nobody else answers.

That is more than the function allows: there what is taken back counts for one more moment. The search halves, at each moment,
the sums that are possible.
"""

from __future__ import annotations

import pytest

from widgets.store.publications import Rounding
from widgets.store.records import Tally

STEP = 11


def seen(n: int, own: int, offset: int) -> int:
    return Rounding(STEP, {"": offset}).shown(Tally(n + own)).voters


def learnt(n: int, offset: int, known_offset: bool, moments: int = 4) -> set[int]:
    """The numbers of others' answers that agree with all that was seen."""
    pairs = {(guess, other) for guess in range(STEP) for other in ([offset] if known_offset else range(STEP))}
    for _ in range(moments):
        ordered = sorted({guess + other for guess, other in pairs})
        own = -ordered[len(ordered) // 2] % STEP or STEP
        shown = seen(n, own, offset)
        pairs = {(guess, other) for guess, other in pairs if seen(guess, own, other) == shown}
    return {guess for guess, _ in pairs}


@pytest.mark.parametrize("n", range(STEP))
def test_moments_alone_give_every_cell_away_in_four(n: int) -> None:
    assert learnt(n, 0, known_offset=True) == {n}


@pytest.mark.parametrize(
    ("n", "fewest", "mean"),
    [(0, 1, 6.2), (1, 2, 7.0), (3, 5, 8.1), (5, 6, 8.5), (7, 5, 8.2), (9, 2, 7.0), (10, 2, 6.3)],
)
def test_an_offset_leaves_a_cell_open(n: int, fewest: int, mean: float) -> None:
    """Over the eleven offsets: how many values stay possible at least, and in the mean."""
    found = [learnt(n, offset, known_offset=False) for offset in range(STEP)]
    assert all(n in values for values in found)
    sizes = [len(values) for values in found]
    assert (min(sizes), round(sum(sizes) / STEP, 1)) == (fewest, mean)
