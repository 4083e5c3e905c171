"""Owns the SQLite store's part for stories and questions: writes go through the writer's thread and note in the log of
erasures what must not come back."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Sequence

from widgets.store.calls import Call
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Once
from widgets.store.sqlite import voices
from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.survey_store import Read
from widgets.store.sqlite.writer import Writer
from widgets.store.voices import Voice, is_takedown


class SqliteVoices:
    """Implements `VoiceStore` with the store's own writer, reader and log of erasures."""

    def __init__(self, writer: Writer, read: Read, log: ErasureLog) -> None:
        self._writer = writer
        self._read = read
        self._log = log

    def add(self, voice: Voice, once: Once | None, call: Call | None = None) -> Awaitable[Voice]:
        return self._writer.submit(lambda db: voices.add(db, voice, once, call))

    async def earlier(self, once: Once) -> Voice | None:
        return self._read(lambda db: voices.read_earlier(db, once))

    async def voice(self, id_: str) -> Voice | None:
        return self._read(lambda db: voices.read(db, id_))

    async def by_receipt(self, receipt: str) -> Voice | None:
        return self._read(lambda db: voices.read_by_receipt(db, receipt))

    async def by_author(self, author: str) -> list[Voice]:
        return self._read(lambda db: voices.read_by_author(db, author))

    async def listed(self, states: Sequence[str], conditions: Sequence[str] = ()) -> list[Voice]:
        return self._read(lambda db: voices.read_listed(db, states, conditions))

    async def due(self, before: int) -> list[Voice]:
        return self._read(lambda db: voices.read_due(db, before))

    def change(
        self, voice: Voice, audit: AuditEntry | None = None, call: Call | None = None
    ) -> Awaitable[Voice]:
        def run(db: sqlite3.Connection) -> Voice:
            before = voices.read(db, voice.id)
            after = voices.change(db, voice, audit, call)
            if before is not None and is_takedown(before, after):
                self._log.note(db, "voice-shown", voice.id)
            for tick in sorted({*before.consents} - {*after.consents}) if before is not None else ():
                self._log.note(db, "voice-consent", voice.id, tick)
            return after

        return self._writer.submit(run, shred=True)

    def remove(
        self, id_: str, author: str | None, audit: AuditEntry | None = None, rows: Sequence[DeskRow] = ()
    ) -> Awaitable[None]:
        def run(db: sqlite3.Connection) -> None:
            voices.remove(db, id_, author, audit, rows)
            self._log.note(db, "voice", id_)

        return self._writer.submit(run, shred=True)
