"""Owns rows that go with a comment in DynamoDB: written on condition that it is there, erased in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from widgets.store.desk_records import BESIDE, AuditEntry, DeskRow
from widgets.store.dynamodb import desk
from widgets.store.dynamodb.items import comment_key
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table
from widgets.store.records import Comment, Conflict, Gone


def keep(table: Table, row: DeskRow, audit: AuditEntry | None) -> DeskRow:
    comment = _demand(table, row.id)
    kept, part = desk.kept(table, row)
    parts = [part, _there(table, comment), *(desk.appended(table, audit) if audit else ())]
    try:
        table.transact(parts)
    except ConditionFailed:
        _demand(table, row.id)
        raise Conflict from None
    except Lost:
        if desk.read_row(table, row.kind, row.id) != kept:
            raise
    return kept


def _demand(table: Table, id_: str) -> Comment:
    comment = read_comment(table, id_)
    if comment is None or comment.state == "withdrawn":
        raise Gone
    return comment


def _there(table: Table, comment: Comment) -> dict[str, Any]:
    demand = table.demand(comment_key(comment), "attribute_exists(pk) AND #state <> :gone", gone="withdrawn")
    demand["ConditionCheck"]["ExpressionAttributeNames"] = {"#state": "state"}
    return demand


def read(table: Table, kind: str, comments: Sequence[str]) -> dict[str, DeskRow]:
    if not comments:
        return {}
    found = table.get_many([desk.row_key(kind, comment) for comment in comments])
    return {item["sk"]: desk.row_from(kind, item) for item in found.values()}


def erased(table: Table, comment: str) -> list[dict[str, Any]]:
    """The parts of a transaction that erase them, whether they are there or not: one that is being written at this moment
    is either erased too, or refused."""
    return [table.delete(desk.row_key(kind, comment)) for kind in BESIDE]
