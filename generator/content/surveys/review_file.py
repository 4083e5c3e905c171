"""Writes what is published of a survey as a file for review: one line for each table or group, so that a change reads well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.content.surveys.results import ResultTable, SurveyResults
from generator.content.surveys.reviewed import KEPT_BACK
from generator.schema.dates import canonical_moment

_NO_TEXTS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def format_reviewed(results: SurveyResults) -> str:
    """The text of ``content/_results/<survey>.yaml``; reading it gives *results* again."""
    return "".join(f"{line}\n" for line in _lines(results))


def _lines(results: SurveyResults) -> Iterator[str]:
    yield "# What is published of this survey. Rounded counts of people; what would say too much is kept back."
    yield "# The pages show this file and no newer numbers until it is changed or removed."
    yield f"version: {results.version}"
    yield f"moment: {canonical_moment(results.moment)}"
    yield f"final: {_truth(results.final)}"
    if results.simulated:
        yield "simulated: true"
    if results.base != SurveyResults(0, "").base:
        yield f"base: {results.base}"
    yield f"responses: {_count(results.responses)}"
    yield "tables:" if results.tables else "tables: []"
    for table in results.tables:
        yield from _table(table, results.moment)


def _table(table: ResultTable, moment: str) -> Iterator[str]:
    yield f"- question: {_key(table.question)}"
    if table.by is not None:
        yield f"  by: {_key(table.by)}"
    if table.moment and table.moment != moment:
        yield f"  moment: {canonical_moment(table.moment)}"
    if table.by is None:
        yield f"  answered: {_count(table.totals.get(''))}"
        yield f"  answers: {_counts(_cells(table, None))}"
        return
    yield "  groups:"
    for group, total in table.totals.items():
        yield f"    {_key(group)}: {{answered: {_count(total)}, answers: {_counts(_cells(table, group))}}}"


def _cells(table: ResultTable, by: str | None) -> dict[str, int | None]:
    return {cell.key: cell.count for cell in table.cells if cell.by == by}


def _counts(counts: Mapping[str, int | None]) -> str:
    pairs: Iterable[str] = (f"{_key(key)}: {_count(count)}" for key, count in counts.items())
    return f"{{{', '.join(pairs)}}}"


def _count(count: int | None) -> str:
    return KEPT_BACK if count is None else str(count)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _key(key: str) -> str:
    """A key as YAML: in quotes where a reader of YAML, an older one too, takes it for something else than text."""
    return key if key[:1].isalpha() and key not in _NO_TEXTS else f'"{key}"'
