"""Owns what sensitive polls publish in DynamoDB: one item for each, which also counts what stands in for rows that have
changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from widgets.store.dynamodb.table import Table, Update
from widgets.store.publications import Published, Rounding
from widgets.store.records import Tally

VOTERS: Final = "voters"
OPTION: Final = "o#"
_STANDS_IN: Final = "in#"


def item_key(poll: str, version: int) -> tuple[str, str]:
    return f"M#{poll}#{version}", "-"


def read_published(table: Table, poll: str, version: int) -> Published | None:
    return published_of(table.get(*item_key(poll, version)))


def published_of(item: Mapping[str, Any] | None) -> Published | None:
    return Published(item["moment"], tally_of(item)) if item else None


def tally_of(cells: Mapping[str, Any]) -> Tally:
    """From the attributes that count voters and options; others are passed over."""
    options = {name.removeprefix(OPTION): n for name, n in cells.items() if name.startswith(OPTION) and n}
    return Tally(cells.get(VOTERS, 0), options)


def changed_since(
    table: Table, last: Published | None, key: tuple[str, int], undone: Mapping[str, int]
) -> dict[str, Any]:
    """The part of a vote's transaction that demands that nothing was published since `last` of the poll and version in
    `key`, and subtracts the steps `undone` from what is published next."""
    place = item_key(*key)
    if last is None:
        return table.demand(place, "attribute_not_exists(pk)")
    if not undone:
        return table.demand(place, "moment = :last", last=last.moment)
    steps = {f"{_STANDS_IN}{cell}": -step for cell, step in undone.items()}
    return table.update(
        Update(place, {}, {**steps, "changes": 1}, condition="moment = :last", values={":last": last.moment})
    )


def publish(
    table: Table, key: tuple[str, int], due: tuple[int, Rounding], read_cells: Callable[[], Mapping[str, int]]
) -> Published:
    """Fix what the poll and version in `key` publish; `due` is the moment and how numbers are rounded, `read_cells` reads the tally."""
    moment, rounding = due

    def attempt() -> Published:
        item = table.get(*item_key(*key))
        last = published_of(item)
        if item is not None and last is not None and last.moment >= moment:
            return last
        cells = Counter(read_cells())
        stands_in = {name: n for name, n in (item or {}).items() if name.startswith(_STANDS_IN)}
        cells.update({name.removeprefix(_STANDS_IN): n for name, n in stands_in.items()})
        shown = rounding.shown(tally_of(cells))
        counted = {VOTERS: shown.voters, **{f"{OPTION}{key}": n for key, n in shown.votes.items()}}
        pk, sk = item_key(*key)
        fresh = {"pk": pk, "sk": sk, "moment": moment, "changes": 0, **counted}
        if item is None:
            part = table.put(fresh, "attribute_not_exists(pk)")
        else:
            guard = "moment = :last AND changes = :changes"
            part = table.put(fresh, guard, last=item["moment"], changes=item["changes"])
        table.transact([part])
        return Published(moment, shown)

    return table.try_again(attempt, "The poll met too many conflicting writes.")
