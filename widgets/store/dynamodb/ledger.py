"""Owns the ledger in DynamoDB: a second table without backups. Rows are deleted by TTL, day keys at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from widgets.store.dynamodb.free_texts import DynamoTextLedger
from widgets.store.dynamodb.table import Client, Lost, Table, attribute, attributes
from widgets.store.ledger_writes import T, Work, charge_in_order
from widgets.store.records import Busy, Charge


class DynamoLedger:
    """Implements `Ledger`. Expired rows that TTL has not deleted yet are ignored."""

    def __init__(self, client: Client, table: str) -> None:
        self._table = Table(client, table)
        self.texts = DynamoTextLedger(self._table)

    async def day_key(self, day: str) -> bytes:
        return await self._table.run(lambda: self._day_key(day))

    def _day_key(self, day: str) -> bytes:
        key = f"D#{day}"
        end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
        if not self._get(key):
            made = {"pk": key, "secret": secrets.token_bytes(32), "ttl": int(end.timestamp())}
            if self._put_new(made):
                self._forget_days_before(day)
        found = self._get(key)
        if found is None:
            raise Busy("The day's key could not be kept.")
        return bytes(found["secret"]["B"])

    def _forget_days_before(self, day: str) -> None:
        # TTL may take two days; a key of a past day must not wait that long.
        for past in range(1, 8):
            old = date.fromisoformat(day) - timedelta(days=past)
            self._written("delete_item", TableName=self._table.name, Key={"pk": attribute(f"D#{old}")})

    def _get(self, pk: str) -> dict[str, Any] | None:
        asked = {"TableName": self._table.name, "Key": {"pk": attribute(pk)}, "ConsistentRead": True}
        item: dict[str, Any] | None = self._table.call("get_item", **asked).get("Item")
        return item

    def _written(self, operation: str, **asked: Any) -> dict[str, Any]:
        """Retried once after a lost answer: counting a limit twice is harmless, the other writes are idempotent."""
        try:
            return self._table.call(operation, **asked)
        except Lost:
            return self._table.call(operation, **asked)

    def _put_new(self, item: dict[str, Any]) -> bool:
        try:
            self._written(
                "put_item",
                TableName=self._table.name,
                Item=attributes(item),
                ConditionExpression="attribute_not_exists(pk)",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    async def together(self, work: Work[T]) -> T:
        """Each write by itself, as they come: a transaction would count a refused request on none of its limits, and
        requests that share a network would cancel one another's."""
        return await self._table.run(lambda: work(_Writes(self)))

    async def charge(self, charges: Sequence[Charge]) -> list[int]:
        return await self.together(lambda writes: writes.charge(charges))

    async def count_arrival(self, day: str, name: str, expires: int) -> None:
        await self._table.run(lambda: self._add(f"A#{day}#{name}", expires))

    async def arrivals(self, day: str) -> Mapping[str, int]:
        """Reads the whole table, which holds what is short-lived."""
        prefix = f"A#{day}#"

        def read() -> Mapping[str, int]:
            rows = [row for row in self._table.scan() if row["pk"].startswith(prefix)]
            return {row["pk"].removeprefix(prefix): row["n"] for row in rows}

        return await self._table.run(read)

    def _add(self, pk: str, expires: int) -> int:
        answer = self._written(
            "update_item",
            TableName=self._table.name,
            Key={"pk": attribute(pk)},
            UpdateExpression="ADD n :one SET #ttl = :ttl",
            ExpressionAttributeNames={"#ttl": "ttl"},
            ExpressionAttributeValues=attributes({":one": 1, ":ttl": expires}),
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["n"]["N"])

    async def spend(self, token: str, by: str, expires: int) -> bool:
        return await self.agree(token, by, expires) == by

    async def agree(self, token: str, value: str, expires: int) -> str:
        return await self.together(lambda writes: writes.agree(token, value, expires))

    def _agree(self, token: str, value: str, expires: int) -> str:
        if self._put_new({"pk": f"P#{token}", "by": value, "ttl": expires}):
            return value
        found = self._get(f"P#{token}")
        if found is None:
            raise Busy("The token has just expired.")
        return str(found["by"]["S"])

    async def purge(self, now: int, day: str) -> None:
        await self._table.run(lambda: self._forget_days_before(day))

    async def close(self) -> None:
        """The client belongs to the store, which closes it."""


class _Writes:
    """Implements `LedgerWrites`, each write kept as it comes."""

    def __init__(self, ledger: DynamoLedger) -> None:
        self._ledger = ledger

    def charge(self, charges: Sequence[Charge]) -> list[int]:
        return charge_in_order(lambda bucket, expires: self._ledger._add(f"L#{bucket}", expires), charges)

    def agree(self, token: str, value: str, expires: int) -> str:
        return self._ledger._agree(token, value, expires)
