"""Owns what the desk keeps in DynamoDB: rows by kind, the append-only audit log, and searches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final

from botocore.exceptions import ClientError

from widgets.store.desk_records import MOST_SEARCHED, AuditAsk, AuditEntry, DeskRow, Find, holds
from widgets.store.dynamodb.items import comment_from, place_key
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table, TryAgain, Update, key_of
from widgets.store.records import Comment, Conflict

_AUDIT: Final = "AUDIT"
_AUDIT_FIELDS: Final = ("id", "time", "actor", "action", "comment", "reason", "batch")


def row_key(kind: str, id_: str) -> tuple[str, str]:
    return f"K#{kind}", id_


def read_row(table: Table, kind: str, id_: str) -> DeskRow | None:
    item = table.get(*row_key(kind, id_))
    return row_from(kind, item) if item else None


def read_rows(table: Table, kind: str) -> list[DeskRow]:
    items = table.query("pk = :pk", {":pk": f"K#{kind}"}, ConsistentRead=True)
    return [row_from(kind, item) for item in items]


def row_from(kind: str, item: dict[str, Any]) -> DeskRow:
    return DeskRow(kind, item["sk"], json.loads(item["value"]), item.get("ttl"), item["revision"])


def keep(table: Table, row: DeskRow) -> DeskRow:
    after, part = kept(table, row)
    try:
        table.transact([part])
    except ConditionFailed:
        raise Conflict from None
    except Lost:
        if read_row(table, row.kind, row.id) != after:
            raise
    return after


def kept(table: Table, row: DeskRow) -> tuple[DeskRow, dict[str, Any]]:
    """The row as it will be, and the part of a transaction that writes it, on condition that it is the one that was read."""
    after = DeskRow(row.kind, row.id, row.value, row.expires, row.revision + 1)
    value = json.dumps(dict(row.value), ensure_ascii=False)
    update = Update(
        row_key(row.kind, row.id),
        {"value": value, "revision": after.revision, **({"ttl": row.expires} if row.expires else {})},
        {},
        () if row.expires else ("ttl",),
        condition="revision = :seen" if row.revision else "attribute_not_exists(pk)",
        values={":seen": row.revision} if row.revision else {},
    )
    return after, table.update(update)


def new_row(table: Table, row: DeskRow) -> list[dict[str, Any]]:
    """The part of a transaction that writes a row of which there is none yet."""
    return [table.put(_item(row), "attribute_not_exists(pk)")]


def any_row(table: Table, row: DeskRow) -> list[dict[str, Any]]:
    """The part of a transaction that writes a row, whether there is one or not."""
    return [table.put(_item(row))]


def _item(row: DeskRow) -> dict[str, Any]:
    pk, sk = row_key(row.kind, row.id)
    value = json.dumps(dict(row.value), ensure_ascii=False)
    return {"pk": pk, "sk": sk, "value": value, "revision": 1, "ttl": row.expires}


def drop(table: Table, kind: str, id_: str) -> bool:
    try:
        table.call(
            "delete_item",
            TableName=table.name,
            Key=key_of(*row_key(kind, id_)),
            ConditionExpression="attribute_exists(pk)",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            return False
        raise
    return True


def appended(table: Table, entry: AuditEntry) -> list[dict[str, Any]]:
    """The parts of a transaction that write an entry, by time and by comment: only ever a new one."""
    item: dict[str, Any] = {name: getattr(entry, name) for name in _AUDIT_FIELDS}
    item |= {"condition": entry.condition} if entry.condition else {}
    item |= {"before": json.dumps(dict(entry.before)), "after": json.dumps(dict(entry.after))}
    # `id` would put an entry into the index of authors' comments, were it not for the missing author.
    places = [_AUDIT, f"{_AUDIT}#{entry.comment}"] if entry.comment else [_AUDIT]
    return [table.put({"pk": place, "sk": entry.id, **item}, "attribute_not_exists(pk)") for place in places]


def append(table: Table, entry: AuditEntry) -> None:
    try:
        table.transact(appended(table, entry))
    except ConditionFailed:
        raise Conflict from None
    except Lost:
        item = table.get(_AUDIT, entry.id)
        if item is None or _entry(item) != entry:
            raise


def _entry(item: dict[str, Any]) -> AuditEntry:
    fields = {name: item[name] for name in _AUDIT_FIELDS}
    before, after = json.loads(item["before"]), json.loads(item["after"])
    return AuditEntry(**fields, before=before, after=after, condition=item.get("condition", ""))


def read_audit(table: Table, ask: AuditAsk) -> list[AuditEntry]:
    condition, values = "pk = :pk", {":pk": f"{_AUDIT}#{ask.comment}" if ask.comment else _AUDIT}
    if ask.before is not None:
        condition, values = f"{condition} AND sk < :before", {**values, ":before": ask.before}
    filters, bound = of_conditions(ask.conditions)
    items = table.query(
        condition, {**values, **bound}, ScanIndexForward=False, ConsistentRead=True, **filters
    )
    found: list[AuditEntry] = []
    for entry in map(_entry, items):
        if entry.time < ask.since or len(found) == ask.limit:
            break
        if ask.batch in (None, entry.batch):
            found.append(entry)
    return found


def of_conditions(conditions: Sequence[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The filter that lets items of these conditions through, and its values; nothing where none is named."""
    bound = {f":condition{number}": condition for number, condition in enumerate(conditions)}
    if not bound:
        return {}, {}
    filters = {
        "FilterExpression": f"#condition IN ({', '.join(bound)})",
        "ExpressionAttributeNames": {"#condition": "condition"},  # a reserved word
    }
    return filters, bound


