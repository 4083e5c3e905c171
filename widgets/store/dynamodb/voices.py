"""Owns stories and questions of members in DynamoDB: the words in an item of their own, and a small one in a common partition
by which lists, writers and receipts find them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from widgets.store.calls import Call
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.dynamodb import beside, outbox, watches
from widgets.store.dynamodb import once as intents
from widgets.store.dynamodb.beside import voice_key
from widgets.store.dynamodb.desk import appended, new_row
from widgets.store.dynamodb.table import TAKEDOWN, Lost, Table, TryAgain
from widgets.store.records import Busy, Conflict, Gone, Once
from widgets.store.voices import Voice, is_takedown, voice_from, voice_text

_LIST: Final = "VOICES"
_TRIES: Final = 10
_NEW: Final = "attribute_not_exists(pk)"
_SEEN: Final = "revision = :seen"
Part = dict[str, Any]


def _puts(table: Table, voice: Voice, condition: str, **values: Any) -> list[Part]:
    """TTL lets go of what has lapsed; until it does, `due` says so."""
    pk, sk = voice_key(voice.id)
    body = {"pk": pk, "sk": sk, "value": voice_text(voice), "revision": voice.revision, "ttl": voice.due}
    # Names of their own: none is a key of the table's indexes.
    entry = {
        **{
            "pk": _LIST,
            "sk": voice.id,
            "writer": voice.author,
            "receipt": voice.receipt,
            "stands": voice.state,
        },
        **{"place": voice.condition, "ttl": voice.due, "revision": voice.revision},
    }
    return [table.put(body, condition, **values), table.put(entry, condition, **values)]


def add(table: Table, voice: Voice, once: Once | None, call: Call | None = None) -> Voice:
    for attempt in range(_TRIES):
        if once is not None and (existing := read_earlier(table, once)) is not None:
            return existing
        found = read(table, voice.id)
        if found is not None:
            if found == voice:
                return voice  # our own write, whose answer was lost
            raise Conflict
        try:
            parts = [*_puts(table, voice, _NEW), *intents.remember(table, once, voice.id)]
            table.transact([*parts, *(outbox.kept(table, call) if call else [])])
        except TryAgain:
            table.pause(attempt)
            continue
        return voice
    raise Busy("The story met too many conflicting writes.")


def read_earlier(table: Table, once: Once) -> Voice | None:
    result = intents.earlier(table, once)
    if result is None:
        return None
    voice = read(table, result)
    if voice is None:
        raise Gone
    return voice


def read(table: Table, id_: str) -> Voice | None:
    item = table.get(*voice_key(id_))
    return voice_from(item["value"]) if item else None


def read_by_receipt(table: Table, receipt: str) -> Voice | None:
    return next(iter(_read_where(table, lambda item: item["receipt"] == receipt)), None)


def read_by_author(table: Table, author: str) -> list[Voice]:
    found = _read_where(table, lambda item: item["writer"] == author)
    return sorted(found, key=lambda voice: (voice.created, voice.id))


def read_listed(table: Table, states: Sequence[str], conditions: Sequence[str] = ()) -> list[Voice]:
    found = _read_where(
        table,
        lambda item: item["stands"] in states and (not conditions or item["place"] in conditions),
    )
    return sorted(found, key=lambda voice: (-voice.urgency, voice.created, voice.id))


def read_due(table: Table, before: int) -> list[Voice]:
    found = _read_where(table, lambda item: item.get("ttl", before + 1) <= before)
    return sorted(found, key=lambda voice: (voice.due or 0, voice.id))


def _read_where(table: Table, wanted: Callable[[Mapping[str, Any]], bool]) -> list[Voice]:
    """Those whose small items are wanted. A community has hundreds of stories, not millions: one partition holds them."""
    items = table.query("pk = :pk", {":pk": _LIST}, ConsistentRead=True)
    keys = [voice_key(item["sk"]) for item in items if wanted(item)]
    found = table.get_many(keys)
    return [voice_from(found[key]["value"]) for key in keys if key in found]


def change(table: Table, voice: Voice, audit: AuditEntry | None = None, call: Call | None = None) -> Voice:
    after = replace(voice, revision=voice.revision + 1)
    lost = False

    def attempt() -> Voice:
        nonlocal lost
        before = read(table, voice.id)
        if before is None:
            raise Gone
        if lost and before == after:
            return after  # our own write, whose answer was lost
        if before.revision != voice.revision:
            raise Conflict
        parts = _puts(table, after, _SEEN, seen=voice.revision)
        parts += [table.update(TAKEDOWN)] if is_takedown(before, after) else []
        parts += appended(table, audit) if audit else []
        parts += outbox.kept(table, call) if call else []
        try:
            table.transact(parts)
        except Lost:
            lost = True
            raise
        return after

    return table.try_again(attempt, "The story met too many conflicting writes.")


def remove(
    table: Table,
    id_: str,
    author: str | None,
    audit: AuditEntry | None = None,
    rows: Sequence[DeskRow] = (),
) -> None:
    lost = False

    def attempt() -> None:
        nonlocal lost
        before = read(table, id_)
        if before is None and lost:
            return  # our own write, whose answer was lost
        if before is None or author not in (None, before.author):
            raise Gone
        parts = [table.delete(key, _SEEN, seen=before.revision) for key in (voice_key(id_), (_LIST, id_))]
        parts += beside.erased(table, id_)
        parts += watches.erased(table, id_)
        parts += [table.update(TAKEDOWN)] if is_takedown(before, None) else []
        parts += appended(table, audit) if audit else []
        parts += [part for row in rows for part in new_row(table, row)]
        try:
            table.transact(parts)
        except Lost:
            lost = True
            raise

    table.try_again(attempt, "The story met too many conflicting writes.")
