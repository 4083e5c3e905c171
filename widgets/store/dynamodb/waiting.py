"""Owns what waits for somebody who knows, in DynamoDB: each call runs in a thread."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.store.dynamodb import desk, reading, voices
from widgets.store.dynamodb.lookup import read_comment
from widgets.store.dynamodb.survey_store import Run
from widgets.store.dynamodb.table import Table
from widgets.store.waiting import CLINICIAN_ASKED, Asking, Question, questions_of, standing


class DynamoWaiting:
    """Implements `WaitingStore` on the store's table."""

    def __init__(self, table: Table, run: Run) -> None:
        self._table = table
        self._run = run

    async def askings(self, now: int, limit: int, conditions: Sequence[str] = ()) -> list[Asking]:
        def found() -> list[Asking]:
            rows = desk.read_rows(self._table, CLINICIAN_ASKED)
            return standing(rows, lambda id_: read_comment(self._table, id_), now, limit, conditions)

        return await self._run(found)

    async def questions(self, conditions: Sequence[str] = ()) -> list[Question]:
        def shown(threads: Sequence[str]) -> dict[str, int]:
            counts = reading.read_counts(self._table, threads)
            return {thread: one.comments for thread, one in counts.items()}

        return await self._run(
            lambda: questions_of(voices.read_listed(self._table, ("published",), conditions), shown)
        )
