"""Owns idempotency rows in DynamoDB: written in the same transaction, deleted by TTL, whose day is checked on reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from widgets.store.dynamodb.table import Table
from widgets.store.records import ONCE_DAYS, Once, OnceMismatch


def key(once: Once) -> tuple[str, str]:
    return f"O#{once.key}", "-"


def earlier(table: Table, once: Once | None) -> str | None:
    """What the same intent resulted in, or None. Raises OnceMismatch."""
    row = table.get(*key(once)) if once else None
    if once is None or row is None or row["day"] < _oldest(once):
        return None
    if row["digest"] != once.digest:
        raise OnceMismatch
    return str(row["result"])


def remember(table: Table, once: Once | None, result: str) -> list[dict[str, Any]]:
    """The part of a transaction that stores the intent; it fails where another request stored it meanwhile."""
    if once is None:
        return []
    pk, sk = key(once)
    item = {
        "pk": pk,
        "sk": sk,
        "digest": once.digest,
        "result": result,
        "day": once.day,
        "ttl": int(_noon(once.day).timestamp()) + (ONCE_DAYS + 1) * 86_400,
    }
    part = table.put(item, "attribute_not_exists(pk) OR #day < :oldest", oldest=_oldest(once))
    part["Put"]["ExpressionAttributeNames"] = {"#day": "day"}
    return [part]


def _oldest(once: Once) -> str:
    return (_noon(once.day) - timedelta(days=ONCE_DAYS)).strftime("%Y-%m-%d")


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
