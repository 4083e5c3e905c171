"""Owns when a survey publishes, and what: its first publication, what may follow it, and its last."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from widgets.contract.surveys import ResultCell, ResultTable, Survey, SurveyResults
from widgets.rules.surveys.cells import ALL, cell, cells_of, keys, tables_of
from widgets.rules.surveys.disclosure import CONTROL, Control, Draw, show

PERIOD: Final = 30 * 86_400  # seconds between two publications before the closing
INTERIM_LEAST: Final = 100  # responses, for a publication before the closing


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in each cell. `standing`: those that count now; `came`: of these, those that the last publication did not
    count; `gone`: those that it counted and that were taken back since. A cell that is not named has none.

    The last publication is that of `SurveyResults.moment`: one that was `tried` later counted nothing.
    """

    standing: Mapping[str, int]
    came: Mapping[str, int]
    gone: Mapping[str, int]


def publication_due(survey: Survey, last: SurveyResults | None, responses: int, now: float) -> int | None:
    """The moment for which something must be fixed now, or None: `interim`, every thirtieth day after it, the closing.

    `responses` decides nothing here: were a publication due as soon as there are enough, its moment would tell their exact
    number. `make_results` fixes that there were too few.
    """
    del responses
    before = _moment_before(survey, last)
    if before is None:
        return None
    closes = math.inf if survey.closes is None else math.ceil(survey.closes.timestamp())
    if now >= closes:
        return int(closes)
    if survey.interim is None:
        return None
    first = math.ceil(survey.interim.timestamp())
    due = first + int(now - first) // PERIOD * PERIOD
    return due if now >= first and due > before else None


def make_results(
    survey: Survey,
    counts: Counts,
    last: SurveyResults | None,
    moment: int,
    draw: Draw,
    control: Control = CONTROL,
) -> SurveyResults | None:
    """What is fixed for a moment that was due; to be stored, whatever it is.

    Where nothing may be published it is `last` with `tried` (`final` at the closing): its `moment` stays, and with it
    what counts as come and gone. Before anything was published it has no tables. None: nothing is due any more.
    `draw` gives 16 or more bytes that nobody else can know, the same for the same label.
    """
    if last is not None and last.version != survey.version:
        last = None
    if last is not None and last.final:
        return None
    closing = survey.closes is not None and moment >= survey.closes.timestamp()
    at = datetime.fromtimestamp(moment, UTC)
    first = last is None or not last.tables
    enough = closing or counts.standing.get(ALL, 0) >= INTERIM_LEAST
    if first and not enough:
        return SurveyResults(survey.version, at, False, None, (), _base(survey, control))
    if last is not None and not first and not (survey.exact or _may_follow(survey, counts, control)):
        return msgspec.structs.replace(last, tried=at, final=closing)
    before = None if first else last
    shown = show(survey, counts.standing, _kept(counts, before), draw, control)
    tables = _tables(survey, shown, before, at)
    return SurveyResults(survey.version, at, closing, shown.get(ALL), tables, _base(survey, control))


def _base(survey: Survey, control: Control) -> int:
    return 1 if survey.exact else control.base


def _moment_before(survey: Survey, last: SurveyResults | None) -> float | None:
    """When something was fixed last; None where nothing may follow."""
    if last is None or last.version != survey.version:
        return -math.inf
    if last.final:
        return None
    return max(one.timestamp() for one in (last.moment, last.tried or last.moment))


def _may_follow(survey: Survey, counts: Counts, control: Control) -> bool:
    """Whether, of every cell of every published table, what came and what went is each nobody, or k and so many more as may
    be the attacker's: ten of these and one other would be k, and that all is published again would tell of the one."""
    if not control.changes:
        return True
    tables = (table for table in tables_of(survey) if table.published)
    names = {ALL, *(name for table in tables for name in cells_of(survey, table))}
    changes = (change.get(name, 0) for name in names for change in (counts.came, counts.gone))
    return all(change == 0 or change >= control.k + control.own for change in changes)


def numbers_of(results: SurveyResults) -> dict[str, int | None]:
    """What was published, by the name of the cell."""
    found = {ALL: results.responses}
    for table in results.tables:
        for group, total in table.totals.items():
            found[cell(table.question, None, table.by, group if table.by else None)] = total
        for one in table.cells:
            found[cell(table.question, one.key, table.by, one.by)] = one.count
    return found


def _kept(counts: Counts, last: SurveyResults | None) -> dict[str, int]:
    """What was shown of cells in which nobody came or went since: these numbers stay, since two drawn for the same people
    would tell more than one."""
    if last is None:
        return {}
    return {
        name: number
        for name, number in numbers_of(last).items()
        if number is not None and not counts.came.get(name) and not counts.gone.get(name)
    }


def _tables(
    survey: Survey, shown: Mapping[str, int | None], last: SurveyResults | None, at: datetime
) -> tuple[ResultTable, ...]:
    before = {(table.question, table.by): table for table in (last.tables if last is not None else ())}
    found = []
    for table in tables_of(survey):
        question, by = survey.question(table.question), survey.question(table.by or "")
        if not table.published or question is None:
            continue
        groups: tuple[str | None, ...] = (None,) if by is None else keys(by)
        cells = tuple(
            ResultCell(key, shown.get(cell(question.key, key, table.by, group)), group)
            for group in groups
            for key in keys(question)
        )
        totals = {group or "": shown.get(cell(question.key, None, table.by, group)) for group in groups}
        new = ResultTable(question.key, table.by, totals, cells, at)
        old = before.get((table.question, table.by))
        same = old is not None and (old.totals, old.cells) == (new.totals, new.cells)
        found.append(old if same and old is not None else new)
    return tuple(found)
