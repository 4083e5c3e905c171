"""Owns what the desk keeps in SQLite: rows by kind, the append-only audit log, and searches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find, holds
from widgets.store.records import Comment, Conflict
from widgets.store.sqlite.rows import COMMENT_COLUMNS, bump, comment_from

_AUDIT = "id, time, actor, action, comment, reason, batch, before, after, condition"


def read_row(db: sqlite3.Connection, kind: str, id_: str) -> DeskRow | None:
    row = db.execute(
        "SELECT value, expires, revision FROM desk WHERE kind = ? AND id = ?", (kind, id_)
    ).fetchone()
    return DeskRow(kind, id_, json.loads(row[0]), row[1], row[2]) if row else None


def read_rows(db: sqlite3.Connection, kind: str) -> list[DeskRow]:
    rows = db.execute("SELECT id, value, expires, revision FROM desk WHERE kind = ? ORDER BY id", (kind,))
    return [DeskRow(kind, id_, json.loads(value), expires, n) for id_, value, expires, n in rows]


def keep(db: sqlite3.Connection, row: DeskRow) -> DeskRow:
    value = json.dumps(dict(row.value), ensure_ascii=False)
    kept = DeskRow(row.kind, row.id, row.value, row.expires, row.revision + 1)
    if row.revision == 0:
        done = db.execute(
            "INSERT OR IGNORE INTO desk VALUES (?, ?, ?, ?, 1)", (row.kind, row.id, value, row.expires)
        )
    else:
        done = db.execute(
            "UPDATE desk SET value = ?, expires = ?, revision = ? WHERE kind = ? AND id = ? AND revision = ?",
            (value, row.expires, kept.revision, row.kind, row.id, row.revision),
        )
    if done.rowcount != 1:
        raise Conflict
    _invalidate(db, row.kind, row.id)
    return kept


def _invalidate(db: sqlite3.Connection, kind: str, id_: str) -> None:
    """Make cached public answers stale: a thread's answer says whether it is locked."""
    if kind == "lock":
        bump(db, id_)


def drop(db: sqlite3.Connection, kind: str, id_: str) -> bool:
    _invalidate(db, kind, id_)
    return db.execute("DELETE FROM desk WHERE kind = ? AND id = ?", (kind, id_)).rowcount == 1


def purge_rows(db: sqlite3.Connection, now: int) -> None:
    db.execute("DELETE FROM desk WHERE expires <= ?", (now,))


def purge_flags(db: sqlite3.Connection, before_day: str) -> None:
    db.execute("DELETE FROM marks WHERE kind = 'flag' AND day < ?", (before_day,))


def append(db: sqlite3.Connection, entry: AuditEntry) -> None:
    try:
        db.execute(
            f"INSERT INTO audit ({_AUDIT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  (names of ours)
            (
                *(entry.id, entry.time, entry.actor, entry.action, entry.comment, entry.reason, entry.batch),
                *(json.dumps(dict(entry.before)), json.dumps(dict(entry.after)), entry.condition),
            ),
        )
    except sqlite3.IntegrityError:
        raise Conflict from None


def read_audit(db: sqlite3.Connection, ask: AuditAsk) -> list[AuditEntry]:
    where = ["time >= ?"]
    values: list[Any] = [ask.since]
    for column, value in (("comment", ask.comment), ("batch", ask.batch)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    if ask.before is not None:
        where.append("id < ?")
        values.append(ask.before)
    where += of_conditions(ask.conditions)
    values += ask.conditions
    rows = db.execute(
        f"SELECT {_AUDIT} FROM audit WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",  # noqa: S608  (names of ours)
        (*values, ask.limit),
    )
    names = _AUDIT.split(", ")[:7]
    return [
        AuditEntry(
            **dict(zip(names, row, strict=False)),
            before=json.loads(row[7]),
            after=json.loads(row[8]),
            condition=row[9],
        )
        for row in rows
    ]


def of_conditions(conditions: Sequence[str]) -> list[str]:
    """The clause that lets rows of these conditions through; none where none is named."""
    return [f"condition IN ({', '.join('?' * len(conditions))})"] if conditions else []


def read_conversation(db: sqlite3.Connection, thread: str, root: str) -> list[Comment]:
    return _comments(db, "WHERE thread = ? AND root = ? ORDER BY id", (thread, root))


def find(db: sqlite3.Connection, wanted: Find) -> list[Comment]:
    """A scan from the newest row; the table of one community is small enough."""
    clauses = [*(("thread = ?",) if wanted.thread else ()), *of_conditions(wanted.conditions)]
    values = (*((wanted.thread,) if wanted.thread else ()), *wanted.conditions)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    rows = db.execute(f"SELECT {COMMENT_COLUMNS} FROM comments {where} ORDER BY id DESC", values)  # noqa: S608  (names of ours)
    found: list[Comment] = []
    for comment in map(comment_from, rows):
        if comment.state != "withdrawn" and holds(
            wanted.words, comment.text, comment.pseudonym, comment.thread
        ):
            found.append(comment)
            if len(found) == wanted.limit:
                break
    return found


def read_unanswered(
    db: sqlite3.Connection, since: int, limit: int, conditions: Sequence[str]
) -> list[Comment]:
    clauses = [
        "parent IS NULL AND live = 1 AND state IN ('published', 'noted') AND role IS NULL AND created >= ?",
        *of_conditions(conditions),
    ]
    where = f"WHERE {' AND '.join(clauses)} ORDER BY created, id LIMIT ?"
    return _comments(db, where, (since, *conditions, limit))


def read_approved(db: sqlite3.Connection, condition: str, limit: int) -> list[Comment]:
    where = "WHERE condition = ? AND state = 'published' AND decided IS NOT NULL AND queued = 0 ORDER BY id DESC LIMIT ?"
    return _comments(db, where, (condition, limit))


def read_rejected(db: sqlite3.Connection, before: int, limit: int) -> list[Comment]:
    where = "WHERE state = 'rejected' AND queued = 0 AND decided < ? ORDER BY decided, id LIMIT ?"
    return _comments(db, where, (before, limit))


def _comments(db: sqlite3.Connection, where: str, values: Iterable[Any]) -> list[Comment]:
    return [
        comment_from(row)
        for row in db.execute(f"SELECT {COMMENT_COLUMNS} FROM comments {where}", tuple(values))  # noqa: S608  (names of ours)
    ]
