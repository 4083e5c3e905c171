"""Owns comments in DynamoDB as they are written: each change one transaction over comment, root, counts and
name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from widgets.store.calls import Call
from widgets.store.conversations import taken_down
from widgets.store.desk_records import AuditEntry
from widgets.store.dynamodb import names, outbox
from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.desk import appended, new_row
from widgets.store.dynamodb.items import (
    comment_from,
    comment_item,
    comment_key,
    fields_item,
    flag_attribute,
    flags_bound,
    flags_guard,
    place_key,
    pointer_key,
    queue_place,
    stat_key,
)
from widgets.store.dynamodb.lookup import read_comment, read_item
from widgets.store.dynamodb.table import TAKEDOWN, ConditionFailed, Lost, Table, Update
from widgets.store.interface import CommentChange
from widgets.store.records import (
    MOST_ANSWERS,
    VISIBLE,
    Added,
    Comment,
    Conflict,
    Gone,
    Once,
    ParentGone,
    ThreadFull,
)

_TRIES: Final = 5
_VISIBLE: Final = " OR ".join(f"#state = :state{n}" for n in range(len(VISIBLE)))
_VISIBLE_VALUES: Final = {f":state{n}": state for n, state in enumerate(sorted(VISIBLE))}


def read_earlier(table: Table, once: Once) -> Comment | None:
    before = intents.earlier(table, once)
    if before is None:
        return None
    existing = read_comment(table, before)
    if existing is None or existing.state == "withdrawn":
        raise Gone
    return existing


def add(
    table: Table,
    comment: Comment,
    once: Once | None,
    audit: AuditEntry | None = None,
    call: Call | None = None,
) -> Added:
    def attempt() -> Added:
        if once is not None and (existing := read_earlier(table, once)) is not None:
            return Added(existing, True)
        mine = read_comment(table, comment.id)
        if mine is not None:
            return Added(mine, False)  # our own write, whose answer was lost
        _demand_room(table, comment)
        seen = int(comment.visible)
        first = comment.id == comment.root
        parts = [
            table.put(_pointer(comment), "attribute_not_exists(pk)"),
            table.put(comment_item(replace(comment, live=seen if first else 0), 0)),
            *names.claimed(table, comment),
            *intents.remember(table, once, comment.id),
            *(appended(table, audit) if audit else ()),
            *(outbox.kept(table, call) if call else ()),
        ]
        if not first:
            parts += _join(table, comment, seen)
        if seen:
            parts.append(table.update(Update(stat_key(comment.thread), {}, {"shown": seen})))
        table.transact(parts)
        return Added(read_comment(table, comment.id) or comment, False)

    return table.try_again(attempt, "The comment met too many conflicting writes.")


def _pointer(comment: Comment) -> dict[str, Any]:
    pk, sk = pointer_key(comment.id)
    return {"pk": pk, "sk": sk, "thread": comment.thread, "root": comment.root}


def _demand_room(table: Table, comment: Comment) -> None:
    if comment.parent is None:
        return
    parent = read_comment(table, comment.parent)
    if parent is None or not parent.visible or (parent.thread, parent.root) != (comment.thread, comment.root):
        raise ParentGone
    root = table.get(*place_key(comment.thread, comment.root, comment.root))
    if root is None or root["answers"] >= MOST_ANSWERS:
        raise ThreadFull


def _join(table: Table, comment: Comment, seen: int) -> list[dict[str, Any]]:
    """Add to the root's counts, on condition that the answered comment is still visible."""
    answers_root = comment.parent == comment.root
    update = Update(
        place_key(comment.thread, comment.root, comment.root),
        {},
        {"live": seen, "answers": 1},
        condition=f"answers < :most AND ({_VISIBLE})" if answers_root else "answers < :most",
        names={"#state": "state"} if answers_root else {},
        values={":most": MOST_ANSWERS, **(_VISIBLE_VALUES if answers_root else {})},
    )
    parts = [table.update(update)]
    if not answers_root:
        key = place_key(comment.thread, comment.root, comment.parent or "")
        demand = table.demand(key, _VISIBLE, **{name[1:]: value for name, value in _VISIBLE_VALUES.items()})
        demand["ConditionCheck"]["ExpressionAttributeNames"] = {"#state": "state"}
        parts.append(demand)
    return parts


def change(table: Table, wanted: CommentChange) -> Comment:
    """Tried again where nothing but a flag came in between."""
    for attempt in range(_TRIES):
        if wanted.once is not None and (existing := read_earlier(table, wanted.once)) is not None:
            return existing
        item = read_item(table, wanted.id)
        before = comment_from(item) if item else None
        if item is None or before is None or before.state == "withdrawn":
            raise Gone
        if before.revision != wanted.revision:
            raise Conflict
        try:
            return _change(table, wanted, before, item.get("flagged"))
        except ConditionFailed:
            table.pause(attempt)
    raise Conflict


def _change(table: Table, wanted: CommentChange, before: Comment, flagged: int | None) -> Comment:
    """Raises ConditionFailed where the comment, or the number of its flags, has changed since it was read."""
    after = wanted.applied_to(before)
    step = int(after.visible) - int(before.visible)
    first = before.id == before.root
    item = fields_item({**wanted.fields, "revision": after.revision})
    item |= {"queued": after.queued, "urgency": after.urgency, **queue_place(after)}
    if item.pop("flags", None) is not None:
        item |= {flag_attribute(key): after.flags.get(key) for key in {*before.flags, *after.flags}}
    update = Update(
        comment_key(before),
        {name: value for name, value in item.items() if value is not None},
        {"live": step} if first and step else {},
        tuple(name for name, value in item.items() if value is None),
        condition=f"revision = :seen AND {flags_guard(flagged)}",
        values={":seen": before.revision, **flags_bound(flagged)},
    )
    parts = [table.update(update), *_visible_step(table, before, step, at_root=not first)]
    if taken_down(before, after):
        parts.append(table.update(TAKEDOWN))
    parts += intents.remember(table, wanted.once, after.id)
    parts += names.settled(table, after, after.visible and not before.visible, wanted.approve_name)
    for row in wanted.rows:
        parts += new_row(table, row)
    if wanted.audit is not None:
        parts += appended(table, wanted.audit)
    if wanted.call is not None:
        parts += outbox.kept(table, wanted.call)
    try:
        table.transact(parts)
    except Lost:
        now = read_comment(table, after.id)
        if now is None or any(getattr(now, name) != value for name, value in wanted.fields.items()):
            raise Conflict from None
    return read_comment(table, after.id) or after


def _visible_step(table: Table, comment: Comment, step: int, *, at_root: bool) -> list[dict[str, Any]]:
    if not step:
        return []
    parts = [table.update(Update(stat_key(comment.thread), {}, {"shown": step}))]
    if at_root:
        root = place_key(comment.thread, comment.root, comment.root)
        parts.append(table.update(Update(root, {}, {"live": step}, condition="attribute_exists(pk)")))
    return parts
