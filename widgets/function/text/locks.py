"""Owns locks of threads, with their reasons, and holds of pseudonyms, as staff set them."""

from __future__ import annotations

from typing import Final

from widgets.contract.problems import Problem
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store

LOCK: Final = "lock"
NAME_HOLD: Final = "name-hold"


async def read_lock(store: Store, thread: str) -> str | None:
    """The lock's reason in staff's words; None where the thread is not locked."""
    row = await store.desk_row(LOCK, thread)
    return str(row.value["reason"]) if row else None


async def demand_unlocked(store: Store, thread: str) -> None:
    """Raises Problem thread-locked with the reason."""
    reason = await read_lock(store, thread)
    if reason is not None:
        raise Problem("thread-locked", reason)


def name_place(condition: str, skeleton: str) -> str:
    return f"{condition}~{skeleton}"


async def read_name_hold(store: Store, condition: str, skeleton: str, now: int) -> DeskRow | None:
    row = await store.desk_row(NAME_HOLD, name_place(condition, skeleton))
    return row if row and row.expires is not None and now < row.expires else None
