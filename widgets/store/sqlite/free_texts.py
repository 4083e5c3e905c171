"""Owns free texts of surveys in SQLite: in the store under keys that lead to no response, and while they wait in the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Sequence
from typing import Final

from widgets.store.sqlite.identity import FileIdentity
from widgets.store.sqlite.writer import Writer
from widgets.store.surveys import FreeText

# Where an erased text was, a mark keeps out a batch that was on its way.
_KEEP: Final = """
    INSERT INTO free_texts VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET text = excluded.text, plea = excluded.plea WHERE free_texts.text IS NOT NULL
"""
_ERASE: Final = """
    INSERT INTO free_texts VALUES (?, ?, ?, NULL, 0) ON CONFLICT DO UPDATE SET text = NULL, plea = 0
"""
_READ: Final = "SELECT survey, question, key, text, plea FROM free_texts WHERE text IS NOT NULL"


def keep(db: sqlite3.Connection, texts: Sequence[FreeText]) -> None:
    rows = [(text.survey, text.question, text.key, text.text, int(text.plea)) for text in texts]
    db.executemany(_KEEP, sorted(rows))


def erase(db: sqlite3.Connection, keys: Sequence[tuple[str, str, str]]) -> int:
    found = 0
    for key in keys:
        found += len(db.execute(f"{_READ} AND survey = ? AND question = ? AND key = ?", key).fetchall())
        db.execute(_ERASE, key)
    return found


def read(db: sqlite3.Connection, survey: str, question: str) -> list[FreeText]:
    rows = db.execute(f"{_READ} AND survey = ? AND question = ? ORDER BY key", (survey, question))
    return [FreeText(key, of, asked, text, bool(plea)) for of, asked, key, text, plea in rows]


def read_places(db: sqlite3.Connection) -> dict[tuple[str, str], int]:
    rows = db.execute(
        "SELECT survey, question, count(*) FROM free_texts WHERE text IS NOT NULL GROUP BY survey, question"
    )
    return {(survey, question): n for survey, question, n in rows}


def end(db: sqlite3.Connection, survey: str) -> None:
    db.execute("DELETE FROM free_texts WHERE survey = ?", (survey,))


class SqliteTextLedger:
    """Implements `TextLedger`. After each text all of the ledger's rows are laid anew and are on the disk. A ledger that was
    moved, deleted or replaced takes no text: it would be lost with the process. Its limits and challenges go on meanwhile."""

    def __init__(self, writer: Writer, files: FileIdentity) -> None:
        self._writer = writer
        self._files = files

    def wait(self, text: FreeText) -> Awaitable[None]:
        row = (text.key, text.survey, text.question, text.text, int(text.plea))

        def keep_waiting(db: sqlite3.Connection) -> None:
            self._files.demand()
            db.execute("INSERT OR REPLACE INTO waiting_texts VALUES (?, ?, ?, ?, ?)", row)

        return self._writer.submit(keep_waiting, shred=True)

    async def demand(self) -> None:
        self._files.demand()

    def waiting(self) -> Awaitable[list[FreeText]]:
        def read_waiting(db: sqlite3.Connection) -> list[FreeText]:
            rows = db.execute("SELECT key, survey, question, text, plea FROM waiting_texts ORDER BY key")
            return [FreeText(key, of, asked, text, bool(plea)) for key, of, asked, text, plea in rows]

        return self._writer.submit(read_waiting)

    def drop(self, keys: Sequence[str]) -> Awaitable[int]:
        def forget(db: sqlite3.Connection) -> int:
            delete = "DELETE FROM waiting_texts WHERE key = ?"
            return sum(db.execute(delete, (key,)).rowcount for key in keys)

        return self._writer.submit(forget, shred=True)
