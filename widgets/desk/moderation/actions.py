"""Owns what staff can do to a comment, its thread and its pseudonym: one function for each action, one ordered table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.desk.imports.erasing import NotImported, erase_author
from widgets.desk.moderation.appeals import demand_other
from widgets.desk.moderation.assignments import claim, hand_over, release_claim
from widgets.desk.moderation.audited_store import AuditedStore, StaffAction, entry_of
from widgets.desk.moderation.clinicians import ask_clinician, clinician_done
from widgets.desk.moderation.false_alarms import false_alarm
from widgets.desk.moderation.memos import memo, memo_name
from widgets.desk.moderation.private_answers import private_answer
from widgets.desk.moderation.sources import is_source, note_html
from widgets.desk.moderation.staff_answers import intent, written
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text import moderation
from widgets.function.text.appeals import APPEAL
from widgets.function.text.crisis_help import How, call_for
from widgets.function.text.locks import (
    LOCK,
    NAME_HOLD,
    device_mark,
    held_value,
    hold_before,
    name_place,
    read_hold,
    read_lock,
)
from widgets.function.text.name_claims import demand_name_of_comment
from widgets.function.text.name_notes import forget_notes
from widgets.rules.bursts import ASIDE_SECONDS, asks_first, one_by_one
from widgets.rules.flags import MOST_URGENT
from widgets.rules.personal_data import personal_data
from widgets.rules.text import normalise
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Comment, Conflict, Note, ParentGone, ThreadFull

ANSWERS: Final = (
    *("off-topic", "unkind", "medical-claim", "personal-data", "method", "advert", "duplicate", "other"),
    "care",
)
PLEA_ANSWERS: Final = (
    "care",
    "method",
    "personal-data",
    "duplicate",
    "other",
)  # what may be said to who pleads
LONGEST_HOLD_DAYS: Final = 30
_DAY: Final = 86_400

ActionFunction = Callable[[DeskRequest, Comment, int | None, str], Awaitable[AuditEntry]]


def _audited(request: DeskRequest, action: StaffAction, revision: int | None) -> AuditedStore:
    return AuditedStore(
        request.services.store, action, request.services.now(), request.services.new_id, revision
    )


def _entry(audited: AuditedStore) -> AuditEntry:
    if audited.entry is None:
        raise Conflict
    return audited.entry


async def approve(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """A plea, or what harms its readers, is shown to everybody by no single press, key or button: its page asks first, since
    readers may have pointed it out after the page with the button was made."""
    await demand_other(request, comment)
    if asks_first(comment.held, comment.urgency, comment.flags) and not request.sent("sure"):
        raise Refused(409, "plea-sure")
    await demand_name_of_comment(request.services, comment)
    audited = _audited(request, StaffAction(request.staff.id, "approve", batch=batch), revision)
    await moderation.approve(audited.as_store(), comment.id)
    return _entry(audited)


async def reject(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    answer = request.sent("answer")
    if answer not in fitting_answers(comment):
        raise Refused(400, "answer-missing")
    await demand_other(request, comment)
    action = StaffAction(request.staff.id, "reject", answer, batch, answer=answer)
    audited = _audited(request, action, revision)
    await moderation.reject(audited.as_store(), comment.id)
    return _entry(audited)


def fitting_answers(comment: Comment) -> tuple[str, ...]:
    """Nobody who pleads is told that it is off topic, nor anybody else that it is kept out of care."""
    appealed = APPEAL in comment.held and comment.reason == "care"
    return answers_for(pleads(comment) or appealed)


def answers_for(plea: bool) -> tuple[str, ...]:
    return PLEA_ANSWERS if plea else tuple(answer for answer in ANSWERS if answer != "care")


def pleads(comment: Comment) -> bool:
    return one_by_one(comment.held, comment.urgency, comment.flags)


async def aside(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """Out of the queue for a day, then back in its place: what acts on many do instead of rejecting."""
    if not comment.queued:
        raise Conflict
    if one_by_one(comment.held, comment.urgency, comment.flags):
        raise Refused(409, "plea-aside")
    audited = _audited(request, StaffAction(request.staff.id, "aside", batch=batch, decides=False), revision)
    await moderation.set_aside(audited.as_store(), comment.id, request.services.now() + ASIDE_SECONDS)
    return _entry(audited)


async def hold(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    audited = _audited(request, StaffAction(request.staff.id, "hold", batch=batch, decides=False), revision)
    await moderation.hold(audited.as_store(), comment.id)
    return _entry(audited)


async def crisis(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """Move to the top of the queue. A visible comment stays visible: hiding a plea is no help. A rejected one is
    held again, so that the purge does not delete it."""
    audited = _audited(request, StaffAction(request.staff.id, "crisis", batch=batch, decides=False), revision)
    seen = await audited.comment(comment.id)
    if seen is None:
        raise Refused(404, "not-found")
    held = tuple(dict.fromkeys(("crisis", *seen.held)))
    fields: dict[str, Any] = {"held": held, "urgency": MOST_URGENT, "queued": True}
    if seen.state == "rejected":
        fields |= {"state": "held", "reason": None, "decided": None}
    how = How("at once" if seen.urgency < MOST_URGENT else "none", proven=True)
    call = call_for(request.services, request.manifest, seen.condition, ("crisis",), how)
    await audited.change_comment(CommentChange(seen.id, seen.revision, fields, call=call))
    if call is not None:
        await request.services.alerts.told()
    return _entry(audited)


async def note(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    text = _text(request, "note", 2_000)
    source = request.sent("source", 500)
    if not is_source(source):
        raise Refused(400, "source")
    await demand_name_of_comment(request.services, comment)
    audited = _audited(request, StaffAction(request.staff.id, "note", batch=batch), revision)
    by = request.staff.name
    shown = Note(note_html(text, source, by), source, by)
    await moderation.add_note(audited.as_store(), comment.id, shown)
    return _entry(audited)


async def redact(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """Redact the characters from `start` to `end`, or, with `found`, all that looks like personal data."""
    if request.sent("found"):
        places = personal_data(comment.text, request.manifest.own_numbers())
        spans = [(place.start, place.end) for place in places]
    else:
        last = len(comment.text)
        spans = [(request.number("start", 1, last) - 1, request.number("end", 1, last))]
    if not spans or spans[0][0] >= spans[0][1]:
        raise Refused(400, "span")
    audited = _audited(request, StaffAction(request.staff.id, "redact", batch=batch, decides=False), revision)
    await moderation.redact(audited.as_store(), comment.id, comment.text, spans)
    return _entry(audited)


def _text(request: DeskRequest, name: str, most: int) -> str:
    try:
        return normalise(request.sent(name, most), most)
    except Problem:
        raise Refused(400, "text") from None


async def answer(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """A comment of staff's own, with role and, where there is one, profile."""
    services = request.services
    if not comment.visible:
        raise Refused(409, "answer-held")
    said = written(request, comment.thread, comment.condition, comment.lang, comment)
    action = StaffAction(request.staff.id, "answer", batch=batch)
    entry = entry_of(action, services.new_id(), services.now(), comment, {}, {"answer": said.id})
    try:
        await services.store.add_comment(said, intent(request, comment.id, said.text), entry)
    except (ParentGone, ThreadFull):
        raise Refused(409, "answer-held") from None
    return entry