def read_conversation(table: Table, thread: str, root: str) -> list[Comment]:
    pk, prefix = place_key(thread, root, root)
    condition = "pk = :pk AND begins_with(sk, :prefix)"
    items = table.query(condition, {":pk": pk, ":prefix": prefix}, ConsistentRead=True)
    return sorted(map(comment_from, items), key=lambda comment: comment.id)


def _comments(table: Table, conditions: Sequence[str]) -> Iterator[Comment]:
    """Every comment that has an author, from the index that holds them alone, up to a bound."""
    filters, bound = of_conditions(conditions)
    return map(comment_from, islice(table.scan("author", bound, **filters), MOST_SEARCHED))


def find(table: Table, wanted: Find) -> list[Comment]:
    """Row by row up to a bound: there is no index of words."""
    found = [
        comment
        for comment in _comments(table, wanted.conditions)
        if wanted.thread in (None, comment.thread)
        and holds(wanted.words, comment.text, comment.pseudonym, comment.thread)
    ]
    return sorted(found, key=lambda comment: comment.id, reverse=True)[: wanted.limit]


def read_unanswered(table: Table, since: int, limit: int, conditions: Sequence[str]) -> list[Comment]:
    found = [
        comment
        for comment in _comments(table, conditions)
        if comment.parent is None and comment.live == 1 and comment.role is None
        if comment.visible and comment.created >= since
    ]
    return sorted(found, key=lambda comment: (comment.created, comment.id))[:limit]


def read_approved(table: Table, condition: str, limit: int) -> list[Comment]:
    found = [
        comment
        for comment in _comments(table, (condition,))
        if comment.state == "published"
        if comment.decided is not None and not comment.queued
    ]
    return sorted(found, key=lambda comment: comment.id, reverse=True)[:limit]


def purge_bursts(table: Table, before: int) -> None:
    """Of what is queued: a decision has taken the number from the others."""
    for item in table.query("qp = :q", {":q": "Q"}, IndexName="queue"):
        if "burst" not in item or item["created"] >= before:
            continue
        update = Update((item["pk"], item["sk"]), {}, {}, ("burst",), condition="attribute_exists(pk)")
        with suppress(TryAgain):  # the next purge does it
            table.transact([table.update(update)])


def read_rejected(table: Table, before: int, limit: int) -> list[Comment]:
    values = {":r": "R", ":before": f"{before:012d}"}
    items = table.query("qp = :r AND qs < :before", values, IndexName="queue", Limit=limit)
    return [comment_from(item) for item in islice(items, limit)]
