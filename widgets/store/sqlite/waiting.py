"""Owns what waits for somebody who knows, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from widgets.store.sqlite import comments, desk, voices
from widgets.store.sqlite.rows import read_comment
from widgets.store.sqlite.survey_store import Read
from widgets.store.waiting import CLINICIAN_ASKED, Asking, Question, questions_of, standing


class SqliteWaiting:
    """Implements `WaitingStore` with the store's own reader."""

    def __init__(self, read: Read) -> None:
        self._read = read

    async def askings(self, now: int, limit: int, conditions: Sequence[str] = ()) -> list[Asking]:
        def found(db: sqlite3.Connection) -> list[Asking]:
            rows = desk.read_rows(db, CLINICIAN_ASKED)
            return standing(rows, lambda id_: read_comment(db, id_), now, limit, conditions)

        return self._read(found)

    async def questions(self, conditions: Sequence[str] = ()) -> list[Question]:
        def found(db: sqlite3.Connection) -> list[Question]:
            def shown(threads: Sequence[str]) -> dict[str, int]:
                return {thread: one.comments for thread, one in comments.read_counts(db, threads).items()}

            return questions_of(voices.read_listed(db, ("published",), conditions), shown)

        return self._read(found)
