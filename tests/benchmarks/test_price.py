"""What fakery costs by the default limits, and that the documentation says just that."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.function import price
from benchmarks.function.price import COMMENT, COMMENT_BEFORE, VOTE, VOTE_BEFORE, VOTE_BY_FORM, Way
from widgets.function.state.settings import ProofSettings
from widgets.rules.networks import Width

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("way", "acts", "addresses", "by_48", "by_24"),
    [
        (VOTE_BEFORE, 10_000, 500, 1, 2),
        (VOTE, 10_000, 500, 50, 25),
        (VOTE_BY_FORM, 10_000, 1_000, 200, 84),
        (COMMENT_BEFORE, 500, 9, 1, 1),
        (COMMENT, 500, 100, 13, 13),
    ],
    ids=lambda value: value.name if isinstance(value, Way) else None,
)
def test_networks_needed(way: Way, acts: int, addresses: int, by_48: int, by_24: int) -> None:
    assert [way.networks(acts, width) for width in (None, "/48", "/24")] == [addresses, by_48, by_24]


@pytest.mark.parametrize(
    ("after", "before", "acts", "width", "times"),
    [
        (VOTE, VOTE_BEFORE, 10_000, "/48", 50),
        (VOTE, VOTE_BEFORE, 10_000, "/24", 12),
        (COMMENT, COMMENT_BEFORE, 500, None, 10),
        (COMMENT, COMMENT_BEFORE, 500, "/48", 10),
        (COMMENT, COMMENT_BEFORE, 500, "/24", 10),
    ],
)
def test_how_many_times_the_networks(
    after: Way, before: Way, acts: int, width: Width | None, times: int
) -> None:
    assert after.networks(acts, width) >= times * before.networks(acts, width)


def test_a_carriers_network_brings_four_hundred_voters_a_day() -> None:
    assert VOTE.networks(400, "/24") == 1


@pytest.mark.parametrize("most", [ProofSettings().most, ProofSettings().vote_most])
def test_a_slow_phone_tries_every_key_in_a_second_and_a_half(most: int) -> None:
    assert price.phone_seconds(most, ProofSettings().cost) <= 1.5


@pytest.mark.parametrize(("most", "least", "tries"), [(0, 0, 1), (2, 0, 2), (120, 40, 41), (160, 0, 81)])
def test_tries_of_somebody_who_leaves_out_what_cannot_be(most: int, least: int, tries: float) -> None:
    assert price.expected_tries(most, least) == tries


def test_the_documentation_shows_these_figures() -> None:
    text = (ROOT / "docs" / "function.md").read_text(encoding="utf-8")
    assert [row for row in price.rows() if row not in text] == []
