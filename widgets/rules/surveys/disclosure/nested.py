"""Owns which published cells lie within which others, whatever tables they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from widgets.contract.surveys import Survey
from widgets.rules.surveys.cells import ALL, Table, cell, keys

# Of everybody in a cell it is known: they answered a question (None), or gave an answer to it.
Fact: TypeAlias = tuple[str, str | None]
Facts: TypeAlias = frozenset[Fact]


def nested_cells(survey: Survey, tables: list[Table]) -> Iterator[tuple[str, str]]:
    """Pairs of a cell and one that lies within it, since whoever counts in this must count in that: in the same table, in that
    of the groups, in that of an earlier question after which a question is asked."""
    facts = {name: found for table in tables for name, found in _facts(survey, table)}
    named: dict[Facts, list[str]] = {frozenset(): [ALL]}
    for name, found in facts.items():
        named.setdefault(found, []).append(name)
    for inner, found in facts.items():
        implied = sorted(_implied(survey, found), key=str)
        for size in range(3):
            for some in combinations(implied, size):
                yield from ((outer, inner) for outer in named.get(frozenset(some), ()) if outer != inner)


def _facts(survey: Survey, table: Table) -> Iterator[tuple[str, Facts]]:
    question, by = survey.question(table.question), survey.question(table.by or "")
    assert question is not None
    for group in (None,) if by is None else keys(by):
        for key in (None, *keys(question)):
            own: Fact = (question.key, key)
            name = cell(question.key, key, table.by, group)
            yield name, frozenset({own} if by is None else {own, (by.key, group)})


def _implied(survey: Survey, facts: Facts) -> set[Fact]:
    """The facts and what follows from them: who gave an answer answered; who was asked gave the answer that led there."""
    found: set[Fact] = set()
    waiting = list(facts)
    while waiting:
        key, answer = fact = waiting.pop()
        question = survey.question(key)
        if fact in found or question is None:
            continue
        found.add(fact)
        if answer is not None:
            waiting.append((key, None))
        for condition in question.ask_if:
            waiting.append((condition.question, condition.any[0] if len(condition.any) == 1 else None))
    return found
