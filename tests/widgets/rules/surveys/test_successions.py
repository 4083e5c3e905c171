"""Several publications of one survey: nobody's coming, going or change of answers can be seen in their difference."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.widgets.rules.surveys.attack import disclosed
from tests.widgets.rules.surveys.simulated import make_community
from tests.widgets.rules.surveys.successions import ENOUGH, Succession, publish_again
from widgets.rules.surveys.publishing import numbers_of

SEEDS = range(15)


def all_again(**switched: object) -> Iterator[Succession]:
    found = (publish_again(seed, **switched) for seed in SEEDS)
    return (one for one in found if one is not None)


def single_changes(**switched: object) -> Iterator[Succession]:
    """One person comes, goes, or answers otherwise."""
    for seed in SEEDS:
        for go, come in (([], [0]), (None, []), (None, [0])):
            community = publish_again(seed, [], [])
            if community is None:
                break
            gone = [random.Random(seed).choice(community.stay)] if go is None else go
            succession = publish_again(seed, gone, come, **switched)
            assert succession is not None
            if gone != come:
                yield succession


def is_seen(succession: Succession) -> bool:
    return numbers_of(succession.first) != numbers_of(succession.second)


def test_no_single_change_is_seen() -> None:
    found = list(single_changes())
    assert len(found) > 15
    assert not any(map(is_seen, found))


def test_what_is_not_seen_at_the_closing_stays_out_for_good() -> None:
    succession = next(single_changes())
    assert succession.second.final
    assert succession.second.moment == succession.first.moment


def test_without_the_rule_of_changes_a_single_one_is_seen() -> None:
    assert any(map(is_seen, single_changes(changes=False)))


def probes(**switched: object) -> Iterator[bool]:
    """Ten of the attacker's come with one other person, with strangers who answered otherwise or without: whether it is seen
    that this one answered as they did."""
    for seed in SEEDS:
        cells = make_community(seed).cells()
        others = [way for way, names in enumerate(cells) if not set(cells[0]) <= set(names)]
        for strangers in ([], *([way] * ENOUGH for way in others[:1])):
            if (succession := publish_again(seed, [], [*[0] * 11, *strangers], **switched)) is not None:
                yield is_seen(succession)


def test_ten_own_answers_do_not_show_an_eleventh() -> None:
    assert not any(probes())


def test_if_no_answers_are_thought_to_be_own_they_do() -> None:
    assert any(probes(own=0))


def test_blocks_of_people_are_seen() -> None:
    found = list(all_again())
    assert sum(map(is_seen, found)) > len(found) / 2


def learnt_from_both(seed: int) -> list[str]:
    succession = publish_again(seed)
    if succession is None:
        return []
    own = random.Random(seed).sample(succession.stay, 20)
    return list(disclosed(succession.attack(own), succession.numbers(), succession.counts()))


@pytest.mark.parametrize("seed", SEEDS)
def test_two_publications_tell_no_more_than_one_may(seed: int) -> None:
    assert learnt_from_both(seed) == []


@pytest.mark.long
@pytest.mark.parametrize("ten", range(30))
def test_two_publications_tell_no_more_in_three_hundred_surveys(ten: int) -> None:
    found = {seed: learnt_from_both(seed) for seed in range(10 * ten, 10 * ten + 10)}
    assert {seed: cells for seed, cells in found.items() if cells} == {}


def redrawn(succession: Succession) -> list[str]:
    """Cells in which nobody came or went, shown twice with two numbers."""
    first, second = numbers_of(succession.first), numbers_of(succession.second)
    moved = {name for way in (*succession.go, *succession.come) for name in succession.cells[way]}
    return [
        name
        for name, number in first.items()
        if name not in moved and number is not None and second[name] not in (None, number)
    ]


def test_a_number_stays_where_nobody_came_or_went() -> None:
    assert [redrawn(one) for one in all_again()] == [[] for _ in all_again()]


def test_without_steadiness_people_are_counted_by_two_numbers() -> None:
    assert any(map(redrawn, all_again(steady=False)))
