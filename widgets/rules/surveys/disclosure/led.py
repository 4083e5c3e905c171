"""Owns how many of each column are asked a question, since their answers to earlier ones lead there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from widgets.contract.surveys import AskIf, Question, Survey
from widgets.rules.surveys.cells import ALL, asked, cell, is_single, keys
from widgets.rules.surveys.disclosure.columns import Columns, less, with_others
from widgets.rules.surveys.disclosure.grid import fill
from widgets.rules.surveys.disclosure.imagined import bounds_of

_TRIES: Final = 12


def asked_in(columns: Columns, question: Question) -> list[int] | None:
    """None where it cannot be imagined together with what is imagined already."""
    whole = columns.community.number_asked(question)
    if not question.ask_if or question.ask_if == columns.by.ask_if:
        return with_others(columns.imagined(ALL), whole)
    if len(question.ask_if) == 1 and not is_union(columns.community.survey, question.ask_if[0]):
        return with_others([_led(columns, question.ask_if[0], group)[0] for group in columns.groups], whole)
    return _asked_after_several(columns, question, whole)


def is_union(survey: Survey, condition: AskIf) -> bool:
    """Whether any of several answers leads on, which one person can have given together."""
    earlier = survey.question(condition.question)
    return earlier is not None and not is_single(earlier) and len(condition.any) > 1


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The fewest and the most of each column whom a condition leads on."""

    least: Sequence[int]
    most: Sequence[int]


def _asked_after_several(columns: Columns, question: Question, whole: int) -> list[int] | None:
    """Those whom one answer led here are divided; again until all answers together can have led here so many."""
    community, name = columns.community, asked(question.key)
    people = with_others(columns.imagined(ALL), community.numbers[ALL])
    bounds = [
        one for one in (_bounds(columns, condition) for condition in question.ask_if) if one is not None
    ]
    outers = [one for one in (_outer(columns, condition) for condition in question.ask_if) if one is not None]
    if people is None or not outers or len(bounds) < len(question.ask_if):
        return None
    outer, true_outer = min(outers, key=lambda one: sum(one[0]))
    true = columns.true(name)
    for attempt in range(_TRIES):
        dice = community.dice("asked", name, columns.by.key, outer, true, attempt)
        counts = (true, less(true_outer, true))
        grid = fill((whole, sum(outer) - whole), outer, counts, community.control.base, dice)
        if grid is not None and _fits(grid[0], bounds, people):
            return grid[0]
    return None


def _fits(row: Sequence[int], bounds: Sequence[_Bounds], people: Sequence[int]) -> bool:
    """Whether so many can meet all conditions: no more than meet one, nor fewer than cannot but meet all."""
    for at, number in enumerate(row):
        least = sum(one.least[at] for one in bounds) - (len(bounds) - 1) * people[at]
        if not least <= number <= min(one.most[at] for one in bounds):
            return False
    return True


def _bounds(columns: Columns, condition: AskIf) -> _Bounds | None:
    pairs = [_led(columns, condition, group) for group in columns.groups]
    least, most = columns.community.bounds(condition)
    lows = with_others([one for one, _ in pairs], least)
    highs = with_others([one for _, one in pairs], most)
    return None if lows is None or highs is None else _Bounds(lows, highs)


def _led(columns: Columns, condition: AskIf, group: str) -> tuple[int | None, int | None]:
    """The fewest and the most of the group whom the condition leads on."""
    numbers = columns.community.numbers
    earlier = columns.community.survey.question(condition.question)
    if earlier is None:
        return None, None
    if earlier.key == columns.by.key:
        number = numbers.get(cell(earlier.key, group)) if group in condition.any else 0
        return number, number
    names = {key: columns.name(cell(earlier.key, key), group) for key in (None, *keys(earlier))}
    if any(name not in numbers for name in names.values()):
        return None, None
    return bounds_of(earlier, condition, lambda key: numbers[names[key]])


def _outer(columns: Columns, condition: AskIf) -> tuple[list[int], list[int]] | None:
    """Those of each column among whom are all whom the condition leads on: imagined, and true."""
    community = columns.community
    earlier = community.survey.question(condition.question)
    if earlier is None:
        return None
    names = [cell(earlier.key, key) for key in keys(earlier) if key in condition.any]
    if is_union(community.survey, condition):
        names = [cell(earlier.key)]
    if earlier.key == columns.by.key:
        rows = [
            [one if one == name else "" for one in columns.named(ALL, [0] * len(columns.groups))]
            for name in names
        ]
    else:
        rows = [[columns.name(name, group) for group in columns.groups] for name in names]
    if not {*names, *(name for row in rows for name in row if name)} <= community.numbers.keys():
        return None

    def sums(number: dict[str, int]) -> list[int]:
        inside = [sum(number.get(name, 0) for name in column if name) for column in zip(*rows, strict=True)]
        return [*inside, max(0, sum(number.get(name, 0) for name in names) - sum(inside))]

    return sums(community.numbers), sums(dict(community.counts))
