"""Owns the tokens of staff's private feeds: one for each person, kept as a hash, dead 60 days after the last fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from widgets.desk.auth.people import FEED, Staff, drop_rows_of, read_staff, token_hash
from widgets.function.state.services import Services
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Conflict

IDLE_SECONDS: Final = 60 * 86_400
_TOUCH_SECONDS: Final = 86_400  # so that a program that asks every hour writes once a day
_TOKEN_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose it is, and where the desk was when it was made. `made` and `seen` are days, `seen` the last one with a fetch."""

    staff: Staff
    origin: str
    lang: str
    made: int
    seen: int


async def make_feed(services: Services, staff: Staff, origin: str, lang: str) -> str:
    """A new token of 128 bits, told once; an earlier one ends."""
    await drop_rows_of(services.store, (FEED,), staff.id)
    token, now = services.settings.random(_TOKEN_BYTES).hex(), services.now()
    value = {"staff": staff.id, "origin": origin, "lang": lang, "made": now, "seen": now}
    await services.store.keep_desk_row(DeskRow(FEED, token_hash(token), value, now + IDLE_SECONDS))
    await services.store.append_audit(AuditEntry(services.new_id(), now, staff.id, "feed-made"))
    return token


async def end_feed(services: Services, staff: Staff) -> bool:
    """Whether there was one."""
    if not await _rows(services, staff.id):
        return False
    await drop_rows_of(services.store, (FEED,), staff.id)
    entry = AuditEntry(services.new_id(), services.now(), staff.id, "feed-ended")
    await services.store.append_audit(entry)
    return True


async def feed_of(services: Services, staff: Staff) -> Feed | None:
    """The person's own feed, without its address: nobody has that any more."""
    rows = [row for row in await _rows(services, staff.id) if _lives(row, services.now())]
    return _from(rows[0], staff) if rows else None


async def fetched(services: Services, token: str) -> Feed | None:
    """The feed of a token, which lives 60 days from now on; None where it is unknown, dead, or its owner no longer staff."""
    row = await services.store.desk_row(FEED, token_hash(token))
    now = services.now()
    staff = await read_staff(services.store, row.value["staff"]) if row and _lives(row, now) else None
    if row is None or staff is None:
        return None
    if now - row.value["seen"] >= _TOUCH_SECONDS:
        seen = replace(row, value={**row.value, "seen": now}, expires=now + IDLE_SECONDS)
        try:
            await services.store.keep_desk_row(seen)
        except Conflict:  # another fetch did it, or it has just been ended
            return await fetched(services, token)
    return _from(row, staff)


async def _rows(services: Services, staff: str) -> Sequence[DeskRow]:
    rows = await services.store.desk_rows(FEED)
    return [row for row in rows if row.value["staff"] == staff]


def _lives(row: DeskRow, now: int) -> bool:
    return row.expires is not None and now < row.expires


def _from(row: DeskRow, staff: Staff) -> Feed:
    value = row.value
    return Feed(staff, value["origin"], value["lang"], value["made"], value["seen"])
