"""Owns the outbox in DynamoDB: calls that wait to be sent, written with what they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from widgets.store.calls import Call, call_from, call_text
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table
from widgets.store.records import Conflict

_OUTBOX: Final = "OUTBOX"
KEPT_SECONDS: Final = 24 * 3_600  # TTL; the purge of SQLite deletes at the same age


def kept(table: Table, call: Call) -> list[dict[str, Any]]:
    """The parts of a transaction that write the call, on condition that it is the one that was read."""
    after = replace(call, revision=call.revision + 1)
    item = {
        **{"pk": _OUTBOX, "sk": call.id, "value": call_text(after), "revision": after.revision},
        "ttl": call.created + KEPT_SECONDS,
    }
    if call.revision == 0:
        return [table.put(item, "attribute_not_exists(pk)")]
    return [table.put(item, "revision = :seen", seen=call.revision)]


def keep(table: Table, call: Call) -> Call:
    after = replace(call, revision=call.revision + 1)
    try:
        table.transact(kept(table, call))
    except ConditionFailed:
        raise Conflict from None
    except Lost:
        if after not in read(table):
            raise
    return after


def read(table: Table) -> list[Call]:
    items = table.query("pk = :pk", {":pk": _OUTBOX}, ConsistentRead=True)
    calls = [call_from(item["value"], item["revision"]) for item in items]
    return sorted(calls, key=lambda call: (call.created, call.id))
