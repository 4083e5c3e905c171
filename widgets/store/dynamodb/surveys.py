"""Owns responses to surveys in DynamoDB. A row's shard counts the responses and the changes, so that a publication notices
in its transaction whether a row came or went after it counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table, TryAgain, Update
from widgets.store.records import Busy, Gone, Once
from widgets.store.surveys import AlreadyAnswered, Counts, Responded, Response

SHARDS: Final = 8
_PARTITIONS: Final = "0123456789abcdef"
_TRIES: Final = 10
_PAGE: Final = 250
_PLAIN: Final = ("survey", "version", "voter", "receipt", "salt", "answers", "publication", "day")
Key = tuple[str, int]  # a survey and its version


def _row_key(survey: str, version: int, voter: str) -> tuple[str, str]:
    return f"Y#{survey}#{version}#{voter[:1]}", voter


def _receipt_key(receipt: str) -> tuple[str, str]:
    return f"YR#{receipt}", "-"


def shard_key(key: Key, shard: int) -> tuple[str, str]:
    return f"YS#{key[0]}#{key[1]}#{shard}", "-"


def gone_key(key: Key) -> tuple[str, str]:
    return f"YG#{key[0]}#{key[1]}", "-"


def shards_of(table: Table, key: Key) -> list[dict[str, Any] | None]:
    places = [shard_key(key, shard) for shard in range(SHARDS)]
    found = table.get_many(places)
    return [found.get(place) for place in places]


def add(table: Table, response: Response, once: Once | None) -> Responded:
    key = (response.survey, response.version)
    lost = False
    for attempt in range(_TRIES):
        row = table.get(*_row_key(*key, response.voter))
        before = _response(row) if row else None
        if before == response and lost:
            return Responded(response, False)
        if intents.earlier(table, once) is not None:
            if before is None:
                raise Gone
            return Responded(before, True)
        if before is not None:
            raise AlreadyAnswered
        shard = int(response.voter[:8], 16) % SHARDS
        counted, publications = _step(table, key, shard, int(response.publication))
        item = _item(response) | {"shard": shard, "publications": publications}
        pointer = {"survey": key[0], "version": key[1], "voter": response.voter}
        try:
            table.transact(
                [
                    table.put(item, "attribute_not_exists(pk)"),
                    table.put(_at(_receipt_key(response.receipt)) | pointer, "attribute_not_exists(pk)"),
                    counted,
                    *intents.remember(table, once, ""),
                ]
            )
        except TryAgain as error:
            lost = lost or isinstance(error, Lost)
            table.pause(attempt)
            continue
        return Responded(response, False)
    raise Busy("The response met too many conflicting writes.")


def withdraw(table: Table, response: Response) -> bool:
    key = (response.survey, response.version)
    lost = False

    def attempt() -> bool:
        nonlocal lost
        row = table.get(*_row_key(*key, response.voter))
        if row is None or row["receipt"] != response.receipt:
            return lost  # our own write, whose answer was lost
        counted, publications = _step(table, key, row["shard"], -int(row["publication"]), row["publication"])
        parts = [
            table.delete(_row_key(*key, response.voter), "receipt = :receipt", receipt=response.receipt),
            table.delete(_receipt_key(response.receipt)),
            counted,
        ]
        if row["publications"] < publications:
            parts.append(_gone(table, key, json.loads(row["cells"])))
        try:
            table.transact(parts)
        except Lost:
            lost = True
            raise
        return True

    return table.try_again(attempt, "The response met too many conflicting writes.")


def _step(
    table: Table, key: Key, shard: int, step: int, counts: bool | None = None
) -> tuple[dict[str, Any], int]:
    """The part of a transaction that counts a change in its shard, on condition that nothing was published meanwhile; and how
    many publications there have been."""
    place = shard_key(key, shard)
    item = table.get(*place)
    publications = int(item["publications"]) if item else 0
    changed = int(bool(step) if counts is None else counts)
    if item is None:
        fresh = {"publications": 0, "n": step, "changes": changed}
        return table.put(_at(place) | fresh, "attribute_not_exists(pk)"), 0
    moved = {"n": step, "changes": changed}
    guard = {":publications": publications}
    return (
        table.update(Update(place, {}, moved, condition="publications = :publications", values=guard)),
        publications,
    )


def _gone(table: Table, key: Key, cells: Sequence[str]) -> dict[str, Any]:
    """Counts by cell, without any hash, in one item that is replaced."""
    item = table.get(*gone_key(key))
    counts = Counter(json.loads(item["cells"]) if item else {})
    counts.update(cells)
    text = json.dumps(counts, sort_keys=True)
    if item is None:
        return table.put(_at(gone_key(key)) | {"cells": text, "revision": 1}, "attribute_not_exists(pk)")
    fresh = _at(gone_key(key)) | {"cells": text, "revision": item["revision"] + 1}
    return table.put(fresh, "revision = :seen", seen=item["revision"])


def _at(key: tuple[str, str]) -> dict[str, Any]:
    return {"pk": key[0], "sk": key[1]}


def _item(response: Response) -> dict[str, Any]:
    place = _at(_row_key(response.survey, response.version, response.voter))
    values = {name: getattr(response, name) for name in _PLAIN}
    return place | values | {"cells": json.dumps(response.cells)}


def _response(item: Mapping[str, Any]) -> Response:
    return Response(**{name: item[name] for name in _PLAIN}, cells=tuple(json.loads(item["cells"])))


def read_responses(table: Table, keys: Sequence[tuple[str, int, str]]) -> list[Response]:
    found = table.get_many([_row_key(*key) for key in keys])
    return [_response(found[_row_key(*key)]) for key in keys if _row_key(*key) in found]


def read_by_receipt(table: Table, receipt: str) -> Response | None:
    pointer = table.get(*_receipt_key(receipt))
    if pointer is None:
        return None
    found = read_responses(table, [(pointer["survey"], pointer["version"], pointer["voter"])])
    return next((one for one in found if one.receipt == receipt), None)


def items(table: Table, key: Key, **more: Any) -> Iterator[dict[str, Any]]:
    """Rows as they lie, in the order of their hashes; in pages so small that a slow place answers each in time."""
    asked = {"ConsistentRead": True, "Limit": _PAGE, **more}
    for first in _PARTITIONS:
        yield from table.query("pk = :pk", {":pk": f"Y#{key[0]}#{key[1]}#{first}"}, **asked)


def read_rows(table: Table, key: Key) -> list[Response]:
    return [_response(item) for item in items(table, key)]


def relabel(table: Table, key: Key, cells: Callable[[Response], tuple[str, ...]]) -> None:
    """Row by row: a stopped run is done again, since the layout is written after it. A row that is gone meanwhile is passed
    over; that its cells changed is a change of its shard, so that no publication counts half of it."""
    for item in list(items(table, key)):
        row = _response(item)
        if not row.publication:
            continue
        text, shard = json.dumps(cells(row)), shard_key(key, item["shard"])
        guard = {":receipt": row.receipt}
        change = Update((item["pk"], item["sk"]), {"cells": text}, {}, (), "receipt = :receipt", None, guard)
        counted = Update(shard, {}, {"changes": 1})
        parts = [table.update(change), table.update(counted)]
        table.try_again(partial(_unless_gone, table, parts), "The responses met too many writes.")


def _unless_gone(table: Table, parts: list[dict[str, Any]]) -> None:
    with suppress(ConditionFailed):
        table.transact(parts)


def count(table: Table, key: Key, publications: int) -> Counts:
    standing: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for item in items(table, key, ProjectionExpression="cells, publications"):
        cells = json.loads(item["cells"])
        standing.update(cells)
        if item["publications"] == publications:
            came.update(cells)
    gone = table.get(*gone_key(key))
    return Counts(dict(standing), dict(came), json.loads(gone["cells"]) if gone else {})


def erase_rows(table: Table, key: Key) -> int:
    """Row by row: a stopped run is carried on by the next."""
    erased = 0
    for item in list(items(table, key)):
        table.transact([table.delete((item["pk"], item["sk"])), table.delete(_receipt_key(item["receipt"]))])
        erased += 1
    places = [gone_key(key), *(shard_key(key, shard) for shard in range(SHARDS))]
    table.transact([table.delete(place) for place in places])
    return erased


def wrong_counts(scanned: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every shard's number against its rows, among items of one scan."""
    counted: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for item in scanned:
        kind, _, rest = item["pk"].partition("#")
        scope = rest.rpartition("#")[0]
        if kind == "Y":
            counted[scope] += int(item["publication"])
        elif kind == "YS":
            kept[scope] += item["n"]
    return [
        f"The count of responses to {scope} differs from its rows."
        for scope in sorted(counted.keys() | kept.keys())
        if counted[scope] != kept[scope]
    ]
