"""Owns a grid of rounded numbers whose rows and columns add to totals that are rounded already."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from widgets.rules.surveys.disclosure.rounding import Dice, round_one

Grid: TypeAlias = list[list[int]]
_NEAR, _FAR, _TOO_FAR = 1, 4, 60  # what it costs to move a number: within the base, within two, beyond
_TIES: Final = 1_000


def fill(
    rows: Sequence[int],
    columns: Sequence[int],
    counts: Sequence[Sequence[int]],
    base: int,
    dice: Dice,
    kept: Mapping[tuple[int, int], int] | None = None,
    most: Sequence[int] | None = None,
) -> Grid | None:
    """Multiples of the base near the counts that add to `rows` and `columns`; 0 stays 0, what is `kept` stays, and none is
    larger than the `most` of its column. None where there are none such.

    Each number is rounded alone; then rows and columns are made to add up by the cheapest chains of moves, each of which
    raises one number and lowers the next by the base.
    """
    kept = kept or {}
    most = most or [sum(columns)] * len(columns)
    grid = [
        [kept.get((at, to), min(most[to], round_one(count, base, dice))) for to, count in enumerate(row)]
        for at, row in enumerate(counts)
    ]
    repair = _Repair(rows, columns, counts, base, dice, kept, most, grid)
    while repair.is_needed():
        if not repair.move():
            return None
    return grid


def divide(
    total: int, counts: Sequence[int], bounds: Sequence[tuple[int, int]], base: int, dice: Dice
) -> list[int] | None:
    """`total` in multiples of the base near the counts, each within its bounds. None where that cannot be."""
    found = [
        min(max(round_one(count, base, dice), least), most)
        for count, (least, most) in zip(counts, bounds, strict=True)
    ]
    while (missing := total - sum(found)) != 0:
        step = base if missing > 0 else -base
        open_ = [
            (abs(found[at] + step - counts[at]), dice.below(_TIES), at)
            for at, (least, most) in enumerate(bounds)
            if least <= found[at] + step <= most
        ]
        if not open_:
            return None
        found[min(open_)[-1]] += step
    return found


class _Repair:
    """Nodes are rows (0 …) and columns (after them). From a row to a column its number is raised, back it is lowered."""

    def __init__(
        self,
        rows: Sequence[int],
        columns: Sequence[int],
        counts: Sequence[Sequence[int]],
        base: int,
        dice: Dice,
        kept: Mapping[tuple[int, int], int],
        most: Sequence[int],
        grid: Grid,
    ) -> None:
        self._counts, self._base, self._kept, self._most, self._grid = counts, base, kept, most, grid
        self._height = len(rows)
        # What is still to be added to each row, and taken from each column.
        self._over = [total - sum(row) for total, row in zip(rows, grid, strict=True)] + [
            sum(row[at] for row in grid) - total for at, total in enumerate(columns)
        ]
        self._ties = [[dice.below(_TIES) for _ in columns] for _ in rows]

    def is_needed(self) -> bool:
        return any(self._over)

    def move(self) -> bool:
        """One chain from where there is too much to where there is too little."""
        came = self._cheapest()
        if came is None:
            return False
        node, before = came
        self._over[node] += self._base
        while before[node] is not None:
            previous = before[node]
            assert previous is not None
            if previous < self._height:
                self._grid[previous][node - self._height] += self._base
            else:
                self._grid[node][previous - self._height] -= self._base
            node = previous
        self._over[node] -= self._base
        return True

    def _cheapest(self) -> tuple[int, dict[int, int | None]] | None:
        """The node at which the cheapest chain ends, and each node's one before it."""
        best = {node: 0 for node, over in enumerate(self._over) if over > 0}
        before: dict[int, int | None] = dict.fromkeys(best)
        waiting = [(0, node) for node in best]
        heapq.heapify(waiting)
        while waiting:
            cost, node = heapq.heappop(waiting)
            if cost > best[node]:
                continue
            if self._over[node] < 0:
                return node, before
            for other, step in self._steps(node):
                if cost + step < best.get(other, cost + step + 1):
                    best[other], before[other] = cost + step, node
                    heapq.heappush(waiting, (cost + step, other))
        return None

    def _steps(self, node: int) -> list[tuple[int, int]]:
        found = []
        if node < self._height:
            for at, count in enumerate(self._counts[node]):
                room = self._grid[node][at] + self._base <= self._most[at]
                if count and room and (node, at) not in self._kept:
                    found.append((self._height + at, self._cost(node, at, self._base)))
            return found
        at = node - self._height
        for row in range(self._height):
            if self._grid[row][at] >= self._base and (row, at) not in self._kept:
                found.append((row, self._cost(row, at, -self._base)))
        return found

    def _cost(self, row: int, at: int, change: int) -> int:
        off = abs(self._grid[row][at] + change - self._counts[row][at])
        cost = _NEAR if off < self._base else _FAR if off < 2 * self._base else _TOO_FAR
        return cost * _TIES + self._ties[row][at]
