"""Owns votes and tallies in DynamoDB: the tally's shard comes from the voter's hash and stands in the
vote's row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.published import OPTION, VOTERS, changed_since, read_published, tally_of
from widgets.store.dynamodb.surveys import wrong_counts
from widgets.store.dynamodb.table import Table, TryAgain, Update
from widgets.store.publications import stood_before
from widgets.store.records import Busy, Cast, Once, Tally, Vote

SHARDS: Final = 8  # may grow, never shrink: every row names its own
_TRIES: Final = 10
_PARTITIONS: Final = "0123456789abcdef"


def _row_key(poll: str, version: int, voter: str) -> tuple[str, str]:
    return f"V#{poll}#{version}#{digits_of(voter)[:1]}", voter


def _tally_key(poll: str, version: int, shard: int) -> tuple[str, str]:
    return f"S#{poll}#{version}#{shard}", "-"


def digits_of(voter: str) -> str:
    """The hexadecimal digits of a hash, by which rows are spread. Votes and marks that were imported begin with a word."""
    return voter.rpartition("-")[2]


def shard_of(voter: str) -> int:
    return int(digits_of(voter)[:8], 16) % SHARDS


def cast(table: Table, vote: Vote, once: Once | None) -> Cast:
    for attempt in range(_TRIES):
        row = table.get(*_row_key(vote.poll, vote.version, vote.voter))
        before = tuple(row["choices"].split()) if row else ()
        if intents.earlier(table, once) is not None:
            day = row["day"] if row else vote.day
            left = Vote(vote.poll, vote.version, vote.voter, before, day)
            return Cast(left, True, read_tally(table, vote.poll, vote.version, consistent=True))
        try:
            parts = _change(table, vote, row, before) + intents.remember(table, once, "")
            if parts:
                table.transact(parts)
        except TryAgain:
            table.pause(attempt)  # another request wrote the row meanwhile: read it again
            continue
        return Cast(vote, False, read_tally(table, vote.poll, vote.version, consistent=True))
    raise Busy("The vote met too many conflicting writes.")


def _change(
    table: Table, vote: Vote, row: Mapping[str, Any] | None, before: tuple[str, ...]
) -> list[dict[str, Any]]:
    if vote.choices == before:
        return []
    key = _row_key(vote.poll, vote.version, vote.voter)
    shard = int(row["shard"]) if row else shard_of(vote.voter)
    steps = Counter(_cells(vote.choices))
    steps.subtract(_cells(before))
    moved = {cell: step for cell, step in steps.items() if step}
    day, parts = vote.day, []
    if row:
        last = read_published(table, vote.poll, vote.version)
        stood = last is not None and stood_before(row["day"], last.moment)
        day = row["day"] if stood else day
        parts = [changed_since(table, last, (vote.poll, vote.version), moved if stood else {})]
    guard = "choices = :before" if row else "attribute_not_exists(pk)"
    bound = {"before": " ".join(before)} if row else {}
    if vote.choices:
        item = {
            "pk": key[0],
            "sk": key[1],
            "choices": " ".join(vote.choices),
            "day": day,
            "shard": shard,
        }
        part = table.put(item, guard, **bound)
    else:
        part = table.delete(key, guard, **bound)
    return [part, table.update(Update(_tally_key(vote.poll, vote.version, shard), {}, moved)), *parts]


def _cells(choices: Sequence[str]) -> list[str]:
    return [VOTERS, *(OPTION + choice for choice in choices)] if choices else []


def read_tally(table: Table, poll: str, version: int, *, consistent: bool = False) -> Tally:
    return tally_of(read_cells(table, poll, version, consistent=consistent))


def read_cells(table: Table, poll: str, version: int, *, consistent: bool = False) -> Mapping[str, int]:
    keys = [_tally_key(poll, version, shard) for shard in range(SHARDS)]
    cells: Counter[str] = Counter()
    for shard in table.get_many(keys, consistent=consistent).values():
        cells.update(_numbers(shard))
    return cells


def _numbers(item: Mapping[str, Any]) -> dict[str, int]:
    return {name: n for name, n in item.items() if name == VOTERS or name.startswith(OPTION)}


def recount(table: Table, poll: str, version: int) -> Tally:
    cells: Counter[str] = Counter()
    for first in _PARTITIONS:
        partition = f"V#{poll}#{version}#{first}"
        for row in table.query("pk = :pk", {":pk": partition}, ConsistentRead=True):
            cells.update(_cells(row["choices"].split()))
    return tally_of(cells)


def read_votes(table: Table, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
    found = table.get_many([_row_key(*key) for key in keys])
    rows = ((key, found.get(_row_key(*key))) for key in keys)
    return [Vote(*key, tuple(row["choices"].split()), row["day"]) for key, row in rows if row]


def wrong_tallies(table: Table) -> list[str]:
    """Every tally against its rows, by one scan of the table."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    kept: dict[str, Counter[str]] = defaultdict(Counter)
    items = list(table.scan())
    for item in items:
        kind, _, rest = item["pk"].partition("#")
        scope = rest.rpartition("#")[0]
        if kind == "V":
            counted[scope].update(_cells(item["choices"].split()))
        elif kind == "S":
            kept[scope].update(_numbers(item))
    return [
        f"The tally of {scope} differs from its rows."
        for scope in sorted(counted.keys() | kept.keys())
        if tally_of(counted[scope]) != tally_of(kept[scope])
    ] + wrong_counts(items)
