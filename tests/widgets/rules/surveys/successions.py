"""A simulated survey that is published twice, people coming and going between, and what its attacker knows of both."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.widgets.rules.surveys.attack import Attack, learn_from
from tests.widgets.rules.surveys.simulated import CLOSES, INTERIM, Community, count, draw, make_community
from widgets.contract.surveys import SurveyResults
from widgets.rules.surveys.disclosure import CONTROL, Control
from widgets.rules.surveys.publishing import INTERIM_LEAST, Counts, make_results, numbers_of

FIRST = int(INTERIM.timestamp())
LAST = int(CLOSES.timestamp())
ENOUGH = CONTROL.k + CONTROL.own


@dataclass(frozen=True)
class Succession:
    """Ways to answer of those who stay, who go before the second publication, and who come before it."""

    community: Community
    cells: Sequence[tuple[str, ...]]
    stay: Sequence[int]
    go: Sequence[int]
    come: Sequence[int]
    first: SurveyResults
    second: SurveyResults
    control: Control

    def numbers(self) -> dict[str, int | None]:
        """What was published, the first and the second time."""
        pairs = (("1", self.first), ("2", self.second))
        return {f"{at} {name}": number for at, one in pairs for name, number in numbers_of(one).items()}

    def counts(self) -> Counter[str]:
        first, second = count(self.cells, [*self.stay, *self.go]), count(self.cells, [*self.stay, *self.come])
        return Counter(
            {
                f"{at} {name}": found
                for at, one in (("1", first), ("2", second))
                for name, found in one.items()
            }
        )

    def attack(self, own: Sequence[int]) -> Attack:
        """Whoever stays is in cells of both, whoever goes in those of the first, whoever comes in those of the second."""
        both = [tuple(f"{at} {name}" for at in "12" for name in names) for names in self.cells]
        one = {at: [tuple(f"{at} {name}" for name in names) for names in self.cells] for at in "12"}
        size = len(self.cells)
        people = [*self.stay, *(size + at for at in self.go), *(2 * size + at for at in self.come)]
        known = learn_from(self.numbers(), self.control.farthest, self.control.k)
        return Attack([*both, *one["1"], *one["2"]], known, people, own)


def publish_again(
    seed: int, go: Sequence[int] | None = None, come: Sequence[int] | None = None, **switched: object
) -> Succession | None:
    """None where the first time there are too few. By default whole blocks of people come and go who answered alike."""
    community = make_community(seed)
    if len(community.people) < INTERIM_LEAST:
        return None
    chance = random.Random(seed)
    went = _block(community, chance) if go is None else list(go)
    came = _newcomers(community, chance) if come is None else list(come)
    control = replace(CONTROL, **switched)
    cells = community.cells()
    everybody = Counter(community.people)
    stay = list((everybody - Counter(went)).elements())
    first = make_results(
        community.survey, Counts(count(cells, everybody.elements()), {}, {}), None, FIRST, draw(seed), control
    )
    counts = Counts(count(cells, [*stay, *came]), count(cells, came), count(cells, went))
    second = make_results(community.survey, counts, first, LAST, draw(seed), control)
    assert first is not None
    assert second is not None
    return Succession(community, cells, stay, went, came, first, second, control)


def _block(community: Community, chance: random.Random) -> list[int]:
    """Of some ways to answer, as many people as are eleven without the attacker's."""
    many = sorted(way for way, number in Counter(community.people).items() if number >= ENOUGH)
    chosen = chance.sample(many, min(len(many), 3))
    return [way for way in chosen for _ in range(ENOUGH)]


def _newcomers(community: Community, chance: random.Random) -> list[int]:
    ways = chance.sample(range(len(community.patterns)), 3)
    return [way for way in ways for _ in range(chance.randint(ENOUGH, 2 * ENOUGH))]
