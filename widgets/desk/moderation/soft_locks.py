"""Owns soft locks: who has a comment open, for a few minutes, so that two moderators do not work on the same one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Busy, Conflict

SOFT_LOCK: Final = "claim"
SOFT_LOCK_SECONDS: Final = 300


async def take(store: Store, comment: str, staff: str, now: int) -> str | None:
    """Take the soft lock; returns the id of another person who holds it, or None. It forbids nothing."""
    row = await store.desk_row(SOFT_LOCK, comment)
    if row is not None and _holds(row, now) and row.value["staff"] != staff:
        return str(row.value["staff"])
    mine = DeskRow(SOFT_LOCK, comment, {"staff": staff}, now + SOFT_LOCK_SECONDS)
    try:
        await store.keep_desk_row(replace(mine, revision=row.revision) if row else mine)
    except Conflict:
        row = await store.desk_row(SOFT_LOCK, comment)
        return str(row.value["staff"]) if row and row.value["staff"] != staff else None
    except Busy:  # the disk is full: the comment can be read all the same
        return None
    return None


async def release(store: Store, comment: str, staff: str) -> None:
    row = await store.desk_row(SOFT_LOCK, comment)
    if row is not None and row.value["staff"] == staff:
        await store.drop_desk_row(SOFT_LOCK, comment)


async def holders(store: Store, now: int) -> dict[str, str]:
    """comment → who holds its soft lock."""
    return {row.id: row.value["staff"] for row in await store.desk_rows(SOFT_LOCK) if _holds(row, now)}


def _holds(row: DeskRow, now: int) -> bool:
    return row.expires is not None and now < row.expires
