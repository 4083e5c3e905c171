"""Owns the disclosure control: which counts of a survey are shown, and how they are rounded."""

from __future__ import annotations

from collections.abc import Mapping

from widgets.contract.surveys import Survey
from widgets.rules.surveys.cells import ALL, cells_of, inward, tables_of
from widgets.rules.surveys.disclosure.control import CONTROL, Control, Draw
from widgets.rules.surveys.disclosure.crossed import can_cross, cross, turn
from widgets.rules.surveys.disclosure.imagined import Community
from widgets.rules.surveys.disclosure.marks import choose_shown
from widgets.rules.surveys.disclosure.rounding import Dice, round_one

__all__ = ["CONTROL", "Control", "Draw", "show"]


def show(
    survey: Survey,
    counts: Mapping[str, int],
    kept: Mapping[str, int],
    draw: Draw,
    control: Control = CONTROL,
) -> dict[str, int | None]:
    """Every published cell's number, or None where it is kept back. `kept`: the numbers of cells that were shown before and
    in which nobody came or went since."""
    kept = kept if control.steady else {}
    if survey.exact:
        names = (name for table in tables_of(survey) if table.published for name in cells_of(survey, table))
        return {name: counts.get(name, 0) for name in (ALL, *names)}
    if control.joined:
        numbers = imagine(survey, counts, kept, draw, control)
    else:
        numbers = {
            name: round_one(count, control.base, Dice(draw, survey.version, name, count))
            for name, count in counts.items()
        }
    return choose_shown(survey, counts, numbers, kept, control)


def imagine(
    survey: Survey, counts: Mapping[str, int], kept: Mapping[str, int], draw: Draw, control: Control = CONTROL
) -> dict[str, int]:
    """The numbers of a community that could be, near those of the one that is."""
    community = Community(survey, counts, kept, draw, control)
    crossed = [table for table in tables_of(survey) if table.by is not None]
    pairs = {(table.question, table.by) for table in crossed}
    done = set()
    for table in crossed:
        pair = (table.question, table.by or "")
        if pair[::-1] not in done and inward(survey, *pair) == pair and can_cross(survey, table, pairs):
            cross(community, table)
            done.add(pair)
    for table in crossed:
        if (table.by, table.question) in done:
            turn(community, table)
    return community.numbers
