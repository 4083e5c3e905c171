"""Owns removing comments in DynamoDB: deleted, or replaced by a placeholder where there are answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from widgets.store.conversations import emptied, taken_down
from widgets.store.desk_records import AuditEntry
from widgets.store.dynamodb import beside, names, watches
from widgets.store.dynamodb.desk import any_row, appended, new_row
from widgets.store.dynamodb.items import (
    comment_from,
    comment_item,
    comment_key,
    place_key,
    pointer_key,
    stat_key,
)
from widgets.store.dynamodb.lookup import read_item
from widgets.store.dynamodb.table import TAKEDOWN, Lost, Table, TryAgain, Update
from widgets.store.interface import Trace
from widgets.store.records import Comment, Gone


def remove(
    table: Table,
    id_: str,
    author: str | None,
    audit: AuditEntry | None = None,
    trace: Trace | None = None,
) -> bool:
    lost = False

    def attempt() -> bool:
        nonlocal lost
        item = read_item(table, id_)
        before = comment_from(item) if item else None
        if lost and (before is None or before.state == "withdrawn"):
            return before is not None  # our own write, whose answer was lost
        if (
            item is None
            or before is None
            or before.state == "withdrawn"
            or author not in (None, before.author)
        ):
            raise Gone
        stays, answers = _answered(table, before)
        try:
            parts = _removal(table, before, item, stays, answers)
            parts += beside.erased(table, id_)
            parts += watches.erased(table, id_)
            parts += appended(table, audit) if audit else []
            parts += [table.update(TAKEDOWN)] if taken_down(before, None) else []
            freed, last = names.released(table, before)
            parts += freed
            if trace is not None:
                parts += [table_row for row in trace.rows for table_row in new_row(table, row)]
                parts += [table_row for row in trace.names if last for table_row in any_row(table, row)]
            table.transact(parts)
        except Lost:
            lost = True
            raise
        if not stays and before.parent:
            _tidy(table, before.parent)
        return stays

    return table.try_again(attempt, "The comment met too many conflicting writes.")


def _removal(
    table: Table, before: Comment, item: dict[str, Any], stays: bool, answers: int
) -> list[dict[str, Any]]:
    first = before.id == before.root
    seen = int(before.visible)
    guard = "revision = :revision AND live = :live AND answers = :answers"
    bound = {"revision": before.revision, "live": before.live, "answers": item["answers"]}
    if stays:
        empty = emptied(before)
        empty = replace(empty, live=before.live - seen) if first else empty
        parts = [table.put(comment_item(empty, item["answers"]), guard, **bound)]
    else:
        parts = [table.delete(comment_key(before), guard, **bound), table.delete(pointer_key(before.id))]
    if not first and (seen or not stays):
        steps = {"live": -seen, "answers": 0 if stays else -1}
        moved = {name: n for name, n in steps.items() if n}
        parts.append(table.update(_at_root(before, moved, None if stays else answers)))
    if seen:
        parts.append(table.update(Update(stat_key(before.thread), {}, {"shown": -1})))
    return parts


def _at_root(comment: Comment, moved: dict[str, int], answers: int | None) -> Update:
    """`answers`: the conversation's count when this comment was seen to have none; the condition fails if it changed
    since, as a new answer may be to this comment."""
    root = place_key(comment.thread, comment.root, comment.root)
    if answers is None:
        return Update(root, {}, moved, condition="attribute_exists(pk)")
    return Update(root, {}, moved, condition="answers = :seen", values={":seen": answers})


def conversation(table: Table, thread: str, root: str) -> Iterator[dict[str, Any]]:
    pk, prefix = place_key(thread, root, root)
    condition = "pk = :pk AND begins_with(sk, :prefix)"
    return table.query(condition, {":pk": pk, ":prefix": prefix}, ConsistentRead=True)


def _answered(table: Table, comment: Comment) -> tuple[bool, int]:
    """Whether it was answered, and how many answers its conversation had when it was looked at: the root,
    which counts them, is read first."""
    rows = list(conversation(table, comment.thread, comment.root))
    answers = rows[0]["answers"] if rows else 0
    return any(row.get("parent") == comment.id for row in rows), answers


def _tidy(table: Table, id_: str) -> None:
    """Delete placeholders without answers. They are not shown, so a crash before this is harmless."""
    place: str | None = id_
    while place:
        item = read_item(table, place)
        empty = comment_from(item) if item else None
        if item is None or empty is None or empty.state != "withdrawn":
            return
        answered, answers = _answered(table, empty)
        if answered:
            return
        guard = {"revision": empty.revision, "answers": item["answers"]}
        parts = [
            table.delete(comment_key(empty), "revision = :revision AND answers = :answers", **guard),
            table.delete(pointer_key(empty.id)),
        ]
        if empty.id != empty.root:
            parts.append(table.update(_at_root(empty, {"answers": -1}, answers)))
        try:
            table.transact(parts)
        except TryAgain:
            return
        place = empty.parent
