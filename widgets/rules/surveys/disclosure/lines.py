"""Owns the lines of published tables: numbers side by side, of which one alone could be worked out from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from widgets.contract.surveys import Survey
from widgets.rules.surveys.cells import Table, cell, keys


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a row or of a column, or the totals of the groups."""

    parts: tuple[str, ...]


def lines_of(survey: Survey, table: Table) -> Iterator[Line]:
    question, by = survey.question(table.question), survey.question(table.by or "")
    assert question is not None
    groups: tuple[str | None, ...] = (None,) if by is None else keys(by)
    for group in groups:
        yield Line(tuple(cell(question.key, key, table.by, group) for key in keys(question)))
    if by is not None:
        for key in (None, *keys(question)):
            yield Line(tuple(cell(question.key, key, table.by, group) for group in groups))
