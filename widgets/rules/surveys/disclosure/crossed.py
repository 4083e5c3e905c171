"""Owns the crossed tables of the imagined community: the answers to a question in each group of those who answered another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from widgets.contract.surveys import Question, Survey
from widgets.rules.surveys.cells import ALL, Table, asked, asked_after, cell, is_single, keys
from widgets.rules.surveys.disclosure.columns import Columns, less
from widgets.rules.surveys.disclosure.grid import Grid, divide, fill
from widgets.rules.surveys.disclosure.imagined import REST, Community, choices_of, ordinary_of, parts_of
from widgets.rules.surveys.disclosure.led import asked_in, is_union

_TRIES: Final = 12


def cross(community: Community, table: Table) -> None:
    """Adds the table's numbers; none where they cannot be imagined. Tables that it lies within come before it."""
    question, by = community.survey.question(table.question), community.survey.question(table.by or "")
    assert question is not None
    assert by is not None
    community.numbers.update(_Crossing(Columns(community, by), question).numbers())


def can_cross(survey: Survey, table: Table, pairs: Collection[tuple[str, str | None]]) -> bool:
    """Not where people are in several groups; nor where other numbers say more of the same people than this table heeds:
    where both questions lead to a third one together, where the groups are those of a question that is asked after any of
    several answers to this one, or after answers to one by which this one is crossed too."""
    key, by = table.question, survey.question(table.by or "")
    if by is None or not is_single(by):
        return False
    together = [{condition.question for condition in one.ask_if} for one in survey.questions]
    if any({key, by.key} <= one for one in together):
        return False
    if any(one.question == key and is_union(survey, one) for one in by.ask_if):
        return False
    earlier = [one for one in asked_after(survey, by.key) if one != key]
    return not any((key, one) in pairs or (one, key) in pairs for one in earlier)


def turn(community: Community, table: Table) -> None:
    """Adds a table whose two questions were crossed the other way round: the same people are the same numbers."""
    question, by = community.survey.question(table.question), community.survey.question(table.by or "")
    assert question is not None
    assert by is not None
    numbers = community.numbers
    for group in keys(by):
        found = {key: numbers.get(cell(by.key, group, question.key, key)) for key in keys(question)}
        known = {key: number for key, number in found.items() if number is not None}
        if len(known) < len(found):
            continue
        numbers |= {cell(question.key, key, by.key, group): number for key, number in known.items()}
        # Who chose several answers, or gave a number outside all bands, is not their sum.
        counted = sum(community.count(cell(question.key, key, by.key, group)) for key in known)
        if is_single(question) and counted == community.count(cell(question.key, None, by.key, group)):
            numbers[cell(question.key, None, by.key, group)] = sum(known.values())


class _Crossing:
    """Rows are the answers to the question."""

    def __init__(self, columns: Columns, question: Question) -> None:
        self._columns, self._community, self._question = columns, columns.community, question

    def numbers(self) -> dict[str, int]:
        """First who was asked, then who answered, then what."""
        question, true = self._question, self._columns.true
        people = asked_in(self._columns, question)
        if people is None or min(people) < 0:
            return {}
        own = cell(question.key)
        answered, true_asked = true(own), true(asked(question.key) if question.ask_if else ALL)
        grid = self._fill("answered", (own, f"!{own}"), people, [answered, less(true_asked, answered)])
        if grid is None:
            return {}
        found = self._columns.named(own, grid[0])
        names = [cell(question.key, key) for key in (*parts_of(question), REST)]
        counts = [true(name) for name in names[:-1]]
        grid = self._fill("answers", names, grid[0], [*counts, less(answered, *counts)])
        if grid is None:
            return {}
        found |= self._named(names, grid)
        if is_single(question):
            return found
        chosen = self._choose(grid[-1])
        return {} if chosen is None else found | chosen

    def _choose(self, people: Sequence[int]) -> dict[str, int] | None:
        """First how many choices there are in each column, then whose they are."""
        community, question = self._community, self._question
        names = [cell(question.key, key) for key in ordinary_of(question)]
        if any(name not in community.numbers for name in names):
            return None
        counts = [self._columns.true(name) for name in names]
        whole = sum(community.numbers[name] for name in names)
        true = [sum(column) for column in zip(*counts, strict=True)]
        bounds = [choices_of(question, one) for one in people]
        for attempt in range(_TRIES):
            dice = community.dice("choices", *names, self._columns.by.key, *people, *true, whole, attempt)
            sums = divide(whole, true, bounds, community.control.base, dice)
            grid = None if sums is None else self._fill(f"choice {attempt}", names, sums, counts, people)
            if grid is not None:
                return self._named(names, grid)
        return None

    def _fill(
        self,
        what: str,
        names: Sequence[str],
        columns: Sequence[int],
        counts: Sequence[Sequence[int]],
        most: Sequence[int] | None = None,
    ) -> Grid | None:
        """A grid of the named rows; without what was to stay where it cannot."""
        community, name = self._community, self._columns.name
        rows = [community.numbers.get(one, -1) for one in names]
        if min(rows) < 0 or sum(rows) != sum(columns):
            return None
        kept = {
            (at, to): community.kept[name(one, group)]
            for at, one in enumerate(names)
            for to, group in enumerate(self._columns.groups)
            if name(one, group) in community.kept
        }
        base = community.control.base
        for stays in [kept, {}] if kept else [kept]:
            dice = community.dice(what, names[0], self._columns.by.key, rows, columns, counts, len(stays))
            grid = fill(rows, columns, counts, base, dice, stays, most)
            if grid is not None:
                return grid
        return None

    def _named(self, names: Sequence[str], grid: Grid) -> dict[str, int]:
        rows = [self._columns.named(name, row) for name, row in zip(names, grid, strict=True)]
        return {name: number for row in rows for name, number in row.items()}
