"""Owns what a sensitive poll publishes at a moment, and how its numbers are rounded; no input or output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from widgets.store.records import Tally


@dataclass(frozen=True, slots=True)
class Published:
    """What a sensitive poll publishes until its next moment: the moment (seconds since 1970), and the tally as it stood
    then, rounded."""

    moment: int
    tally: Tally


def stood_before(day: str, moment: int) -> bool:
    """Whether a row of that day (YYYY-MM-DD) may have been there at the moment: days begin at midnight UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() < moment


@dataclass(frozen=True, slots=True)
class Rounding:
    """How numbers are rounded: down to a step, after a fixed number below it was added to the cell's. The cell "" counts
    voters."""

    step: int
    offsets: Mapping[str, int] = field(default_factory=dict)

    def shown(self, tally: Tally) -> Tally:
        """What is shown of a tally; cells that come to nothing are left out."""
        votes = {cell: many for cell, n in tally.votes.items() if (many := self._down(cell, n))}
        return Tally(self._down("", tally.voters), votes)

    def _down(self, cell: str, n: int) -> int:
        return (n + self.offsets.get(cell, 0)) // self.step * self.step if n > 0 else 0
