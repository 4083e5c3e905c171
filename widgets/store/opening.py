"""Owns the way from a store's address (`sqlite:<path>`, `dynamodb:<table>`) to an open store and its
ledger."""

from __future__ import annotations

from pathlib import Path

from widgets.store.interface import Ledger, Store
from widgets.store.records import StoreError


def ledger_path(path: Path) -> Path:
    return path.with_name(f"{path.name}-ledger")


def open_stores(address: str) -> tuple[Store, Ledger]:
    """Raises StoreError on an address of no known kind. AWS's client loads only where it is used."""
    kind, _, place = address.partition(":")
    if kind == "sqlite" and place:
        from widgets.store.sqlite import SqliteLedger, SqliteStore

        path = Path(place)
        return SqliteStore(path), SqliteLedger(ledger_path(path))
    if kind == "dynamodb" and place:
        from widgets.store.dynamodb import DynamoLedger, DynamoStore, connect

        client = connect()
        return DynamoStore(client, place), DynamoLedger(client, f"{place}-ledger")
    raise StoreError("A store is written as sqlite:<path> or dynamodb:<table>.")
