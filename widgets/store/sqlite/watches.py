"""Owns who asked to be told of answers, in SQLite: one row for each post, erased with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Mapping, Sequence

from widgets.store.records import Gone
from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.survey_store import Read
from widgets.store.sqlite.writer import Writer

_THERE = (
    "SELECT 1 FROM comments WHERE id = ? AND state <> 'withdrawn' UNION ALL SELECT 1 FROM voices WHERE id = ?"
)


class SqliteNews:
    """Implements `NewsStore` with the store's own writer, reader and log of erasures."""

    def __init__(self, writer: Writer, read: Read, log: ErasureLog) -> None:
        self._writer = writer
        self._read = read
        self._log = log

    def watch(self, watcher: str, thing: str) -> Awaitable[None]:
        return self._writer.submit(lambda db: keep(db, watcher, thing), shred=True)

    async def watched(self, watchers: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return self._read(lambda db: read(db, watchers))

    def unwatch(self, watchers: Sequence[str]) -> Awaitable[int]:
        def run(db: sqlite3.Connection) -> int:
            rows = [(one, thing) for one, things in read(db, watchers).items() for thing in things]
            for watcher, thing in rows:
                self._log.note(db, "watch", watcher, thing)
                erase(db, thing)
            return len(rows)

        return self._writer.submit(run, shred=True)

    def forget(self, thing: str) -> Awaitable[None]:
        return self._writer.submit(lambda db: erase(db, thing), shred=True)


def keep(db: sqlite3.Connection, watcher: str, thing: str) -> None:
    if db.execute(_THERE, (thing, thing)).fetchone() is None:
        raise Gone
    db.execute("INSERT OR REPLACE INTO watches VALUES (?, ?)", (thing, watcher))


def read(db: sqlite3.Connection, watchers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for watcher in watchers:
        rows = db.execute("SELECT thing FROM watches WHERE watcher = ? ORDER BY thing", (watcher,))
        if things := tuple(thing for (thing,) in rows):
            found[watcher] = things
    return found


def read_all(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """(watcher, thing)"""
    return db.execute("SELECT watcher, thing FROM watches ORDER BY thing").fetchall()


def erase(db: sqlite3.Connection, thing: str) -> None:
    db.execute("DELETE FROM watches WHERE thing = ?", (thing,))
