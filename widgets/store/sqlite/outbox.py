"""Owns the outbox in SQLite: calls that wait to be sent, written with what they are about."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from widgets.store.calls import Call, call_from, call_text
from widgets.store.records import Conflict


def keep(db: sqlite3.Connection, call: Call) -> Call:
    """Raises Conflict where the row is another than the one that was read."""
    kept = replace(call, revision=call.revision + 1)
    if call.revision == 0:
        values = (call.id, call.due, call.created, call_text(kept))
        done = db.execute("INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, 1)", values)
    else:
        done = db.execute(
            "UPDATE outbox SET due = ?, value = ?, revision = ? WHERE id = ? AND revision = ?",
            (call.due, call_text(kept), kept.revision, call.id, call.revision),
        )
    if done.rowcount != 1:
        raise Conflict
    return kept


def read(db: sqlite3.Connection) -> list[Call]:
    rows = db.execute("SELECT value, revision FROM outbox ORDER BY created, id")
    return [call_from(value, revision) for value, revision in rows]


def purge(db: sqlite3.Connection, before: int) -> None:
    db.execute("DELETE FROM outbox WHERE created < ?", (before,))
