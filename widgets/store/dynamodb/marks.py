"""Owns reactions and flags in DynamoDB: a person's row, and counts on the comment or in the page's shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.items import comment_key, flag_attribute, queue_place, reaction_attribute
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.table import Table, TryAgain, Update
from widgets.store.dynamodb.votes import SHARDS, shard_of
from widgets.store.records import (
    FLAG_DAYS,
    Busy,
    Comment,
    Gone,
    Mark,
    MarkChange,
    Marked,
    MarkKind,
    Once,
    PersonMarks,
    TooManyMarks,
    marks_from,
    marks_text,
)

_TRIES: Final = 10
_PARTITIONS: Final = "0123456789abcdef"


def _row_key(kind: str, thread: str, person: str) -> tuple[str, str]:
    return f"M#{kind}#{thread}#{person[:1]}", person


def page_key(thread: str, shard: int) -> tuple[str, str]:
    return f"R#{thread}#{shard}", "-"


def mark(table: Table, change: MarkChange, once: Once | None) -> Marked:
    on = change.on
    for attempt in range(_TRIES):
        row = table.get(*_row_key(change.kind, change.thread, change.person))
        own = marks_from(row["marks"]) if row else frozenset()
        if intents.earlier(table, once) is not None:
            return Marked(own, _counts(table, change), True)
        if on is None:
            on = change.mark not in own  # decided once: after a lost answer the press must not turn it back
        after = own | {change.mark} if on else own - {change.mark}
        if len(after) > max(change.most, len(own)):
            raise TooManyMarks
        parts = intents.remember(table, once, "")
        if after != own:
            step = 1 if on else -1
            parts += _row(table, change.kind, change.thread, change.person, row, after, change.day)
            parts += _count(table, change.thread, change.person, change.mark, step)
        try:
            if parts:
                table.transact(parts)
        except TryAgain:
            table.pause(attempt)
            continue
        return Marked(after, _counts(table, change), False)
    raise Busy("The reaction stays in the way of others.")


def flag(table: Table, change: MarkChange, urgency: int) -> None:
    for attempt in range(_TRIES):
        row = table.get(*_row_key(change.kind, change.thread, change.person))
        own = marks_from(row["marks"]) if row else frozenset()
        comment = read_comment(table, change.mark.target)
        if comment is None or not comment.visible:
            raise Gone
        if any(mark_.target == comment.id for mark_ in own):
            return
        if len(own) >= change.most:
            raise TooManyMarks
        parts = _row(table, change.kind, change.thread, change.person, row, own | {change.mark}, change.day)
        waits = replace(comment, urgency=max(comment.urgency, urgency), queued=True)
        update = Update(
            comment_key(comment),
            {"urgency": waits.urgency, "queued": True, **queue_place(waits)},
            {flag_attribute(change.mark.key): 1, "revision": 1},
            condition="revision = :revision",
            values={":revision": comment.revision},
        )
        try:
            table.transact([*parts, table.update(update)])
            return
        except TryAgain:
            table.pause(attempt)
    raise Busy("The flag stays in the way of others.")


def erase(table: Table, kind: MarkKind, thread: str, person: str) -> int:
    """Mark by mark, so that any number fits into transactions; a crash in between leaves less to erase."""
    erased = failed = 0
    while failed < _TRIES:
        row = table.get(*_row_key(kind, thread, person))
        if row is None:
            return erased
        own = marks_from(row["marks"])
        taken = sorted(own, key=lambda mark_: (mark_.target, mark_.key))[:1]
        if kind == "flag":
            taken = list(own)
        parts = _row(table, kind, thread, person, row, own - set(taken), row["day"])
        if kind == "reaction":
            for mark_ in taken:
                parts += _count(table, thread, person, mark_, -1)
        try:
            table.transact(parts)
            erased += len(taken)
        except TryAgain:
            table.pause(failed)
            failed += 1
    raise Busy("The reactions stay in the way of others.")


def read_marks(table: Table, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
    found = table.get_many([_row_key(kind, *key) for key in keys])
    rows = ((key, found.get(_row_key(kind, *key))) for key in keys)
    return [PersonMarks(*key, marks_from(row["marks"])) for key, row in rows if row]


def recount(table: Table, thread: str) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for first in _PARTITIONS:
        for row in table.query("pk = :pk", {":pk": f"M#reaction#{thread}#{first}"}, ConsistentRead=True):
            counts.update((mark_.target, mark_.key) for mark_ in marks_from(row["marks"]))
    return dict(counts)


def _row(
    table: Table,
    kind: str,
    thread: str,
    person: str,
    row: dict[str, Any] | None,
    after: frozenset[Mark],
    day: str,
) -> list[dict[str, Any]]:
    pk, sk = _row_key(kind, thread, person)
    guard = "marks = :before" if row else "attribute_not_exists(pk)"
    bound = {"before": row["marks"]} if row else {}
    if not after:
        return [table.delete((pk, sk), guard, **bound)]
    item: dict[str, Any] = {"pk": pk, "sk": sk, "marks": marks_text(after), "day": day}
    if kind == "flag":
        item["ttl"] = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + FLAG_DAYS * 86_400
    return [table.put(item, guard, **bound)]


def _count(table: Table, thread: str, person: str, mark_: Mark, step: int) -> list[dict[str, Any]]:
    cell = reaction_attribute(mark_.key)
    if not mark_.target:
        return [table.update(Update(page_key(thread, shard_of(person)), {}, {cell: step}))]
    comment = read_comment(table, mark_.target)
    if step > 0 and (comment is None or not comment.visible):
        raise Gone
    if comment is None or comment.state == "withdrawn":
        return []
    update = Update(
        comment_key(comment),
        {},
        {cell: step, "reacted": step},
        condition="#state = :state",
        names={"#state": "state"},
        values={":state": comment.state},
    )
    return [table.update(update)]


def _counts(table: Table, change: MarkChange) -> dict[str, int]:
    if change.mark.target:
        comment: Comment | None = read_comment(table, change.mark.target)
        return dict(comment.reactions) if comment else {}
    keys = [page_key(change.thread, shard) for shard in range(SHARDS)]
    return page_counts(table.get_many(keys).values())


def page_counts(shards: Any) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for shard in shards:
        counts.update({name.removeprefix("r#"): n for name, n in shard.items() if name.startswith("r#")})
    return {key: n for key, n in counts.items() if n > 0}
