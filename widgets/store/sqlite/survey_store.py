"""Owns the SQLite store's part for surveys: writes go through the writer's thread and note in the log what was erased."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from widgets.store.records import Once
from widgets.store.sqlite import free_texts, surveys
from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.writer import Writer
from widgets.store.surveys import Counts, FreeText, Layout, Make, Responded, Response, SurveyHead

T = TypeVar("T")


class Read(Protocol):
    def __call__(self, operation: Callable[[sqlite3.Connection], T], /) -> T: ...


class SqliteSurveys:
    """Implements `SurveyStore` with the store's own writer, reader and log of erasures."""

    def __init__(self, writer: Writer, read: Read, log: ErasureLog) -> None:
        self._writer = writer
        self._read = read
        self._log = log

    def add(self, response: Response, once: Once | None) -> Awaitable[Responded]:
        return self._writer.submit(lambda db: surveys.add(db, response, once))

    async def responses(self, keys: Sequence[tuple[str, int, str]]) -> list[Response]:
        return self._read(lambda db: surveys.read_responses(db, keys))

    async def by_receipt(self, receipt: str) -> Response | None:
        return self._read(lambda db: surveys.read_by_receipt(db, receipt))

    def withdraw(self, response: Response) -> Awaitable[bool]:
        def run(db: sqlite3.Connection) -> bool:
            withdrawn = surveys.withdraw(db, response)
            if withdrawn:
                self._log.note(
                    db, "response", response.survey, str(response.version), response.voter, response.receipt
                )
            return withdrawn

        return self._writer.submit(run, shred=True)

    async def head(self, survey: str, version: int) -> SurveyHead:
        return self._read(lambda db: surveys.read_head(db, survey, version))

    async def heads(self) -> list[SurveyHead]:
        return self._read(surveys.read_heads)

    def keep_until(self, survey: str, version: int, until: int | None) -> Awaitable[None]:
        return self._writer.submit(lambda db: surveys.keep_until(db, survey, version, until))

    def relabel(self, survey: str, version: int, layout: Layout) -> Awaitable[None]:
        return self._writer.submit(lambda db: surveys.relabel(db, survey, version, layout), shred=True)

    async def count(self, survey: str, version: int) -> Counts:
        # Seconds where there are many rows: in a thread, so that other requests do not wait.
        return await asyncio.to_thread(self._read, lambda db: surveys.count(db, survey, version))

    def publish(self, survey: str, version: int, moment: int, make: Make) -> Awaitable[SurveyHead]:
        return self._writer.submit(lambda db: surveys.publish(db, survey, version, moment, make), shred=True)

    async def rows(self, survey: str, version: int) -> list[Response]:
        return await asyncio.to_thread(self._read, lambda db: surveys.read_rows(db, survey, version))

    def end(self, survey: str, version: int) -> Awaitable[int]:
        def run(db: sqlite3.Connection) -> int:
            self._log.note(db, "survey", survey, str(version))
            return surveys.end(db, survey, version)

        return self._writer.submit(run, shred=True)

    # -- free texts
    def keep_texts(self, texts: Sequence[FreeText]) -> Awaitable[None]:
        return self._writer.submit(lambda db: free_texts.keep(db, texts), rewrite=True)

    def erase_texts(self, keys: Sequence[tuple[str, str, str]]) -> Awaitable[int]:
        def run(db: sqlite3.Connection) -> int:
            for key in keys:
                self._log.note(db, "free-text", *key)
            return free_texts.erase(db, keys)

        return self._writer.submit(run, shred=True)

    async def texts(self, survey: str, question: str) -> list[FreeText]:
        return self._read(lambda db: free_texts.read(db, survey, question))

    async def text_places(self) -> Mapping[tuple[str, str], int]:
        return self._read(free_texts.read_places)

    def end_texts(self, survey: str) -> Awaitable[None]:
        def run(db: sqlite3.Connection) -> None:
            self._log.note(db, "free-texts", survey)
            free_texts.end(db, survey)

        return self._writer.submit(run, shred=True)
