"""Owns rows that go with a comment, story or question in SQLite: written while it is there, erased with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from widgets.store.desk_records import BESIDE, AuditEntry, DeskRow
from widgets.store.records import Gone
from widgets.store.sqlite import desk
from widgets.store.sqlite.rows import read_comment
from widgets.store.voices import VOICE_ID


def keep(db: sqlite3.Connection, row: DeskRow, audit: AuditEntry | None) -> DeskRow:
    if not _is_there(db, row.id):
        raise Gone
    kept = desk.keep(db, row)
    if audit is not None:
        desk.append(db, audit)
    return kept


def _is_there(db: sqlite3.Connection, id_: str) -> bool:
    if VOICE_ID.fullmatch(id_):
        return db.execute("SELECT 1 FROM voices WHERE id = ?", (id_,)).fetchone() is not None
    comment = read_comment(db, id_)
    return comment is not None and comment.state != "withdrawn"


def read(db: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, DeskRow]:
    found = [desk.read_row(db, kind, id_) for id_ in ids]
    return {row.id: row for row in found if row is not None}


def erase(db: sqlite3.Connection, id_: str) -> None:
    places = ", ".join("?" * len(BESIDE))
    db.execute(f"DELETE FROM desk WHERE kind IN ({places}) AND id = ?", (*BESIDE, id_))  # noqa: S608
