"""Owns stories and questions of members in SQLite: one row each, erased without a trace."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from widgets.store.calls import Call
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import TAKEDOWNS, Conflict, Gone, Once
from widgets.store.sqlite import beside, desk, outbox, watches
from widgets.store.sqlite.rows import bump, earlier, remember
from widgets.store.voices import VOICES, Voice, is_takedown, voice_from, voice_text


def add(db: sqlite3.Connection, voice: Voice, once: Once | None, call: Call | None = None) -> Voice:
    if once is not None and (existing := read_earlier(db, once)) is not None:
        return existing
    if read(db, voice.id) is not None:
        raise Conflict
    _write(db, voice)
    if voice.state == "published":  # it comes from an export
        bump(db, VOICES)
    remember(db, once, voice.id)
    if call is not None:
        outbox.keep(db, call)
    return voice


def read_earlier(db: sqlite3.Connection, once: Once) -> Voice | None:
    result = earlier(db, once)
    if result is None:
        return None
    voice = read(db, result)
    if voice is None:
        raise Gone
    return voice


def read(db: sqlite3.Connection, id_: str) -> Voice | None:
    return _one(db, "id", id_)


def read_by_receipt(db: sqlite3.Connection, receipt: str) -> Voice | None:
    return _one(db, "receipt", receipt)


def _one(db: sqlite3.Connection, column: str, value: str) -> Voice | None:
    row = db.execute(f"SELECT value FROM voices WHERE {column} = ?", (value,)).fetchone()  # noqa: S608
    return voice_from(row[0]) if row else None


def read_by_author(db: sqlite3.Connection, author: str) -> list[Voice]:
    rows = db.execute("SELECT value FROM voices WHERE author = ? ORDER BY created, id", (author,))
    return [voice_from(value) for (value,) in rows]


def read_listed(db: sqlite3.Connection, states: Sequence[str], conditions: Sequence[str] = ()) -> list[Voice]:
    marks = ", ".join("?" * len(states))
    query = f"SELECT value FROM voices WHERE state IN ({marks}) ORDER BY urgency DESC, created, id"  # noqa: S608
    found = [voice_from(value) for (value,) in db.execute(query, tuple(states))]
    return [voice for voice in found if not conditions or voice.condition in conditions]


def read_due(db: sqlite3.Connection, before: int) -> list[Voice]:
    rows = db.execute("SELECT value FROM voices WHERE due <= ? ORDER BY due, id", (before,))
    return [voice_from(value) for (value,) in rows]


def change(
    db: sqlite3.Connection, voice: Voice, audit: AuditEntry | None = None, call: Call | None = None
) -> Voice:
    before = read(db, voice.id)
    if before is None:
        raise Gone
    if before.revision != voice.revision:
        raise Conflict
    after = replace(voice, revision=voice.revision + 1)
    _write(db, after)
    _tell(db, before, after)
    if audit is not None:
        desk.append(db, audit)
    if call is not None:
        outbox.keep(db, call)
    return after


def remove(
    db: sqlite3.Connection,
    id_: str,
    author: str | None,
    audit: AuditEntry | None = None,
    rows: Sequence[DeskRow] = (),
) -> None:
    before = read(db, id_)
    if before is None or author not in (None, before.author):
        raise Gone
    db.execute("DELETE FROM voices WHERE id = ?", (id_,))
    beside.erase(db, id_)
    watches.erase(db, id_)
    _tell(db, before, None)
    if audit is not None:
        desk.append(db, audit)
    for row in rows:
        desk.keep(db, row)


def _tell(db: sqlite3.Connection, before: Voice, after: Voice | None) -> None:
    if is_takedown(before, after):
        bump(db, TAKEDOWNS)
    if before.state == "published" or (after is not None and after.state == "published"):
        bump(db, VOICES)


def _write(db: sqlite3.Connection, voice: Voice) -> None:
    db.execute(
        "INSERT OR REPLACE INTO voices VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(voice.id, voice.author, voice.receipt, voice.state, voice.urgency, voice.created),
            *(voice.due, voice_text(voice)),
        ),
    )
