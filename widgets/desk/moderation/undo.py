"""Owns undo: an action can be reverted for 30 seconds, from the earlier state in the audit log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.locks import LOCK, NAME_HOLD, device_mark, hold_again, name_place
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Conflict, Gone, NameTaken

UNDO_SECONDS: Final = 30
_BULK_MOST: Final = 200
_REMEMBERED_SECONDS: Final = 600


async def undo(request: DeskRequest, batch: str) -> int:
    """Undo a batch; returns how many actions were undone. Raises Refused where the batch is another person's or too
    old, or all its comments have changed since."""
    entries = await read_batch(request, batch)
    if not entries or any(entry.actor != request.staff.id for entry in entries):
        raise Refused(404, "not-found")
    if any(entry.action == "undo" for entry in entries):
        raise Refused(409, "undone-already")
    if any(request.services.now() - entry.time > UNDO_SECONDS for entry in entries):
        raise Refused(409, "undo-late")
    done = 0
    for entry in entries:
        take_back = _UNDOERS.get(entry.action)
        if take_back is None:
            raise Refused(409, "undo-never")
        try:
            await take_back(request, entry)
            done += 1
        except (Conflict, Gone, NameTaken):
            continue  # changed since by somebody else: skipped
    if not done:
        raise Refused(409, "undo-changed")
    return done


async def read_batch(request: DeskRequest, batch: str) -> list[AuditEntry]:
    """The entries of a batch, of the last ten minutes only."""
    since = request.services.now() - _REMEMBERED_SECONDS
    return await request.services.store.audit(AuditAsk(_BULK_MOST, batch=batch, since=since))


def can_undo(request: DeskRequest, entries: list[AuditEntry]) -> bool:
    own = all(entry.actor == request.staff.id and entry.action in _UNDOERS for entry in entries)
    fresh = all(request.services.now() - entry.time <= UNDO_SECONDS for entry in entries)
    noted_before = any(entry.action == "note" and entry.before.get("noted") for entry in entries)
    return bool(entries) and own and fresh and not noted_before


def _undone(request: DeskRequest, entry: AuditEntry) -> AuditEntry:
    action = StaffAction(request.staff.id, "undo", entry.action, entry.batch)
    id_, now = request.services.new_id(), request.services.now()
    undone = entry_of(action, id_, now, None, entry.after, entry.before)
    return replace(undone, comment=entry.comment, condition=entry.condition)


async def _state(request: DeskRequest, entry: AuditEntry) -> None:
    if entry.action == "note" and entry.before.get("noted"):
        raise Refused(409, "undo-never")  # the earlier note cannot be restored: the audit log keeps no text
    before: Mapping[str, Any] = entry.before
    names = ("state", "urgency", "queued", "flags", "reason", "decided")
    fields = {name: before[name] for name in names} | {"held": tuple(before["held"])}
    fields["aside"] = before.get("aside")
    if entry.action == "note":
        fields["note"] = None
    fields |= await _flagged_since(request, entry, fields)
    change = CommentChange(
        entry.comment,
        int(entry.after["revision"]),
        fields,
        before.get("name_approved"),
        _undone(request, entry),
    )
    await request.services.store.change_comment(change)


async def _flagged_since(
    request: DeskRequest, entry: AuditEntry, fields: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What readers pointed out after the action stays, and stays in the queue."""
    comment = await request.services.store.comment(entry.comment)
    known: Mapping[str, int] = entry.after["flags"]
    since = {key: n - known.get(key, 0) for key, n in comment.flags.items()} if comment else {}
    if comment is None or not any(n > 0 for n in since.values()):
        return {}
    flags = {
        key: fields["flags"].get(key, 0) + max(0, since.get(key, 0)) for key in {*fields["flags"], *since}
    }
    return {"flags": flags, "queued": True, "urgency": max(fields["urgency"], comment.urgency)}


async def _answer(request: DeskRequest, entry: AuditEntry) -> None:
    await request.services.store.remove_comment(str(entry.after["answer"]), None, _undone(request, entry))


async def _lock(request: DeskRequest, entry: AuditEntry) -> None:
    comment = await request.services.store.comment(entry.comment)
    if comment is None or not await request.services.store.drop_desk_row(LOCK, comment.thread):
        raise Conflict
    await request.services.store.append_audit(_undone(request, entry))


async def _unlock(request: DeskRequest, entry: AuditEntry) -> None:
    comment = await request.services.store.comment(entry.comment)
    if comment is None:
        raise Conflict
    value = {"reason": entry.before["reason"], "by": request.staff.id, "since": request.services.now()}
    await request.services.store.keep_desk_row(DeskRow(LOCK, comment.thread, value))
    await request.services.store.append_audit(_undone(request, entry))


async def _hold_name(request: DeskRequest, entry: AuditEntry) -> None:
    comment = await request.services.store.comment(entry.comment)
    store, place = request.services.store, name_place(comment.condition, comment.skeleton) if comment else ""
    row = await store.desk_row(NAME_HOLD, place) if comment and entry.before else None
    if comment and row is not None:  # it took the place of another one
        mark = device_mark(request.services.keys, comment.author)
        await store.keep_desk_row(hold_again(row, entry.before, mark))
    elif not await store.drop_desk_row(NAME_HOLD, place):
        raise Conflict
    await request.services.store.append_audit(_undone(request, entry))


_UNDOERS: Final[Mapping[str, Callable[[DeskRequest, AuditEntry], Awaitable[None]]]] = {
    **dict.fromkeys(("approve", "reject", "aside", "hold", "crisis", "note"), _state),
    "answer": _answer,
    "lock": _lock,
    "unlock": _unlock,
    "hold-name": _hold_name,
}
