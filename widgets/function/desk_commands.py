"""Owns the plain functions behind `gatherwell desk queue|approve|reject` and the store's upkeep; they print
nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from widgets.function import moderation
from widgets.store.interface import Store
from widgets.store.opening import open_stores
from widgets.store.records import Comment, StoreError
from widgets.store.sqlite import SqliteStore

T = TypeVar("T")


def queue(store: str, limit: int = 50) -> list[Comment]:
    """What waits for an editor, the most urgent first. `store` as in `Settings.store`. Raises StoreError."""

    async def read(opened: Store) -> list[Comment]:
        return [comment for _, comment in await opened.queue(limit)]

    return _with(store, read)


def approve(store: str, comment_id: str) -> Comment:
    """Raises Gone where there is no such comment, Conflict where its text has just changed."""
    return _with(store, lambda opened: moderation.approve(opened, comment_id))


def reject(store: str, comment_id: str) -> Comment:
    """Raises Gone, Conflict."""
    return _with(store, lambda opened: moderation.reject(opened, comment_id))


def hold(store: str, comment_id: str) -> Comment:
    """Raises Gone, Conflict."""
    return _with(store, lambda opened: moderation.hold(opened, comment_id))


def check(store: str) -> list[str]:
    """What is wrong with the store, in words; empty when it is sound. Raises StoreError where there is none."""
    _demand_file(store)
    return _with(store, lambda opened: opened.check())


def back_up(store: str, target: Path) -> None:
    """An online copy of a SQLite store; the ledger is left out by design. Raises StoreError on another
    kind, and where there is none."""
    _demand_file(store)

    async def copy(opened: Store) -> None:
        if not isinstance(opened, SqliteStore):
            raise StoreError("DynamoDB keeps its own backups: point-in-time recovery.")
        await asyncio.to_thread(opened.back_up, target)

    _with(store, copy)


def _demand_file(store: str) -> None:
    """A mistyped path must not become an empty store that is sound, nor a copy of one."""
    kind, _, place = store.partition(":")
    if kind == "sqlite" and not Path(place).is_file():
        raise StoreError(f"There is no store at {place}.")


def _with(store: str, work: Callable[[Store], Awaitable[T]]) -> T:
    async def run() -> T:
        opened, ledger = open_stores(store)
        try:
            return await work(opened)
        finally:
            await opened.close()
            await ledger.close()

    return asyncio.run(run())
