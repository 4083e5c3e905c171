"""Owns the DynamoDB store's part for stories and questions: each call of `VoiceStore` runs in a thread."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.store.calls import Call
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.dynamodb import voices
from widgets.store.dynamodb.survey_store import Run
from widgets.store.dynamodb.table import Table
from widgets.store.records import Once
from widgets.store.voices import Voice


class DynamoVoices:
    """Implements `VoiceStore` on the store's table."""

    def __init__(self, table: Table, run: Run) -> None:
        self._table = table
        self._run = run

    async def add(self, voice: Voice, once: Once | None, call: Call | None = None) -> Voice:
        return await self._run(lambda: voices.add(self._table, voice, once, call))

    async def earlier(self, once: Once) -> Voice | None:
        return await self._run(lambda: voices.read_earlier(self._table, once))

    async def voice(self, id_: str) -> Voice | None:
        return await self._run(lambda: voices.read(self._table, id_))

    async def by_receipt(self, receipt: str) -> Voice | None:
        return await self._run(lambda: voices.read_by_receipt(self._table, receipt))

    async def by_author(self, author: str) -> list[Voice]:
        return await self._run(lambda: voices.read_by_author(self._table, author))

    async def listed(self, states: Sequence[str], conditions: Sequence[str] = ()) -> list[Voice]:
        return await self._run(lambda: voices.read_listed(self._table, states, conditions))

    async def due(self, before: int) -> list[Voice]:
        return await self._run(lambda: voices.read_due(self._table, before))

    async def change(self, voice: Voice, audit: AuditEntry | None = None, call: Call | None = None) -> Voice:
        return await self._run(lambda: voices.change(self._table, voice, audit, call))

    async def remove(
        self, id_: str, author: str | None, audit: AuditEntry | None = None, rows: Sequence[DeskRow] = ()
    ) -> None:
        await self._run(lambda: voices.remove(self._table, id_, author, audit, rows))
