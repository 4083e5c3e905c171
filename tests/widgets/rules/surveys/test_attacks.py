"""Simulated surveys withstand an attacker who knows all that is published and has written 20 of the answers; without any one
part of the control they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.widgets.rules.surveys.attack import Bound, Contradiction, disclosed, known_to_be_somebodys
from tests.widgets.rules.surveys.publications import How, publish

HOW: tuple[How, ...] = ("none", "any", "rare", "beside", "around")


def learnt(seed: int, how: How, **switched: object) -> Iterator[str]:
    published = publish(seed, how, **switched)
    return disclosed(published.attack(), published.shown, published.counts)


def read(seed: int, **switched: object) -> Iterator[str]:
    published = publish(seed, **switched)
    return known_to_be_somebodys(published.attack(*published.read_marks()), published.shown, published.counts)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_learnt_of_few_people(seed: int) -> None:
    assert list(learnt(seed, HOW[seed % len(HOW)])) == []


@pytest.mark.parametrize("seed", range(10))
def test_a_mark_may_be_nobody(seed: int) -> None:
    assert list(read(seed)) == []


@pytest.mark.parametrize(
    ("switched", "how", "seeds"),
    [
        ({"base": 1}, "none", [0]),  # counts are not rounded
        ({"least": 0}, "none", [3]),  # a 10 is shown
        ({"k": 0}, "none", [21]),  # fewer than eleven people are shown as more
        ({"joined": False}, "rare", [79, 143, 394]),  # each number is rounded for itself
        ({"nested": False}, "any", [316, 380]),  # numbers are shown between which are own answers alone
    ],
    ids=["rounding", "least", "k", "joined", "nested"],
)
def test_without_a_part_of_the_control_something_is_learnt(
    switched: dict[str, object], how: How, seeds: Sequence[int]
) -> None:
    assert any(next(learnt(seed, how, **switched), None) for seed in seeds)
    assert [list(learnt(seed, how)) for seed in seeds] == [[] for _ in seeds]


@pytest.mark.parametrize("part", ["company", "zeros"])
def test_without_company_a_mark_means_somebody(part: str) -> None:
    assert any(next(read(seed, **{part: False}), None) for seed in range(10))


def test_the_attacker_notices_what_contradicts_itself() -> None:
    attack = publish(0).attack(Bound(("",), 1e6, 2e6))
    with pytest.raises(Contradiction):
        attack.solve("", 1)


@pytest.mark.long
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("hundred", range(10))
def test_nothing_is_learnt_in_a_thousand_surveys(hundred: int, how: How) -> None:
    found = {seed: list(learnt(seed, how)) for seed in range(100 * hundred, 100 * hundred + 100)}
    assert {seed: cells for seed, cells in found.items() if cells} == {}
