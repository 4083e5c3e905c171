"""Owns rows that go with a comment in SQLite: written while it is there, erased with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from widgets.store.desk_records import BESIDE, AuditEntry, DeskRow
from widgets.store.records import Gone
from widgets.store.sqlite import desk
from widgets.store.sqlite.rows import read_comment


def keep(db: sqlite3.Connection, row: DeskRow, audit: AuditEntry | None) -> DeskRow:
    comment = read_comment(db, row.id)
    if comment is None or comment.state == "withdrawn":
        raise Gone
    kept = desk.keep(db, row)
    if audit is not None:
        desk.append(db, audit)
    return kept


def read(db: sqlite3.Connection, kind: str, comments: Sequence[str]) -> dict[str, DeskRow]:
    found = [desk.read_row(db, kind, comment) for comment in comments]
    return {row.id: row for row in found if row is not None}


def erase(db: sqlite3.Connection, comment: str) -> None:
    places = ", ".join("?" * len(BESIDE))
    db.execute(f"DELETE FROM desk WHERE kind IN ({places}) AND id = ?", (*BESIDE, comment))  # noqa: S608
