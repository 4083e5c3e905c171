"""Owns free texts of surveys in DynamoDB: in the store under keys that lead to no response, and while they wait in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from widgets.store.dynamodb.table import ConditionFailed, Lost, Table, Update, attribute, attributes
from widgets.store.surveys import FreeText

_PLACES: Final = "TEXTS"
_WAITING: Final = "F#"


def _key(survey: str, question: str, key: str) -> tuple[str, str]:
    return f"FT#{survey}#{question}", key


def keep(table: Table, texts: Sequence[FreeText]) -> None:
    """In the order of their keys. Where an erased text was, a mark without words keeps the batch out."""
    for text in sorted(texts, key=lambda one: one.key):
        pk, sk = _key(text.survey, text.question, text.key)
        item = {"pk": pk, "sk": sk, "text": text.text, "plea": text.plea}
        part = table.put(item, "attribute_not_exists(erased)")
        _until_done(table, [part])
    for survey, question in sorted({(text.survey, text.question) for text in texts}):
        place = {"pk": _PLACES, "sk": f"{survey}#{question}", "survey": survey, "question": question}
        _until_done(table, [table.put(place)])


def _until_done(table: Table, parts: list[dict[str, Any]]) -> None:
    """Idempotent parts: done again after a lost answer; a condition that fails says that there is nothing to do."""

    def attempt() -> None:
        try:
            table.transact(parts)
        except ConditionFailed:
            return

    table.try_again(attempt, "The texts met too many conflicting writes.")


def erase(table: Table, keys: Sequence[tuple[str, str, str]]) -> int:
    found = table.get_many([_key(*key) for key in keys])
    for key in sorted(keys):
        update = Update(_key(*key), {"erased": True}, {}, ("text", "plea"))
        _until_done(table, [table.update(update)])
    return sum("text" in item for item in found.values())


def read(table: Table, survey: str, question: str) -> list[FreeText]:
    pk, _ = _key(survey, question, "")
    items = table.query("pk = :pk", {":pk": pk}, ConsistentRead=True)
    return [
        FreeText(item["sk"], survey, question, item["text"], item["plea"]) for item in items if "text" in item
    ]


def read_places(table: Table) -> Mapping[tuple[str, str], int]:
    places = table.query("pk = :pk", {":pk": _PLACES}, ConsistentRead=True)
    found = Counter(
        {
            (item["survey"], item["question"]): len(read(table, item["survey"], item["question"]))
            for item in places
        }
    )
    return {place: n for place, n in found.items() if n}


def end(table: Table, survey: str) -> None:
    for place in list(table.query("pk = :pk", {":pk": _PLACES}, ConsistentRead=True)):
        if place["survey"] != survey:
            continue
        pk, _ = _key(survey, place["question"], "")
        for item in list(table.query("pk = :pk", {":pk": pk}, ConsistentRead=True)):
            _until_done(table, [table.delete((item["pk"], item["sk"]))])
        _until_done(table, [table.delete((place["pk"], place["sk"]))])


class DynamoTextLedger:
    """Implements `TextLedger` on the ledger's table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def wait(self, text: FreeText) -> None:
        item = {
            **{"pk": f"{_WAITING}{text.key}", "survey": text.survey, "question": text.question},
            **{"text": text.text, "plea": text.plea},
        }
        await self._table.run(lambda: self._written("put_item", Item=attributes(item)))

    async def demand(self) -> None:
        """A table cannot be moved under the function."""

    async def waiting(self) -> list[FreeText]:
        """Reads the whole table, which holds what is short-lived."""

        def read_all() -> list[FreeText]:
            rows = [row for row in self._table.scan() if row["pk"].startswith(_WAITING)]
            found = [
                FreeText(
                    row["pk"].removeprefix(_WAITING), row["survey"], row["question"], row["text"], row["plea"]
                )
                for row in rows
            ]
            return sorted(found, key=lambda text: text.key)

        return await self._table.run(read_all)

    async def drop(self, keys: Sequence[str]) -> int:
        def forget() -> int:
            return sum(self._forget(f"{_WAITING}{key}") for key in keys)

        return await self._table.run(forget)

    def _forget(self, pk: str) -> bool:
        answer = self._written("delete_item", Key={"pk": attribute(pk)}, ReturnValues="ALL_OLD")
        return "Attributes" in answer

    def _written(self, operation: str, **asked: Any) -> dict[str, Any]:
        """Idempotent: retried once after a lost answer."""
        try:
            return self._table.call(operation, TableName=self._table.name, **asked)
        except Lost:
            return self._table.call(operation, TableName=self._table.name, **asked)
