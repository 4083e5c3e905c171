"""A simulated survey published under a control, and what its attacker knows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.widgets.rules.surveys.attack import Attack, Bound, K, learn_from
from tests.widgets.rules.surveys.simulated import Community, count, draw, make_community
from widgets.rules.surveys.cells import cells_of, tables_of
from widgets.rules.surveys.disclosure import CONTROL, Control, show

OWN = 20
# Which answers are the attacker's: any, those in the smallest cells, those beside a number that is shown, or kept back.
How = Literal["none", "any", "rare", "beside", "around"]


@dataclass(frozen=True)
class Published:
    community: Community
    cells: Sequence[tuple[str, ...]]
    counts: Counter[str]
    shown: Mapping[str, int | None]
    own: Sequence[int]
    control: Control

    def attack(self, *more: Bound) -> Attack:
        known = [*learn_from(self.shown, self.control.farthest, self.control.k), *more]
        return Attack(self.cells, known, self.community.people, self.own)

    def read_marks(self) -> list[Bound]:
        """What somebody concludes from the marks who knows how they come about: where a true 0 is never kept back, each mark is
        somebody; otherwise there is somebody among all that a table keeps back. A table that shows nothing tells nothing."""
        bounds = []
        for table in tables_of(self.community.survey):
            names = cells_of(self.community.survey, table) if table.published else ()
            marks = tuple(name for name in names if self.shown[name] is None)
            if marks and len(marks) < len(names):
                alone = not (self.control.zeros and self.control.company)
                bounds += [Bound((name,), 1, 1e6) for name in marks] if alone else [Bound(marks, 1, 1e6)]
        return bounds


def publish(seed: int, how: How = "none", **switched: object) -> Published:
    control = replace(CONTROL, **switched)
    community = make_community(seed)
    cells = community.cells()
    counts = count(cells, community.people)
    shown = show(community.survey, counts, {}, draw(seed), control)
    own = _own_answers(community, cells, counts, shown, how, random.Random(seed))
    return Published(community, cells, counts, shown, own, control)


def _own_answers(
    community: Community,
    cells: Sequence[tuple[str, ...]],
    counts: Counter[str],
    shown: Mapping[str, int | None],
    how: How,
    chance: random.Random,
) -> list[int]:
    people = list(community.people)
    if how == "any":
        return chance.sample(people, OWN)
    if how == "rare":
        return sorted(people, key=lambda one: sorted(counts[name] for name in cells[one]))[:OWN]
    if how in ("beside", "around"):
        few = [name for name, number in shown.items() if number is None and 0 < counts[name] < K]
        many = [name for name, number in shown.items() if number and name]
        aim = chance.choice((many if how == "beside" else few) or [""])
        # Those who are in what it lies within, and not in it: a group, a question's answers.
        answer, _, group = aim.partition("|")
        question = answer.partition("=")[0]
        around = {group, question} | ({f"{question}|{group}", answer} if group else set())
        others = [one for one in people if aim not in cells[one]]
        return sorted(others, key=lambda one: -len(around.intersection(cells[one])))[:OWN]
    return []
