"""Owns the way from a store's address (`sqlite:<path>`, `dynamodb:<table>`) to an open store and its
ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from widgets.store.interface import Ledger, Store
from widgets.store.records import StoreError

T = TypeVar("T")


def ledger_path(path: Path) -> Path:
    return path.with_name(f"{path.name}-ledger")


def sqlite_path(address: str) -> Path | None:
    kind, _, place = address.partition(":")
    return Path(place) if kind == "sqlite" and place else None


def demand_existing(address: str) -> None:
    """Raises NoStore where a SQLite store is absent, or the file is not ours: opening it would make or change one."""
    path = sqlite_path(address)
    if path is not None:
        from widgets.store.sqlite.files import demand_store

        demand_store(path)


def demand_sound(address: str) -> None:
    """A quick check before a server starts. Raises StoreError with what to do about a damaged file."""
    path = sqlite_path(address)
    if path is not None:
        from widgets.store.sqlite import inspection

        inspection.demand_sound(path, "Go back to a copy with `gatherwell function restore`.")
        ledger = ledger_path(path)
        inspection.demand_sound(
            ledger, "Move it away: limits begin anew, and free texts of surveys that wait in it are lost."
        )


def open_stores(address: str) -> tuple[Store, Ledger]:
    """Makes a SQLite store that is absent. Raises StoreError on an address of no known kind. AWS's client loads only
    where it is used."""
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


def with_stores(address: str, work: Callable[[Store, Ledger], Awaitable[T]]) -> T:
    """What *work* makes of an open store and its ledger, for a command: both are closed after it. Raises StoreError."""

    async def run() -> T:
        store, ledger = open_stores(address)
        try:
            return await work(store, ledger)
        finally:
            await store.close()
            await ledger.close()

    return asyncio.run(run())
