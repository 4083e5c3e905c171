"""Owns who asked to be told of answers, in DynamoDB: an item for each watcher with the posts that it watches, and one for
each post, by which the post's own erasure finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from widgets.store.dynamodb.items import comment_key
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.survey_store import Run
from widgets.store.dynamodb.table import Table, key_of
from widgets.store.records import Gone
from widgets.store.voices import VOICE_ID

Part = dict[str, Any]


class DynamoNews:
    """Implements `NewsStore` on the store's table."""

    def __init__(self, table: Table, run: Run) -> None:
        self._table = table
        self._run = run

    async def watch(self, watcher: str, thing: str) -> None:
        await self._run(lambda: keep(self._table, watcher, thing))

    async def watched(self, watchers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return await self._run(lambda: read(self._table, watchers))

    async def unwatch(self, watchers: Sequence[str]) -> int:
        def run() -> int:
            things = [thing for found in read(self._table, watchers).values() for thing in found]
            for thing in things:
                forget(self._table, thing)
            return len(things)

        return await self._run(run)

    async def forget(self, thing: str) -> None:
        await self._run(lambda: forget(self._table, thing))


def _watcher_key(watcher: str) -> tuple[str, str]:
    return f"WATCHER#{watcher}", "-"


def _thing_key(thing: str) -> tuple[str, str]:
    return f"WATCHED#{thing}", "-"


def keep(table: Table, watcher: str, thing: str) -> None:
    """On condition that the post is there. A retry finds its own rows and changes nothing."""

    def attempt() -> None:
        there = _there(table, thing)
        item = table.get(*_thing_key(thing))
        if item is not None and item["watcher"] == watcher:
            return
        if item is not None:
            forget(table, thing)
        pk, sk = _thing_key(thing)
        pointer = table.put({"pk": pk, "sk": sk, "watcher": watcher}, "attribute_not_exists(pk)")
        table.transact([there, pointer, _change(table, watcher, "ADD", thing)])

    table.try_again(attempt, "The tick met too many conflicting writes.")


def _there(table: Table, thing: str) -> Part:
    """The condition that a post is there. Raises Gone."""
    if VOICE_ID.fullmatch(thing):
        key = (f"STORY#{thing}", "-")
        if table.get(*key) is None:
            raise Gone
        return table.demand(key, "attribute_exists(pk)")
    comment = read_comment(table, thing)
    if comment is None or comment.state == "withdrawn":
        raise Gone
    demand = table.demand(comment_key(comment), "attribute_exists(pk) AND #state <> :gone", gone="withdrawn")
    demand["ConditionCheck"]["ExpressionAttributeNames"] = {"#state": "state"}
    return demand


def _change(table: Table, watcher: str, verb: str, thing: str, condition: str = "") -> Part:
    """A set of strings is changed without being read."""
    request: Part = {
        "TableName": table.name,
        "Key": key_of(*_watcher_key(watcher)),
        "UpdateExpression": f"{verb} things :thing",
        "ExpressionAttributeValues": {":thing": {"SS": [thing]}},
    }
    return {"Update": {**request, **({"ConditionExpression": condition} if condition else {})}}


def read(table: Table, watchers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = table.get_many([_watcher_key(watcher) for watcher in watchers])
    things = {watcher: found.get(_watcher_key(watcher), {}).get("things", ()) for watcher in watchers}
    return {watcher: tuple(sorted(some)) for watcher, some in things.items() if some}


def forget(table: Table, thing: str) -> None:
    table.try_again(
        lambda: table.transact(erased(table, thing)), "The erasure met too many conflicting writes."
    )


def erased(table: Table, thing: str) -> list[Part]:
    """The parts of a transaction that erase who watches the post, on condition that it is who was read. A watcher of nothing
    else goes too."""
    item = table.get(*_thing_key(thing))
    if item is None:
        return [table.demand(_thing_key(thing), "attribute_not_exists(pk)")]
    watcher = item["watcher"]
    pointer = table.delete(_thing_key(thing), "watcher = :watcher", watcher=watcher)
    if read(table, [watcher]).get(watcher) == (thing,):
        delete: Part = {
            "TableName": table.name,
            "Key": key_of(*_watcher_key(watcher)),
            "ConditionExpression": "things = :thing",
            "ExpressionAttributeValues": {":thing": {"SS": [thing]}},
        }
        return [pointer, {"Delete": delete}]
    # One of several, so that no item without any is left.
    return [pointer, _change(table, watcher, "DELETE", thing, "things <> :thing")]
