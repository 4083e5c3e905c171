"""Owns how records lie in SQLite's rows."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from widgets.store.records import Comment, Note, Once, OnceMismatch

COMMENT_COLUMNS = (
    "id, thread, condition, root, parent, author, pseudonym, skeleton, text, html, lang, state, created, "
    "held, edited, urgency, queued, role, person, note, flags, reactions, live, revision, "
    "reason, decided, burst, aside"
)
_PLAIN = COMMENT_COLUMNS.split(", ")[:13]
_PLACES = ", ".join("?" * 29)


def comment_from(row: tuple[Any, ...]) -> Comment:
    note = json.loads(row[19]) if row[19] else None
    return Comment(
        **dict(zip(_PLAIN, row, strict=False)),
        held=tuple(json.loads(row[13])),
        edited=row[14],
        urgency=row[15],
        queued=bool(row[16]),
        role=row[17],
        person=row[18],
        note=Note(**note) if note else None,
        flags=json.loads(row[20]),
        reactions=json.loads(row[21]),
        live=row[22],
        revision=row[23],
        reason=row[24],
        decided=row[25],
        burst=row[26],
        aside=row[27],
    )


def write_comment(db: sqlite3.Connection, c: Comment) -> None:
    note = json.dumps({"html": c.note.html, "source": c.note.source, "by": c.note.by}) if c.note else None
    db.execute(
        f"INSERT OR REPLACE INTO comments ({COMMENT_COLUMNS}, reacted) VALUES ({_PLACES})",  # noqa: S608  (names of ours)
        (
            *(
                c.id,
                c.thread,
                c.condition,
                c.root,
                c.parent,
                c.author,
                c.pseudonym,
                c.skeleton,
                c.text,
                c.html,
            ),
            *(
                c.lang,
                c.state,
                c.created,
                json.dumps(c.held),
                c.edited,
                c.urgency,
                int(c.queued),
                c.role,
                c.person,
            ),
            *(note, json.dumps(dict(c.flags)), json.dumps(dict(c.reactions)), c.live, c.revision),
            *(c.reason, c.decided, c.burst, c.aside),
            sum(c.reactions.values()),
        ),
    )


def read_comment(db: sqlite3.Connection, id_: str) -> Comment | None:
    row = db.execute(f"SELECT {COMMENT_COLUMNS} FROM comments WHERE id = ?", (id_,)).fetchone()  # noqa: S608
    return comment_from(row) if row else None


def bump(db: sqlite3.Connection, scope: str) -> None:
    db.execute("INSERT INTO stamps VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1", (scope,))


def earlier(db: sqlite3.Connection, once: Once | None) -> str | None:
    """What the same intent resulted in before, or None; raises OnceMismatch when its key served another."""
    if once is None:
        return None
    row = db.execute("SELECT digest, result FROM once WHERE key = ?", (once.key,)).fetchone()
    if row is None:
        return None
    if row[0] != once.digest:
        raise OnceMismatch
    return str(row[1])


def remember(db: sqlite3.Connection, once: Once | None, result: str) -> None:
    if once is not None:
        db.execute("INSERT INTO once VALUES (?, ?, ?, ?)", (once.key, once.digest, result, once.day))