async def lock(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = request.services
    reason = request.sent("reason", 300)
    if not reason or not reason.isprintable():
        raise Refused(400, "reason-missing")
    value = {"reason": reason, "by": request.staff.id, "since": services.now()}
    try:
        await services.store.keep_desk_row(DeskRow(LOCK, comment.thread, value))
    except Conflict:
        raise Refused(409, "locked-already") from None
    return await _noted(
        request, StaffAction(request.staff.id, "lock", reason, batch), comment, {}, {"locked": True}
    )


async def unlock(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    reason = await read_lock(request.services.store, comment.thread)
    if not await request.services.store.drop_desk_row(LOCK, comment.thread):
        raise Refused(409, "not-locked")
    before = {"locked": True, "reason": reason}
    return await _noted(
        request, StaffAction(request.staff.id, "unlock", batch=batch), comment, before, {"locked": False}
    )


async def hold_name(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = request.services
    days = request.number("days", 1, LONGEST_HOLD_DAYS)
    place = name_place(comment.condition, comment.skeleton)
    known = await services.store.desk_row(NAME_HOLD, place)
    mark = device_mark(services.keys, comment.author)
    value = held_value(request.staff.id, mark, known)
    row = DeskRow(NAME_HOLD, place, value, services.now() + days * _DAY)
    await services.store.keep_desk_row(replace(row, revision=known.revision) if known else row)
    return await _noted(
        request,
        StaffAction(request.staff.id, "hold-name", str(days), batch),
        comment,
        hold_before(known, mark, services.now()),
        {"days": days},
    )


async def free_name(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = request.services
    known = await read_hold(services.store, services.keys, comment, services.now())
    if known is None or not await services.store.drop_desk_row(NAME_HOLD, known.id):
        raise Refused(409, "not-held")
    return await _noted(request, StaffAction(request.staff.id, "free-name", batch=batch), comment, {}, {})


async def erase_name(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """All that an imported name wrote, on request: whoever wrote it holds no key."""
    action = StaffAction(request.staff.id, "erase-name", batch=batch, decides=False)
    services = request.services
    try:
        entry, _ = await erase_author(services.store, comment.author, action, services.now(), services.new_id)
    except NotImported:
        raise Refused(409, "not-imported") from None
    await forget_notes(services.store, services.keys, comment.author)
    return entry


async def _noted(
    request: DeskRequest,
    action: StaffAction,
    comment: Comment,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> AuditEntry:
    entry = entry_of(action, request.services.new_id(), request.services.now(), comment, before, after)
    await request.services.store.append_audit(entry)
    return entry


ACTIONS: Final[Mapping[str, ActionFunction]] = {
    "claim": claim,
    "release": release_claim,
    "hand-over": hand_over,
    "memo": memo,
    "memo-name": memo_name,
    "approve": approve,
    "reject": reject,
    "aside": aside,
    "hold": hold,
    "answer": answer,
    "private-answer": private_answer,
    "ask-clinician": ask_clinician,
    "clinician-done": clinician_done,
    "note": note,
    "crisis": crisis,
    "false-alarm": false_alarm,
    "redact": redact,
    "lock": lock,
    "unlock": unlock,
    "hold-name": hold_name,
    "free-name": free_name,
    "erase-name": erase_name,
}
BULK: Final = ("approve", "aside", "hold")  # with many at once
SETTLE: Final = frozenset({"approve", "reject", "note"})  # after these nothing waits any more
ONE: Final = ("approve", "reject", "hold", "claim")  # by the button of one post in the queue
