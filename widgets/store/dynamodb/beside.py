"""Owns rows that go with a comment, story or question in DynamoDB: written on condition that it is there, erased in its own
transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from widgets.store.desk_records import BESIDE, AuditEntry, DeskRow
from widgets.store.dynamodb import desk
from widgets.store.dynamodb.items import comment_key
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table
from widgets.store.records import Comment, Conflict, Gone
from widgets.store.voices import VOICE_ID


def keep(table: Table, row: DeskRow, audit: AuditEntry | None) -> DeskRow:
    there = _demand(table, row.id)
    kept, part = desk.kept(table, row)
    parts = [part, there, *(desk.appended(table, audit) if audit else ())]
    try:
        table.transact(parts)
    except ConditionFailed:
        _demand(table, row.id)
        raise Conflict from None
    except Lost:
        if desk.read_row(table, row.kind, row.id) != kept:
            raise
    return kept


def _demand(table: Table, id_: str) -> dict[str, Any]:
    """The part of a transaction that demands it. Raises Gone."""
    if VOICE_ID.fullmatch(id_):
        if table.get(*voice_key(id_)) is None:
            raise Gone
        return table.demand(voice_key(id_), "attribute_exists(pk)")
    comment = read_comment(table, id_)
    if comment is None or comment.state == "withdrawn":
        raise Gone
    return _there(table, comment)


def voice_key(id_: str) -> tuple[str, str]:
    """Where the words of a story or question lie."""
    return f"STORY#{id_}", "-"


def _there(table: Table, comment: Comment) -> dict[str, Any]:
    demand = table.demand(comment_key(comment), "attribute_exists(pk) AND #state <> :gone", gone="withdrawn")
    demand["ConditionCheck"]["ExpressionAttributeNames"] = {"#state": "state"}
    return demand


def read(table: Table, kind: str, ids: Sequence[str]) -> dict[str, DeskRow]:
    if not ids:
        return {}
    found = table.get_many([desk.row_key(kind, id_) for id_ in ids])
    return {item["sk"]: desk.row_from(kind, item) for item in found.values()}


def erased(table: Table, id_: str) -> list[dict[str, Any]]:
    """The parts of a transaction that erase them, whether they are there or not: one that is being written at this moment
    is either erased too, or refused."""
    return [table.delete(desk.row_key(kind, id_)) for kind in BESIDE]
