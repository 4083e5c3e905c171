"""Owns that two moderators do not tread on each other: who looks at a comment just now, for a few minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict

CLAIM: Final = "claim"
CLAIM_SECONDS: Final = 300


async def claim(store: Store, comment: str, staff: str, now: int) -> str | None:
    """Look at a comment; the id of whoever looked first and still does, or None. It forbids nothing."""
    row = await store.desk_row(CLAIM, comment)
    if row is not None and _holds(row, now) and row.value["staff"] != staff:
        return str(row.value["staff"])
    mine = DeskRow(CLAIM, comment, {"staff": staff}, now + CLAIM_SECONDS)
    try:
        await store.keep_desk_row(replace(mine, revision=row.revision) if row else mine)
    except Conflict:
        row = await store.desk_row(CLAIM, comment)
        return str(row.value["staff"]) if row and row.value["staff"] != staff else None
    return None


async def release(store: Store, comment: str, staff: str) -> None:
    row = await store.desk_row(CLAIM, comment)
    if row is not None and row.value["staff"] == staff:
        await store.drop_desk_row(CLAIM, comment)


async def claims(store: Store, now: int) -> dict[str, str]:
    """comment → who looks at it."""
    return {row.id: row.value["staff"] for row in await store.desk_rows(CLAIM) if _holds(row, now)}


def _holds(row: DeskRow, now: int) -> bool:
    return row.expires is not None and now < row.expires
