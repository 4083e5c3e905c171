"""Owns votes and their tallies in SQLite: both change in one transaction, so that one always equals the
other."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from widgets.store.publications import stood_before
from widgets.store.records import Cast, Once, Tally, Vote
from widgets.store.sqlite.published import read_published, stand_in
from widgets.store.sqlite.rows import bump, earlier, remember

_VOTERS = ""  # the cell that counts people; no option has an empty key


def cast(db: sqlite3.Connection, vote: Vote, once: Once | None) -> Cast:
    key = (vote.poll, vote.version, vote.voter)
    row = db.execute(
        "SELECT choices, day FROM votes WHERE poll = ? AND version = ? AND voter = ?", key
    ).fetchone()
    before = Vote(*key, tuple(row[0].split()) if row else (), row[1] if row else vote.day)
    if earlier(db, once) is not None:
        return Cast(before, True, read_tally(db, vote.poll, vote.version))
    if vote.choices != before.choices:
        steps = Counter(dict.fromkeys(_cells(vote), 1))
        steps.subtract(_cells(before))
        last = read_published(db, vote.poll, vote.version) if row else None
        if last is not None and stood_before(before.day, last.moment):
            stand_in(db, vote.poll, vote.version, steps)
            vote = replace(vote, day=before.day)
        _replace(db, key, vote)
        db.executemany(
            "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(vote.poll, vote.version, cell, step) for cell, step in steps.items() if step],
        )
        bump(db, vote.poll)
    remember(db, once, "")
    return Cast(vote, False, read_tally(db, vote.poll, vote.version))


def _replace(db: sqlite3.Connection, key: tuple[str, int, str], vote: Vote) -> None:
    if vote.choices:
        db.execute(
            "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)", (*key, " ".join(vote.choices), vote.day)
        )
    else:
        db.execute("DELETE FROM votes WHERE poll = ? AND version = ? AND voter = ?", key)


def _cells(vote: Vote) -> list[str]:
    return [_VOTERS, *vote.choices] if vote.choices else []


def read_tally(db: sqlite3.Connection, poll: str, version: int) -> Tally:
    rows = db.execute("SELECT cell, n FROM tallies WHERE poll = ? AND version = ?", (poll, version))
    cells = {cell: n for cell, n in rows if n}
    return Tally(cells.pop(_VOTERS, 0), cells)


def recount(db: sqlite3.Connection, poll: str, version: int) -> Tally:
    cells: Counter[str] = Counter()
    for (choices,) in db.execute("SELECT choices FROM votes WHERE poll = ? AND version = ?", (poll, version)):
        cells.update([_VOTERS, *choices.split()])
    return Tally(cells.pop(_VOTERS, 0), dict(cells))


def read_votes(db: sqlite3.Connection, keys: Sequence[tuple[str, int, str]]) -> list[Vote]:
    found = []
    for key in keys:
        row = db.execute(
            "SELECT choices, day FROM votes WHERE poll = ? AND version = ? AND voter = ?", key
        ).fetchone()
        if row:
            found.append(Vote(*key, tuple(row[0].split()), row[1]))
    return found


def wrong_tallies(db: sqlite3.Connection) -> list[str]:
    polls = db.execute("SELECT poll, version FROM votes UNION SELECT poll, version FROM tallies").fetchall()
    return [
        f"The tally of {poll} (version {version}) differs from its rows."
        for poll, version in polls
        if read_tally(db, poll, version) != recount(db, poll, version)
    ]
