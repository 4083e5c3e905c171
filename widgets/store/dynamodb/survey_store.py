"""Owns the DynamoDB store's part for surveys: each call of `SurveyStore` runs in a thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from widgets.store.dynamodb import free_texts, survey_heads, surveys
from widgets.store.dynamodb.table import Table
from widgets.store.records import Once
from widgets.store.surveys import Counts, FreeText, Layout, Make, Responded, Response, SurveyHead

T = TypeVar("T")


class Run(Protocol):
    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]: ...


class DynamoSurveys:
    """Implements `SurveyStore` on the store's table."""

    def __init__(self, table: Table, run: Run) -> None:
        self._table = table
        self._run = run

    async def add(self, response: Response, once: Once | None) -> Responded:
        def added() -> Responded:
            survey_heads.begin(self._table, (response.survey, response.version))
            return surveys.add(self._table, response, once)

        return await self._run(added)

    async def responses(self, keys: Sequence[tuple[str, int, str]]) -> list[Response]:
        return await self._run(lambda: surveys.read_responses(self._table, keys))

    async def by_receipt(self, receipt: str) -> Response | None:
        return await self._run(lambda: surveys.read_by_receipt(self._table, receipt))

    async def withdraw(self, response: Response) -> bool:
        return await self._run(lambda: surveys.withdraw(self._table, response))

    async def head(self, survey: str, version: int) -> SurveyHead:
        return await self._run(lambda: survey_heads.read_head(self._table, (survey, version)))

    async def heads(self) -> list[SurveyHead]:
        return await self._run(lambda: survey_heads.read_heads(self._table))

    async def keep_until(self, survey: str, version: int, until: int | None) -> None:
        await self._run(lambda: survey_heads.keep_until(self._table, (survey, version), until))

    async def relabel(self, survey: str, version: int, layout: Layout) -> None:
        await self._run(lambda: survey_heads.relabel(self._table, (survey, version), layout))

    async def count(self, survey: str, version: int) -> Counts:
        def counted() -> Counts:
            publications = survey_heads.read_publications(self._table, (survey, version))
            return surveys.count(self._table, (survey, version), publications)

        return await self._run(counted)

    async def publish(self, survey: str, version: int, moment: int, make: Make) -> SurveyHead:
        return await self._run(lambda: survey_heads.publish(self._table, (survey, version), moment, make))

    async def rows(self, survey: str, version: int) -> list[Response]:
        return await self._run(lambda: surveys.read_rows(self._table, (survey, version)))

    async def end(self, survey: str, version: int) -> int:
        return await self._run(lambda: survey_heads.end(self._table, (survey, version)))

    # -- free texts
    async def keep_texts(self, texts: Sequence[FreeText]) -> None:
        await self._run(lambda: free_texts.keep(self._table, texts))

    async def erase_texts(self, keys: Sequence[tuple[str, str, str]]) -> int:
        return await self._run(lambda: free_texts.erase(self._table, keys))

    async def texts(self, survey: str, question: str) -> list[FreeText]:
        return await self._run(lambda: free_texts.read(self._table, survey, question))

    async def text_places(self) -> Mapping[tuple[str, str], int]:
        return await self._run(lambda: free_texts.read_places(self._table))

    async def end_texts(self, survey: str) -> None:
        await self._run(lambda: free_texts.end(self._table, survey))
