"""Owns comments in DynamoDB as they are written: each change one transaction over comment, root, counts and
name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

from widgets.store.conversations import emptied
from widgets.store.desk_records import AuditEntry
from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.desk import appended
from widgets.store.dynamodb.items import (
    comment_from,
    comment_item,
    comment_key,
    fields_item,
    flag_attribute,
    name_key,
    place_key,
    pointer_key,
    queue_place,
    stat_key,
)
from widgets.store.dynamodb.lookup import read_comment, read_item
from widgets.store.dynamodb.table import ConditionFailed, Lost, Table, TryAgain, Update
from widgets.store.interface import CommentChange
from widgets.store.records import (
    MOST_ANSWERS,
    VISIBLE,
    Added,
    Busy,
    Comment,
    Conflict,
    Gone,
    NameTaken,
    Once,
    ParentGone,
    ThreadFull,
)

T = TypeVar("T")
_TRIES: Final = 10
_VISIBLE: Final = " OR ".join(f"#state = :state{n}" for n in range(len(VISIBLE)))
_VISIBLE_VALUES: Final = {f":state{n}": state for n, state in enumerate(sorted(VISIBLE))}


def _tried(table: Table, attempt: Callable[[], T]) -> T:
    for number in range(_TRIES):
        try:
            return attempt()
        except TryAgain:
            table.pause(number)
    raise Busy("The comment stays in the way of others.")


def read_earlier(table: Table, once: Once) -> Comment | None:
    before = intents.earlier(table, once)
    if before is None:
        return None
    existing = read_comment(table, before)
    if existing is None or existing.state == "withdrawn":
        raise Gone
    return existing


def add(table: Table, comment: Comment, once: Once | None, audit: AuditEntry | None = None) -> Added:
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
            *_claim(table, comment),
            *intents.remember(table, once, comment.id),
            *(appended(table, audit) if audit else ()),
        ]
        if not first:
            parts += _join(table, comment, seen)
        if seen:
            parts.append(table.update(Update(stat_key(comment.thread), {}, {"shown": seen})))
        table.transact(parts)
        return Added(read_comment(table, comment.id) or comment, False)

    return _tried(table, attempt)


def _pointer(comment: Comment) -> dict[str, Any]:
    pk, sk = pointer_key(comment.id)
    return {"pk": pk, "sk": sk, "thread": comment.thread, "root": comment.root}


def _demand_room(table: Table, comment: Comment) -> None:
    held = table.get(*name_key(comment.condition, comment.skeleton))
    if held is not None and held["holder"] != comment.author:
        raise NameTaken
    if comment.parent is None:
        return
    parent = read_comment(table, comment.parent)
    if parent is None or not parent.visible or (parent.thread, parent.root) != (comment.thread, comment.root):
        raise ParentGone
    root = table.get(*place_key(comment.thread, comment.root, comment.root))
    if root is None or root["answers"] >= MOST_ANSWERS:
        raise ThreadFull


def _claim(table: Table, comment: Comment) -> list[dict[str, Any]]:
    return [
        table.update(
            Update(
                name_key(comment.condition, comment.skeleton),
                {"holder": comment.author},
                {"uses": 1},
                condition="attribute_not_exists(holder) OR holder = :author",
                values={":author": comment.author},
            )
        )
    ]


def _join(table: Table, comment: Comment, seen: int) -> list[dict[str, Any]]:
    """Count in at the root, on condition that what is answered is still there to be seen."""
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
    before = read_comment(table, wanted.id)
    if before is None or before.state == "withdrawn":
        raise Gone
    if before.revision != wanted.revision:
        raise Conflict
    after = replace(before, revision=before.revision + 1, **wanted.fields)
    step = int(after.visible) - int(before.visible)
    first = before.id == before.root
    item = fields_item({**wanted.fields, "revision": after.revision})
    item |= queue_place(after)
    if item.pop("flags", None) is not None:
        item |= {flag_attribute(key): after.flags.get(key) for key in {*before.flags, *after.flags}}
    update = Update(
        comment_key(before),
        {name: value for name, value in item.items() if value is not None},
        {"live": step} if first and step else {},
        tuple(name for name, value in item.items() if value is None),
        condition="revision = :seen",
        values={":seen": before.revision},
    )
    parts = [table.update(update), *_visible_step(table, before, step, at_root=not first)]
    if wanted.approve_name is not None:
        key = name_key(before.condition, before.skeleton)
        approval = Update(key, {"approved": wanted.approve_name}, {}, condition="attribute_exists(pk)")
        parts.append(table.update(approval))
    if wanted.audit is not None:
        parts += appended(table, wanted.audit)
    try:
        table.transact(parts)
    except ConditionFailed:
        raise Conflict from None
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


def remove(table: Table, id_: str, author: str | None, audit: AuditEntry | None = None) -> bool:
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
            table.transact([*parts, *appended(table, audit)] if audit else parts)
        except Lost:
            lost = True
            raise
        if not stays and before.parent:
            _tidy(table, before.parent)
        return stays

    return _tried(table, attempt)


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
    return parts + _release(table, before)


def _at_root(comment: Comment, moved: dict[str, int], answers: int | None) -> Update:
    """`answers`: how many there were when this one was seen to have none; another since may be to this one."""
    root = place_key(comment.thread, comment.root, comment.root)
    if answers is None:
        return Update(root, {}, moved, condition="attribute_exists(pk)")
    return Update(root, {}, moved, condition="answers = :seen", values={":seen": answers})


def _release(table: Table, comment: Comment) -> list[dict[str, Any]]:
    key = name_key(comment.condition, comment.skeleton)
    held = table.get(*key)
    if held is None:
        return []
    if held["uses"] <= 1:
        return [table.delete(key, "uses = :uses", uses=held["uses"])]
    update = Update(key, {}, {"uses": -1}, condition="uses = :uses", values={":uses": held["uses"]})
    return [table.update(update)]


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
    """Take away empty places that nobody answers any more. They show nothing: a crash before this loses
    nothing."""
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
