"""Owns what sensitive polls publish in SQLite, and the counts that stand in for rows that have changed since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from widgets.store.publications import Published, Rounding
from widgets.store.records import Tally
from widgets.store.sqlite.rows import bump


def read_published(db: sqlite3.Connection, poll: str, version: int) -> Published | None:
    row = db.execute(
        "SELECT moment, tally FROM published WHERE poll = ? AND version = ?", (poll, version)
    ).fetchone()
    if row is None:
        return None
    tally = json.loads(row[1])
    return Published(row[0], Tally(tally["voters"], tally["votes"]))


def stand_in(db: sqlite3.Connection, poll: str, version: int, steps: Mapping[str, int]) -> None:
    """Undo these steps of the tally in what is published next."""
    db.executemany(
        "INSERT INTO stand_ins VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(poll, version, cell, -step) for cell, step in steps.items() if step],
    )


def publish(db: sqlite3.Connection, poll: str, version: int, moment: int, rounding: Rounding) -> Published:
    last = read_published(db, poll, version)
    if last is not None and last.moment >= moment:
        return last
    key = (poll, version)
    counted = db.execute(
        "SELECT cell, sum(n) FROM (SELECT cell, n FROM tallies WHERE poll = ? AND version = ? UNION ALL"
        " SELECT cell, n FROM stand_ins WHERE poll = ? AND version = ?) GROUP BY cell",
        (*key, *key),
    )
    cells = dict(counted)
    shown = rounding.shown(Tally(cells.pop("", 0), cells))
    document = json.dumps({"voters": shown.voters, "votes": shown.votes})
    db.execute("INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?)", (*key, moment, document))
    db.execute("DELETE FROM stand_ins WHERE poll = ? AND version = ?", key)
    bump(db, poll)
    return Published(moment, shown)
