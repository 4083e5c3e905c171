"""Owns what DynamoDB keeps of a survey's version as a whole: one item each in a partition of their own, and publications."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from widgets.store.dynamodb import surveys
from widgets.store.dynamodb.surveys import Key, shard_key, shards_of
from widgets.store.dynamodb.table import Table, Update
from widgets.store.surveys import Layout, Make, SurveyHead

_HEADS: Final = "SURVEYS"
Shards = Sequence[Mapping[str, Any] | None]


def _place(key: Key) -> tuple[str, str]:
    return _HEADS, f"{key[0]}#{key[1]}"


def read_head(table: Table, key: Key) -> SurveyHead:
    item = table.get(*_place(key))
    return _head(key, item, _responses(shards_of(table, key)))


def read_heads(table: Table) -> list[SurveyHead]:
    found = table.query("pk = :pk", {":pk": _HEADS}, ConsistentRead=True)
    keys = [(item["sk"].rpartition("#")[0], int(item["sk"].rpartition("#")[2]), item) for item in found]
    return [
        _head((survey, version), item, _responses(shards_of(table, (survey, version))))
        for survey, version, item in keys
    ]


def read_publications(table: Table, key: Key) -> int:
    return int((table.get(*_place(key)) or {}).get("publications", 0))


def _head(key: Key, item: Mapping[str, Any] | None, responses: int) -> SurveyHead:
    held = item or {}
    return SurveyHead(
        *key,
        held.get("results"),
        held.get("moment"),
        responses,
        held.get("until"),
        bool(held.get("ended")),
        held.get("layout"),
        tuple(json.loads(held.get("asked", "[]"))),
    )


def _responses(shards: Shards) -> int:
    return sum(int(shard["n"]) for shard in shards if shard)


def set_head(table: Table, key: Key, values: Mapping[str, Any], remove: tuple[str, ...] = ()) -> None:
    update = Update(
        _place(key), {name: value for name, value in values.items() if value is not None}, {}, remove
    )
    table.try_again(lambda: table.transact([table.update(update)]), "The survey met too many writes.")


def begin(table: Table, key: Key) -> None:
    """So that the survey is among the heads: called before its first row."""
    if table.get(*_place(key)) is None:
        set_head(table, key, {"seen": True})


def keep_until(table: Table, key: Key, until: int | None) -> None:
    if until is None:
        set_head(table, key, {"seen": True}, ("until",))
    else:
        set_head(table, key, {"until": until})


def relabel(table: Table, key: Key, layout: Layout) -> None:
    """What is asked is kept first, so that no text is kept whose question is not known."""
    asked = sorted({*read_head(table, key).asked, *layout.asked})
    set_head(table, key, {"asked": json.dumps(asked)})
    surveys.relabel(table, key, layout.cells)
    set_head(table, key, {"layout": layout.digest})


def publish(table: Table, key: Key, moment: int, make: Make) -> SurveyHead:
    def attempt() -> SurveyHead:
        item, shards = table.get(*_place(key)), shards_of(table, key)
        head, publications = _head(key, item, _responses(shards)), int((item or {}).get("publications", 0))
        if head.ended or (head.moment is not None and head.moment >= moment):
            return head
        fixed = make(surveys.count(table, key, publications), head.results)
        if fixed is None:
            return head
        after = {"results": fixed.results, "moment": moment, "publications": publications + fixed.counted}
        guard = "attribute_not_exists(moment)" if head.moment is None else "moment = :seen"
        seen = None if head.moment is None else {":seen": head.moment}
        parts = [table.update(Update(_place(key), after, {}, condition=guard, values=seen))]
        parts += _over(table, key, shards, publications + fixed.counted)
        parts += [table.delete(surveys.gone_key(key))] if fixed.counted else []
        table.transact(parts)
        return read_head(table, key)

    return table.try_again(attempt, "The survey met too many conflicting writes.")


def _over(table: Table, key: Key, shards: Shards, publications: int) -> list[dict[str, Any]]:
    """All shards go over to this number of publications, each on condition that nothing came or went since it was read.
    What is gone is read after them, and a withdrawal changes a shard, so that it cannot have changed either."""
    parts = []
    for number, shard in enumerate(shards):
        place = shard_key(key, number)
        if shard is None:
            fresh = {"pk": place[0], "sk": place[1], "publications": publications, "n": 0, "changes": 0}
            parts.append(table.put(fresh, "attribute_not_exists(pk)"))
        else:
            values = {":changes": shard["changes"]}
            update = Update(place, {"publications": publications}, {}, (), "changes = :changes", None, values)
            parts.append(table.update(update))
    return parts


def end(table: Table, key: Key) -> int:
    """Ended first: nothing is published from what is left meanwhile."""
    set_head(table, key, {"ended": True})
    return surveys.erase_rows(table, key)
