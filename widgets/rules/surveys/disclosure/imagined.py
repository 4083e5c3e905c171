"""Owns the imagined community of a survey: numbers near the true ones that real people could have answered together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from widgets.contract.surveys import AskIf, Question, Survey
from widgets.rules.surveys.cells import ALL, asked, cell, is_single, keys
from widgets.rules.surveys.disclosure.control import Control, Draw
from widgets.rules.surveys.disclosure.rounding import Dice, round_one, split

REST: Final = (
    "~"  # no key: answers without a cell (a number outside all bands), or all who chose no exclusive option
)
_TRIES: Final = 60


class Community:
    """Numbers by the name of their cell, each a multiple of the base. What is not named could not be imagined.

    `counts` are the true numbers, `kept` the numbers of cells in which nobody came or went since they were shown.
    """

    def __init__(
        self,
        survey: Survey,
        counts: Mapping[str, int],
        kept: Mapping[str, int],
        draw: Draw,
        control: Control,
    ) -> None:
        self.survey, self.counts, self.kept, self.control = survey, counts, kept, control
        self.numbers: dict[str, int] = {}
        self._draw = draw
        everybody = self.dice("everybody", counts.get(ALL, 0))
        self.numbers[ALL] = kept.get(ALL, round_one(counts.get(ALL, 0), control.base, everybody))
        for question in survey.questions:
            if question.kind != "text":
                self._answer(question)

    def dice(self, *label: object) -> Dice:
        return Dice(self._draw, self.survey.version, *label)

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    def count_asked(self, question: Question) -> int:
        return self.count(asked(question.key) if question.ask_if else ALL)

    def number_asked(self, question: Question) -> int:
        return self.numbers[asked(question.key) if question.ask_if else ALL]

    def share(self, what: str, total: int, names: Sequence[str], counts: Sequence[int]) -> None:
        """Numbers for the names, which add to the total."""
        kept = {at: self.kept[name] for at, name in enumerate(names) if name in self.kept}
        dice = self.dice(what, total, *counts)
        found = split(total, counts, self.control.base, dice, kept)
        self.numbers.update(zip(names, found, strict=True))

    def _answer(self, question: Question) -> None:
        if question.ask_if:
            self.numbers[asked(question.key)] = self._asked(question)
        own, whole = cell(question.key), self.number_asked(question)
        skipped = max(0, self.count_asked(question) - self.count(own))
        self.share(f"answered {own}", whole, (own, f"!{own}"), (self.count(own), skipped))
        parts = parts_of(question)
        names = [cell(question.key, key) for key in (*parts, REST)]
        found = [self.count(name) for name in names[:-1]]
        self.share(f"answers {own}", self.numbers[own], names, (*found, max(0, self.count(own) - sum(found))))
        if not is_single(question):
            self._choose(question)

    def _choose(self, question: Question) -> None:
        """How many choices there are in all, as many as these people can have made, and of each option its share."""
        ordinary, base = cell(question.key, REST), self.control.base
        people = self.numbers[ordinary]
        names = [cell(question.key, key) for key in ordinary_of(question)]
        counts = [self.count(name) for name in names]
        least, most = choices_of(question, people)
        for attempt in range(_TRIES):
            dice = self.dice("choices", ordinary, people, *counts, attempt)
            drawn = round_one(sum(counts), base, dice)
            self.share(f"choice {ordinary} {attempt}", min(max(drawn, least), most), names, counts)
            if all(self.numbers[name] <= people for name in names):
                return
        for name in names:
            del self.numbers[name]

    def _asked(self, question: Question) -> int:
        bounds = [self.bounds(condition) for condition in question.ask_if]
        count = self.count(asked(question.key))
        low = max(0, sum(low for low, _ in bounds) - (len(bounds) - 1) * self.numbers[ALL])
        high = min(high for _, high in bounds)
        # Questions that are asked after the same answers are asked of the same people.
        conditions = sorted((one.question, *sorted(one.any)) for one in question.ask_if)
        drawn = round_one(count, self.control.base, self.dice("asked", conditions, count))
        return min(max(drawn, low), high)

    def bounds(self, condition: AskIf) -> tuple[int, int]:
        """The fewest and the most who can hold the answer that a question is asked after."""
        earlier = self.survey.question(condition.question)
        if earlier is None:
            return 0, 0
        return bounds_of(earlier, condition, lambda key: self.numbers.get(cell(earlier.key, key)))


def bounds_of(
    question: Question, condition: AskIf, number: Callable[[str | None], int | None]
) -> tuple[int, int]:
    """The fewest and the most people who hold any of the answers, of which some can be one person's. `number` gives those
    of an answer, None where it could not be imagined, and of None those who answered at all."""
    apart = [number(key) or 0 for key in parts_of(question) if key in condition.any]
    if is_single(question):
        return sum(apart), sum(apart)
    mixed = [number(key) for key in ordinary_of(question) if key in condition.any]
    known = [one for one in mixed if one is not None]
    least = sum(apart) + max(known, default=0)
    most = number(None)
    if len(known) < len(mixed):
        return least, least if most is None else most
    return least, sum(apart) + sum(known) if most is None else min(most, sum(apart) + sum(known))


def parts_of(question: Question) -> tuple[str, ...]:
    """The keys of which each person has one at most, all other answers being the rest."""
    if is_single(question):
        return keys(question)
    return tuple(choice.key for choice in question.choices if choice.exclusive)


def ordinary_of(question: Question) -> tuple[str, ...]:
    return tuple(choice.key for choice in question.choices if not choice.exclusive)


def choices_of(question: Question, people: int) -> tuple[int, int]:
    """The fewest and the most choices that so many people make, none of them exclusive.

    Any number between them will do, if no option has more choices than there are people: dealt out in turn, no two of an
    option go to one person, and everybody has the same number of them, or one more.
    """
    return max(1, question.min) * people, min(question.max, len(ordinary_of(question))) * people
