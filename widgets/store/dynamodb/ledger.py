"""Owns the ledger in DynamoDB: a second table without backups, forgotten by TTL and, for day keys, by
deletion."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from widgets.store.dynamodb.table import Client, Lost, Table, attribute, attributes
from widgets.store.records import Busy, Charge


class DynamoLedger:
    """Implements `Ledger`. Expired rows that TTL has not reached yet count for nothing."""

    def __init__(self, client: Client, table: str) -> None:
        self._table = Table(client, table)

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
        """Tried once more after a lost answer: a limit counted twice is no harm, the rest changes nothing."""
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

    async def charge(self, charges: Sequence[Charge]) -> list[int]:
        return await self._table.run(lambda: [self._draw(charge) for charge in charges])

    def _draw(self, charge: Charge) -> int:
        answer = self._written(
            "update_item",
            TableName=self._table.name,
            Key={"pk": attribute(f"L#{charge.bucket}")},
            UpdateExpression="ADD n :one SET #ttl = :ttl",
            ExpressionAttributeNames={"#ttl": "ttl"},
            ExpressionAttributeValues=attributes({":one": 1, ":ttl": charge.expires}),
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["n"]["N"])

    async def spend(self, token: str, by: str, expires: int) -> bool:
        def once() -> bool:
            item = {"pk": f"P#{token}", "by": by, "ttl": expires}
            if self._put_new(item):
                return True
            found = self._get(f"P#{token}")
            return found is not None and found["by"]["S"] == by

        return await self._table.run(once)

    async def purge(self, now: int, day: str) -> None:
        await self._table.run(lambda: self._forget_days_before(day))

    async def close(self) -> None:
        """The client belongs to the store, which closes it."""
