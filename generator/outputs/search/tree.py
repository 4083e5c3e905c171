"""The files of a trie: made from all items, or from the cells of the last build and the items that changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from generator.ground.model import Struct
from generator.outputs.search.cells import Limits, Trie, Unit, bounds_of, covers


class Placed(Protocol):
    """An item of a trie."""

    @property
    def order(self) -> tuple[bytes, str, bytes]: ...

    @property
    def unit(self) -> Unit: ...


P = TypeVar("P", bound=Placed)


class Cell(Struct, array_like=True):
    """A cell whose items lie in the cache under *id*."""

    id: int
    first: bytes
    last: bytes
    size: int
    words: int

    @property
    def unit(self) -> Unit:
        return Unit(self.first, self.last, self.size, self.words)


class Group(Struct, array_like=True):
    """The cells of one file, whose name comes from its lower *bound*."""

    bound: str
    cells: tuple[Cell, ...]


class Grown(NamedTuple, Generic[P]):
    """A trie: its *groups* in order, the items of *made* cells by id, and of files to be written by bound."""

    groups: tuple[Group, ...]
    made: dict[int, list[P]]
    files: dict[str, list[P]]


def grow(items: Sequence[P], limits: Limits) -> Grown[P]:
    """The trie of all *items*, which are in order."""
    return regrow((), {}, items, lambda _: (), limits)


def regrow(
    groups: Sequence[Group],
    changed: Mapping[int, Sequence[P]],
    added: Iterable[P],
    load: Callable[[int], Iterable[P]],
    limits: Limits,
) -> Grown[P]:
    """The trie of *groups* with the new items of *changed* cells and with *added* ones, which no cell covers.

    *load* gives the items of an unchanged cell. New cells have ids above all earlier ones.
    """
    known = [cell for group in groups for cell in group.cells]
    loose = [item for items in changed.values() if not _fits(items, limits) for item in items]
    parts: list[tuple[Unit, Cell | None, Sequence[P]]] = [
        (cell.unit, cell, ()) for cell in known if cell.id not in changed
    ]
    parts += [(_unit(items), None, items) for items in changed.values() if items and _fits(items, limits)]
    parts += [(item.unit, None, (item,)) for item in (*loose, *added)]
    parts.sort(key=lambda part: part[0].first)
    ids = iter(range(max((cell.id for cell in known), default=0) + 1, 1 << 53))
    cut = Trie([part[0] for part in parts], limits).groups()
    bounds = bounds_of(cut, lambda at: parts[at][0].first, lambda at: parts[at][0].last)
    old = {group.bound: tuple(cell.id for cell in group.cells) for group in groups}
    made: dict[int, list[P]] = {}
    files: dict[str, list[P]] = {}
    result: list[Group] = []
    for bound, ranges in zip(bounds, cut, strict=True):
        cells = tuple(_cell(parts[start:end], ids, made, load) for start, end in ranges)
        result.append(Group(bound, cells))
        if old.get(bound) != tuple(cell.id for cell in cells):
            files[bound] = [item for cell in cells for item in made.get(cell.id) or load(cell.id)]
    return Grown(tuple(result), made, files)


def _cell(
    parts: Sequence[tuple[Unit, Cell | None, Sequence[P]]],
    ids: Iterator[int],
    made: dict[int, list[P]],
    load: Callable[[int], Iterable[P]],
) -> Cell:
    unit, cell, _ = parts[0]
    if len(parts) == 1 and cell is not None:
        return cell
    items: list[P] = []
    for _, known, own in parts:
        items += own if known is None else load(known.id)
    items.sort(key=lambda item: item.order)
    new = next(ids)
    made[new] = items
    unit = _joined([unit for unit, _, _ in parts])
    return Cell(new, unit.first, unit.last, unit.size, unit.words)


def _unit(items: Iterable[Placed]) -> Unit:
    return _joined([item.unit for item in items])


def _joined(units: Sequence[Unit]) -> Unit:
    first, last = min(unit.first for unit in units), max(unit.last for unit in units)
    return Unit(first, last, sum(unit.size for unit in units), sum(unit.words for unit in units))


def _fits(items: Sequence[P], limits: Limits) -> bool:
    """Whether the items may stay in one cell."""
    if not items:
        return True
    unit = _unit(items)
    return unit.size <= limits.size or unit.words < limits.least


class Atlas:
    """Finds the cell that covers a position."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._cells = [cell for group in groups for cell in group.cells]
        self._firsts = [cell.first for cell in self._cells]

    def covering(self, place: bytes) -> int | None:
        """The id of the cell whose node holds *place*, None where there is none."""
        at = bisect_right(self._firsts, place)
        for cell in self._cells[max(0, at - 1) : at + 1]:
            if covers(cell.first, cell.last, place):
                return cell.id
        return None
