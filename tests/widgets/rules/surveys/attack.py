"""Somebody who knows all that is published, and some answers, being their own: what could every number be?

The attacker knows every way to answer the survey and asks of each cell, by integer programming (HiGHS), the fewest and the
most people that agree with everything known. Each relation between numbers, whatever tables they stand in, is thereby used.
Communities that agree are looked for near the true one first, which is fast: what one of them shows to be possible need not be
asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Range = tuple[float, float]
_FARTHEST = 21  # steps from the true community
_TRIED = 40
K, LEAST, STEP = 11, 15, 4


@dataclass(frozen=True)
class Bound:
    """So many people, at least and at most, are in these cells together."""

    cells: tuple[str, ...]
    least: float
    most: float


def learn_from(shown: Mapping[str, int | None], farthest: int, k: int = 0) -> list[Bound]:
    """What the numbers say: each is so far from the truth at most, and stands for k people at least; a 0 is true."""
    bounds = []
    for name, number in shown.items():
        if number is not None:
            off = farthest if number else 0
            bounds.append(Bound((name,), max(k if number else 0, number - off), number + off))
    return bounds


class Attack:
    """`cells` are those of each way to answer, `own` and `people` the ways of the attacker's answers, and of everybody's."""

    def __init__(
        self,
        cells: Sequence[tuple[str, ...]],
        bounds: Sequence[Bound],
        people: Iterable[int],
        own: Iterable[int] = (),
    ) -> None:
        self._width = len(cells)
        self._rows: dict[str, np.ndarray] = {}
        for pattern, names in enumerate(cells):
            for name in names:
                self._rows.setdefault(name, np.zeros(self._width))[pattern] = 1
        self._own = self._vector(own)
        self._least = np.array([one.least for one in bounds])
        self._most = np.array([one.most for one in bounds])
        self._matrix = np.array([sum(map(self._row, one.cells), np.zeros(self._width)) for one in bounds])
        self._true = self._vector(people)
        self._seen: list[np.ndarray] = [self._true] if self._agrees(self._true) else []

    def _vector(self, people: Iterable[int]) -> np.ndarray:
        found = np.zeros(self._width)
        for pattern, times in Counter(people).items():
            found[pattern] = times
        return found

    def _row(self, name: str) -> np.ndarray:
        return self._rows.get(name, np.zeros(self._width))

    def _agrees(self, people: np.ndarray) -> bool:
        numbers = self._matrix @ people
        known = np.all(self._least <= numbers) and np.all(numbers <= self._most)
        return bool(known and np.all(people >= self._own))

    def own(self, name: str) -> int:
        return int(self._row(name) @ self._own)

    def seen(self, name: str) -> Range:
        """The range of the cell over all communities that were found to agree with everything known."""
        values = [float(self._row(name) @ one) for one in self._seen]
        return min(values, default=np.inf), max(values, default=-np.inf)

    def look_near(self, name: str) -> None:
        """The most and the fewest people in the cell that are reached by letting people come, go and answer otherwise."""
        if self._agrees(self._true):
            inside = self._row(name) > 0
            self._seen += [self._changed(inside, 1), self._changed(inside, -1)]

    def _changed(self, inside: np.ndarray, sign: int) -> np.ndarray:
        people = self._true.copy()
        for _ in range(_FARTHEST):
            numbers = self._matrix @ people
            up, down = self._most - numbers, numbers - self._least
            spare = people > self._own
            comes, goes = (inside, spare & ~inside) if sign > 0 else (~inside, spare & inside)
            full = (up if sign > 0 else down) < 1
            alone = np.flatnonzero((comes if sign > 0 else goes) & (full @ self._matrix == 0))
            if alone.size:
                people[alone[0]] += sign
                continue
            pair = self._pair(np.flatnonzero(comes), np.flatnonzero(goes), up, down)
            if pair is None:
                break
            people[pair[0]] += 1
            people[pair[1]] -= 1
        return people

    def _pair(
        self, comes: np.ndarray, goes: np.ndarray, up: np.ndarray, down: np.ndarray
    ) -> tuple[int, int] | None:
        """Somebody who may answer otherwise."""
        for going in goes[:_TRIED]:
            change = self._matrix[:, comes] - self._matrix[:, [going]]
            fits = np.all((change <= up[:, None]) & (-change <= down[:, None]), axis=0)
            if fits.any():
                return int(comes[np.flatnonzero(fits)[0]]), int(going)
        return None

    def solve(self, name: str, sign: int) -> None:
        """The fewest (1) or the most (-1) people in the cell. Raises Contradiction."""
        from scipy.optimize import (
            Bounds,
            LinearConstraint,
            milp,
        )  # a second of every process that would only collect
        from scipy.sparse import csr_array

        result = milp(
            sign * self._row(name),
            integrality=np.ones(self._width),
            bounds=Bounds(self._own, np.inf),
            constraints=LinearConstraint(csr_array(self._matrix), self._least, self._most),
        )
        if result.status == 2:
            raise Contradiction
        # Otherwise it has no end: as many as one likes.
        self._seen.append(np.round(result.x) if result.x is not None else self._own + 1_000)


class Contradiction(Exception):
    """No community agrees with what is believed to be known."""


def disclosed(attack: Attack, shown: Mapping[str, int | None], counts: Mapping[str, int]) -> Iterator[str]:
    """Cells about which too much is shown or learnt, of those who are not the attacker.

    One that is kept back: that it has 1 to 10 people. One that is shown: that it has so few, its number to less than ± 4
    unless it may be all the attacker's, or a number below 15.
    """
    for name, number in shown.items():
        count, own = counts.get(name, 0), attack.own(name)
        if number == 0:
            safe = count == 0
        elif number is not None and (number < LEAST or count < K):
            safe = False
        else:
            safe = _is_safe(attack, name, number, own)
        if not safe:
            least, most = attack.seen(name)
            yield f"{name or 'all'}: shown {number}, true {count}, own {own}, {least:g} to {most:g}"


def known_to_be_somebodys(
    attack: Attack, shown: Mapping[str, int | None], counts: Mapping[str, int]
) -> Iterator[str]:
    """Cells of 1 to 10 people that are kept back and of which it is certain that they are not empty."""
    for name, number in shown.items():
        few = number is None and 0 < counts.get(name, 0) < K
        if few and not _is_reached(attack, name, lambda least, _: least < 1):
            yield name


def _is_safe(attack: Attack, name: str, number: int | None, own: int) -> bool:
    if number is None:
        return _is_reached(attack, name, lambda least, most: least - own < 1 or most - own >= K)
    clipped = number - own <= 2 * STEP
    return _is_reached(
        attack, name, lambda least, most: most - least >= 2 * STEP or (clipped and least <= own)
    )


def _is_reached(attack: Attack, name: str, enough: Callable[[float, float], bool]) -> bool:
    """Whether the range of the cell is as wide as that; no more of it is looked for than is needed."""
    looks: list[Callable[[], None]] = [
        lambda: attack.look_near(name),
        lambda: attack.solve(name, 1),
        lambda: attack.solve(name, -1),
    ]
    while not enough(*attack.seen(name)):
        if not looks:
            return False
        looks.pop(0)()
    return True
