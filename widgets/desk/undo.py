"""Owns taking an act back within half a minute, from what the audit kept of the state before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from widgets.desk.call import Call
from widgets.desk.refusals import Refused
from widgets.desk.witness import Act, entry_of
from widgets.function.restraints import LOCK, NAME_HOLD, name_place
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Conflict, Gone

UNDO_SECONDS: Final = 30
_BULK_MOST: Final = 200
_REMEMBERED_SECONDS: Final = 600


async def undo(call: Call, batch: str) -> int:
    """How many acts of the batch were taken back. Raises Refused where it is not one's own, too late, or the
    comment has changed since."""
    entries = await read_batch(call, batch)
    if not entries or any(entry.actor != call.staff.id for entry in entries):
        raise Refused(404, "not-found")
    if any(entry.action == "undo" for entry in entries):
        raise Refused(409, "undone-already")
    if any(call.services.now() - entry.time > UNDO_SECONDS for entry in entries):
        raise Refused(409, "undo-late")
    done = 0
    for entry in entries:
        take_back = _UNDOERS.get(entry.action)
        if take_back is None:
            raise Refused(409, "undo-never")
        try:
            await take_back(call, entry)
            done += 1
        except (Conflict, Gone):
            continue  # somebody did something else to it since: that stands
    if not done:
        raise Refused(409, "undo-changed")
    return done


async def read_batch(call: Call, batch: str) -> list[AuditEntry]:
    """What was done together; only lately, since nothing older is asked for here."""
    since = call.services.now() - _REMEMBERED_SECONDS
    return await call.services.store.audit(AuditAsk(_BULK_MOST, batch=batch, since=since))


def can_undo(call: Call, entries: list[AuditEntry]) -> bool:
    own = all(entry.actor == call.staff.id and entry.action in _UNDOERS for entry in entries)
    fresh = all(call.services.now() - entry.time <= UNDO_SECONDS for entry in entries)
    noted_before = any(entry.action == "note" and entry.before.get("noted") for entry in entries)
    return bool(entries) and own and fresh and not noted_before


def _undone(call: Call, entry: AuditEntry) -> AuditEntry:
    act = Act(call.staff.id, "undo", entry.action, entry.batch)
    id_, now = call.services.new_id(), call.services.now()
    return entry_of(act, id_, now, entry.comment, entry.after, entry.before)


async def _state(call: Call, entry: AuditEntry) -> None:
    if entry.action == "note" and entry.before.get("noted"):
        raise Refused(409, "undo-never")  # the earlier note is gone: the audit keeps no words
    before: Mapping[str, Any] = entry.before
    names = ("state", "urgency", "queued", "flags", "reason", "decided")
    fields = {name: before[name] for name in names} | {"held": tuple(before["held"])}
    if entry.action == "note":
        fields["note"] = None
    change = CommentChange(
        entry.comment,
        int(entry.after["revision"]),
        fields,
        before.get("name_approved"),
        _undone(call, entry),
    )
    await call.services.store.change_comment(change)


async def _answer(call: Call, entry: AuditEntry) -> None:
    await call.services.store.remove_comment(str(entry.after["answer"]), None, _undone(call, entry))


async def _lock(call: Call, entry: AuditEntry) -> None:
    comment = await call.services.store.comment(entry.comment)
    if comment is None or not await call.services.store.drop_desk_row(LOCK, comment.thread):
        raise Conflict
    await call.services.store.append_audit(_undone(call, entry))


async def _unlock(call: Call, entry: AuditEntry) -> None:
    comment = await call.services.store.comment(entry.comment)
    if comment is None:
        raise Conflict
    value = {"reason": entry.before["reason"], "by": call.staff.id, "since": call.services.now()}
    await call.services.store.keep_desk_row(DeskRow(LOCK, comment.thread, value))
    await call.services.store.append_audit(_undone(call, entry))


async def _hold_name(call: Call, entry: AuditEntry) -> None:
    comment = await call.services.store.comment(entry.comment)
    place = name_place(comment.condition, comment.skeleton) if comment else ""
    if not await call.services.store.drop_desk_row(NAME_HOLD, place):
        raise Conflict
    await call.services.store.append_audit(_undone(call, entry))


_UNDOERS: Final[Mapping[str, Callable[[Call, AuditEntry], Awaitable[None]]]] = {
    **dict.fromkeys(("approve", "reject", "hold", "crisis", "note"), _state),
    "answer": _answer,
    "lock": _lock,
    "unlock": _unlock,
    "hold-name": _hold_name,
}
