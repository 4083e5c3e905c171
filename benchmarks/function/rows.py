"""Owns a row of the tables: what was measured, what was promised, and whether that is met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.function.load import Load


@dataclass(frozen=True, slots=True)
class Row:
    figure: str
    budget: str
    measured: str
    met: bool | None  # None: nothing was promised

    def line(self) -> str:
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        return f"| {self.figure} | {self.budget} | {self.measured} | {verdict} |"


def pace(full: Load, connections: int = 64) -> int:
    """Milliseconds that each connection waits, so that all together ask half of what was answered at full
    load."""
    return max(1, round(connections / max(full.rate / 2, 1) * 1000))
