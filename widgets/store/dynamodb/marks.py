"""Owns marks (reactions, flags, later kinds of one tap) in DynamoDB: a row per person, and counts on the comment or
in the thread's shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from widgets.store.calls import Call
from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb import outbox
from widgets.store.dynamodb.items import (
    comment_from,
    comment_key,
    flag_attribute,
    flags_bound,
    flags_guard,
    queue_place,
    reaction_attribute,
)
from widgets.store.dynamodb.lookup import read_comment, read_item
from widgets.store.dynamodb.table import Table, TryAgain, Update
from widgets.store.dynamodb.votes import SHARDS, digits_of, shard_of
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
    cell_of,
    counts_of,
    marks_from,
    marks_text,
)

_TRIES: Final = 10
_PARTITIONS: Final = "0123456789abcdef"


class _Place(NamedTuple):
    """A person's row: the marks of one kind in one thread."""

    kind: MarkKind
    thread: str
    person: str


def _row_key(kind: str, thread: str, person: str) -> tuple[str, str]:
    return f"M#{kind}#{thread}#{digits_of(person)[:1]}", person


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
            place = _Place(change.kind, change.thread, change.person)
            parts += _row(table, place, row, after, change.day)
            parts += _count(table, place, change.mark, step)
        try:
            if parts:
                table.transact(parts)
        except TryAgain:
            table.pause(attempt)
            continue
        return Marked(after, _counts(table, change), False)
    raise Busy("The reaction met too many conflicting writes.")


def flag(table: Table, change: MarkChange, urgency: int, call: Call | None = None) -> None:
    for attempt in range(_TRIES):
        row = table.get(*_row_key(change.kind, change.thread, change.person))
        own = marks_from(row["marks"]) if row else frozenset()
        item = read_item(table, change.mark.target)
        comment = comment_from(item) if item else None
        if item is None or comment is None or not comment.visible:
            raise Gone
        if any(mark_.target == comment.id for mark_ in own):
            return
        if len(own) >= change.most:
            raise TooManyMarks
        place = _Place(change.kind, change.thread, change.person)
        parts = _row(table, place, row, own | {change.mark}, change.day)
        waits = replace(comment, urgency=max(comment.urgency, urgency), queued=True)
        update = Update(
            comment_key(comment),
            {"urgency": waits.urgency, "queued": True, **queue_place(waits)},
            {flag_attribute(change.mark.key): 1, "flagged": 1},
            condition=f"revision = :revision AND {flags_guard(item.get('flagged'))}",
            values={":revision": comment.revision, **flags_bound(item.get("flagged"))},
        )
        try:
            table.transact([*parts, table.update(update), *(outbox.kept(table, call) if call else ())])
            return
        except TryAgain:
            table.pause(attempt)
    raise Busy("The flag met too many conflicting writes.")


def erase(table: Table, kind: MarkKind, thread: str, person: str) -> int:
    """Mark by mark, so that any number fits into transactions; after a crash the next call erases the rest."""
    place = _Place(kind, thread, person)
    erased = failed = 0
    while failed < _TRIES:
        row = table.get(*_row_key(kind, thread, person))
        if row is None:
            return erased
        own = marks_from(row["marks"])
        taken = sorted(own, key=lambda mark_: (mark_.target, mark_.key))[:1]
        if kind == "flag":
            taken = list(own)
        parts = _row(table, place, row, own - set(taken), row["day"])
        if kind != "flag":  # how often a comment was flagged stays with it until a person decides
            for mark_ in taken:
                parts += _count(table, place, mark_, -1)
        try:
            table.transact(parts)
            erased += len(taken)
        except TryAgain:
            table.pause(failed)
            failed += 1
    raise Busy("The reactions met too many conflicting writes.")


def read_marks(table: Table, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
    found = table.get_many([_row_key(kind, *key) for key in keys])
    rows = ((key, found.get(_row_key(kind, *key))) for key in keys)
    return [PersonMarks(*key, marks_from(row["marks"])) for key, row in rows if row]


def recount(table: Table, kind: MarkKind, thread: str) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for first in _PARTITIONS:
        for row in table.query("pk = :pk", {":pk": f"M#{kind}#{thread}#{first}"}, ConsistentRead=True):
            counts.update((mark_.target, mark_.key) for mark_ in marks_from(row["marks"]))
    return dict(counts)


def _row(
    table: Table, place: _Place, row: dict[str, Any] | None, after: frozenset[Mark], day: str
) -> list[dict[str, Any]]:
    pk, sk = _row_key(*place)
    guard = "marks = :before" if row else "attribute_not_exists(pk)"
    bound = {"before": row["marks"]} if row else {}
    if not after:
        return [table.delete((pk, sk), guard, **bound)]
    item: dict[str, Any] = {"pk": pk, "sk": sk, "marks": marks_text(after), "day": day}
    if place.kind == "flag":
        item["ttl"] = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + FLAG_DAYS * 86_400
    return [table.put(item, guard, **bound)]


def _count(table: Table, place: _Place, mark_: Mark, step: int) -> list[dict[str, Any]]:
    cell = reaction_attribute(cell_of(place.kind, mark_.key))
    if not mark_.target:
        shard = page_key(place.thread, shard_of(place.person))
        return [table.update(Update(shard, {}, {cell: step}))]
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
    return thread_counts(table, change.kind, [change.thread], consistent=True)[change.thread]


def thread_counts(
    table: Table, kind: MarkKind, threads: Sequence[str], *, consistent: bool = False
) -> dict[str, dict[str, int]]:
    keys = [page_key(thread, shard) for thread in threads for shard in range(SHARDS)]
    found = table.get_many(keys, consistent=consistent)
    return {thread: page_counts(kind, found, thread) for thread in threads}


def page_counts(kind: MarkKind, found: Mapping[tuple[str, str], Any], thread: str) -> dict[str, int]:
    """Key → count of one kind, over the thread's shards among the items that were found."""
    cells: Counter[str] = Counter()
    for number in range(SHARDS):
        shard = found.get(page_key(thread, number), {})
        cells.update({name.removeprefix("r#"): n for name, n in shard.items() if name.startswith("r#")})
    return counts_of(kind, cells)
