"""Owns which numbers of the imagined community are shown, and which are kept back so that no other gives them away."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.contract.surveys import Survey
from widgets.rules.surveys.cells import ALL, cells_of, tables_of
from widgets.rules.surveys.disclosure.control import Control
from widgets.rules.surveys.disclosure.lines import Line, lines_of
from widgets.rules.surveys.disclosure.nested import nested_cells

Shown = dict[str, int | None]


def choose_shown(
    survey: Survey,
    counts: Mapping[str, int],
    numbers: Mapping[str, int],
    kept: Mapping[str, int],
    control: Control,
) -> Shown:
    """Each published cell's number; None where it is kept back: too small, too far from the truth, no longer what was shown
    while nobody came or went, or needed so that another one stays hidden."""
    tables = [table for table in tables_of(survey) if table.published]
    shown: Shown = {}
    for name in (ALL, *(name for table in tables for name in cells_of(survey, table))):
        number, count = numbers.get(name), counts.get(name, 0)
        fit = number is not None and _is_fit(number, count, control) and kept.get(name, number) == number
        shown[name] = number if fit else None
    if control.nested:
        for outer, inner in nested_cells(survey, tables):
            if shown[outer] and shown[inner] and _is_narrowed(outer, inner, counts, numbers, control):
                shown[inner] = None
    lines = [line for table in tables for line in lines_of(survey, table)]
    while control.company and any(_keep_company(line, shown, counts, control) for line in lines):
        pass
    return shown


def _is_fit(number: int, count: int, control: Control) -> bool:
    if count == 0:
        return number == 0
    return count >= control.k and number >= control.least and abs(number - count) <= control.farthest


def _is_narrowed(
    outer: str, inner: str, counts: Mapping[str, int], numbers: Mapping[str, int], control: Control
) -> bool:
    """Whether own answers would tell too much of two shown numbers. Somebody who knows of people between the two, being these
    himself, knows that the outer number is larger than the inner one by as many, and both less than what they say alone."""
    own = min(control.own, counts.get(outer, 0) - counts.get(inner, 0))
    most = numbers[outer] + control.farthest
    least = max(control.k, numbers[inner] - control.farthest)
    return most - own - least < 2 * (control.base - 1)


def _keep_company(line: Line, shown: Shown, counts: Mapping[str, int], control: Control) -> bool:
    """A number that is kept back alone could be worked out from the others, and would be somebody's, since a 0 is shown: the
    smallest other one is kept back too. Whether there was such a line."""
    if sum(shown[part] is None for part in line.parts) != 1:
        return False
    others = [
        part for part in line.parts if shown[part] is not None and (control.zeros or counts.get(part, 0))
    ]
    if not others:
        return False
    shown[min(others, key=lambda part: counts.get(part, 0))] = None
    return True
