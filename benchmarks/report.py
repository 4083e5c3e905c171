"""Readings become rows of a table with ratio, budget and verdict, and the table becomes Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

REFERENCE = "hugo"
SUBJECT = "gatherwell"
NONE = "–"


@dataclass(frozen=True, slots=True)
class Reading:
    """One run's *value* in the row's unit; a *fault* says why it does not count."""

    value: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """At most *limit*: of the row's unit, or where *relative* of the peer's median."""

    limit: float
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """*unit* is ``s``, ``CPU s``, ``ms``, ``MB``, ``kB``, ``×`` or ``files``; *readings* by name, absent where not run. The
    ratio and the budget are of *subject*.
    """

    what: str
    unit: str
    readings: dict[str, list[Reading]]
    budget: Budget | None = None
    notes: list[str] = field(default_factory=list)
    subject: str = SUBJECT

    def value(self, name: str) -> float | None:
        """The median of the sound readings; none if any run had a fault."""
        readings = self.readings.get(name, [])
        if not readings or any(reading.fault for reading in readings):
            return None
        return median(reading.value for reading in readings)

    def cell(self, name: str) -> str:
        readings = self.readings.get(name, [])
        if not readings:
            return NONE
        faults = [reading.fault for reading in readings if reading.fault]
        if faults:
            return f"{faults[0]} ({len(faults)} of {len(readings)} runs)"
        values = [reading.value for reading in readings]
        text = f"{_number(median(values), self.unit)} {self.unit}"
        if len(values) > 1:
            text += f" ({_number(min(values), self.unit)}–{_number(max(values), self.unit)})"
        return text

    @property
    def ratio(self) -> float | None:
        mine, theirs = self.value(self.subject), self.value(REFERENCE)
        return mine / theirs if mine is not None and theirs else None

    def verdict(self) -> str:
        if self.budget is None or not self.readings.get(self.subject):
            return NONE
        seen = self.ratio if self.budget.relative else self.value(self.subject)
        if seen is None:
            return "**no**" if self.value(self.subject) is None else "unknown"
        return "yes" if seen <= self.budget.limit else "**no**"

    def budget_text(self) -> str:
        if self.budget is None:
            return NONE
        if self.budget.relative:
            return f"≤ {self.budget.limit:g} × Hugo"
        return f"≤ {self.budget.limit:g} {self.unit}"


def table_lines(rows: Sequence[Row], titles: dict[str, str]) -> list[str]:
    """A Markdown table; *titles* by name, in the order of the columns."""
    head = ["what", *titles.values(), "ratio", "budget", "met"]
    cells = [
        [
            row.what,
            *(row.cell(name) for name in titles),
            f"{row.ratio:.2f}" if row.ratio is not None else NONE,
            row.budget_text(),
            row.verdict(),
        ]
        for row in rows
    ]
    widths = [max(len(line[at]) for line in [head, *cells]) for at in range(len(head))]
    lines = [_line(head, widths), "|" + "|".join("-" * (width + 2) for width in widths) + "|"]
    lines += [_line(line, widths) for line in cells]
    notes = [f"- {row.what}: {note}" for row in rows for note in row.notes]
    return lines + (["", *notes] if notes else [])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.replace("|", "¦").ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return "| " + " | ".join(padded) + " |"


def _number(value: float, unit: str) -> str:
    if unit == "files":
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"
