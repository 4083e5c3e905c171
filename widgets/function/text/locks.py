"""Owns locks of threads, with their reasons, and holds of pseudonyms and of the device behind them, as staff set them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.rules.keys import Keys
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Comment

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


def device_mark(keys: Keys, author: str) -> str:
    """How a hold knows the device of an author: a hash for holds alone, so that a copy of the store leads from it to no
    comment."""
    return keys.digest("device-hold", author)


def device_marks(keys: Keys, conditions: Sequence[str], device: str) -> frozenset[str]:
    """The marks of a device in all conditions. They are computed from the key that came with the request: the store
    itself links nobody's conditions."""
    return frozenset(device_mark(keys, keys.author(condition, device)) for condition in conditions)


def held_value(by: str, mark: str, known: DeskRow | None) -> Mapping[str, Any]:
    """The value of a hold. A name that was held for another device's posts before is held for both."""
    return {"by": by, "devices": sorted({mark, *_devices(known)})}


def hold_before(known: DeskRow | None, mark: str, now: int) -> Mapping[str, Any]:
    """What the audit keeps of the hold that another one takes the place of, so that an undo brings it back; no hash."""
    if known is None or (known.expires or 0) <= now:
        return {}
    return {"until": known.expires, "by": known.value["by"], "same_device": mark in _devices(known)}


def hold_again(row: DeskRow, before: Mapping[str, Any], mark: str) -> DeskRow:
    """The row as it was before."""
    devices = [one for one in _devices(row) if before["same_device"] or one != mark]
    return replace(row, value={"by": before["by"], "devices": devices}, expires=before["until"])


def _devices(row: DeskRow | None) -> Sequence[str]:
    return row.value.get("devices", ()) if row else ()


async def read_holds(store: Store, now: int) -> Sequence[DeskRow]:
    return [row for row in await store.desk_rows(NAME_HOLD) if row.expires is not None and now < row.expires]


def hold_of_name(holds: Sequence[DeskRow], condition: str, skeleton: str) -> DeskRow | None:
    place = name_place(condition, skeleton)
    return next((row for row in holds if row.id == place), None)


def hold_of_device(holds: Sequence[DeskRow], marks: Collection[str]) -> DeskRow | None:
    """Whatever name it writes under, and in whatever condition."""
    return next((row for row in holds if not set(_devices(row)).isdisjoint(marks)), None)


async def read_hold(store: Store, keys: Keys, comment: Comment, now: int) -> DeskRow | None:
    """The hold that a comment's writer is under in this condition: of the pseudonym, or else of the device."""
    holds = await read_holds(store, now)
    mark = device_mark(keys, comment.author)
    return hold_of_name(holds, comment.condition, comment.skeleton) or hold_of_device(holds, {mark})
