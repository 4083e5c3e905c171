"""Where marks of a kind are counted, and which counts are a kind's own."""

from __future__ import annotations

import pytest

from widgets.store.records import cell_of, counts_of

CELLS = {"helpful": 2, "me-too": 0, "thanks/helpful": 5, "thanks/gone": -1, "waves/helpful": 7}


@pytest.mark.parametrize(
    ("kind", "key", "cell"),
    [
        ("reaction", "helpful", "helpful"),
        ("thanks", "helpful", "thanks/helpful"),
        ("flag", "spam", "flag/spam"),
    ],
)
def test_reactions_are_counted_under_their_bare_keys(kind: str, key: str, cell: str) -> None:
    assert cell_of(kind, key) == cell


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("reaction", {"helpful": 2}), ("thanks", {"helpful": 5}), ("waves", {"helpful": 7}), ("flag", {})],
)
def test_a_kind_has_its_own_counts_above_zero(kind: str, counts: dict[str, int]) -> None:
    assert counts_of(kind, CELLS) == counts
