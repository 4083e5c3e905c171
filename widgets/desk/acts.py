"""Owns what staff can do to a comment, its thread and its pseudonym: one function an act, one ordered table."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from widgets.desk.call import Call
from widgets.desk.refusals import Refused
from widgets.desk.witness import Act, Witness, entry_of
from widgets.function import moderation
from widgets.function.care import alert
from widgets.function.problems import Problem
from widgets.function.restraints import LOCK, NAME_HOLD, name_place, read_lock, read_name_hold
from widgets.function.rules.flags import MOST_URGENT
from widgets.function.rules.names import skeleton_of
from widgets.function.rules.personal_data import personal_data
from widgets.function.rules.text import normalise, render
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Comment, Conflict, NameTaken, Note, Once, ParentGone, ThreadFull

ANSWERS: Final = (
    *("off-topic", "unkind", "medical-claim", "personal-data", "method", "advert", "duplicate", "other"),
)
LONGEST_HOLD_DAYS: Final = 30
_ONCE: Final = re.compile(r"[0-9a-z]{26}")
_DAY: Final = 86_400

ActFunction = Callable[[Call, Comment, int | None, str], Awaitable[AuditEntry]]


def _witness(call: Call, act: Act, revision: int | None) -> Witness:
    return Witness(call.services.store, act, call.services.now(), call.services.new_id, revision)


def _entry(witness: Witness) -> AuditEntry:
    if witness.entry is None:
        raise Conflict
    return witness.entry


async def approve(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    witness = _witness(call, Act(call.staff.id, "approve", batch=batch), revision)
    await moderation.approve(witness.as_store(), comment.id)
    return _entry(witness)


async def reject(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    answer = call.sent("answer")
    if answer not in ANSWERS:
        raise Refused(400, "answer-missing")
    act = Act(call.staff.id, "reject", answer, batch, answer=answer)
    witness = _witness(call, act, revision)
    await moderation.reject(witness.as_store(), comment.id)
    return _entry(witness)


async def hold(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    witness = _witness(call, Act(call.staff.id, "hold", batch=batch, decides=False), revision)
    await moderation.hold(witness.as_store(), comment.id)
    return _entry(witness)


async def crisis(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """To the first place of everybody's queue. What is visible stays so: taking a plea away is no help; what
    was rejected waits for a person again, so that no clock destroys it."""
    witness = _witness(call, Act(call.staff.id, "crisis", batch=batch, decides=False), revision)
    seen = await witness.comment(comment.id)
    if seen is None:
        raise Refused(404, "not-found")
    held = tuple(dict.fromkeys(("crisis", *seen.held)))
    fields: dict[str, Any] = {"held": held, "urgency": MOST_URGENT, "queued": True}
    if seen.state == "rejected":
        fields |= {"state": "held", "reason": None, "decided": None}
    await witness.change_comment(CommentChange(seen.id, seen.revision, fields))
    if seen.urgency < MOST_URGENT:
        await alert(call.services, call.manifest, seen.condition, ("crisis",))
    return _entry(witness)


async def note(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    text = _text(call, "note", 2_000)
    source = call.sent("source", 500)
    if not is_source(source):
        raise Refused(400, "source")
    witness = _witness(call, Act(call.staff.id, "note", batch=batch), revision)
    by = call.staff.name
    shown = Note(note_html(text, source, by), source, by)
    await moderation.add_note(witness.as_store(), comment.id, shown)
    return _entry(witness)


def is_source(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and address.isprintable()


def note_html(text: str, source: str, by: str) -> str:
    """The note with who wrote it and where it stands, so that no page can show one without the other."""
    host = escape(urlsplit(source).hostname or "")
    link = f'<a href="{escape(source)}" rel="nofollow ugc noopener">{host}</a>'
    return f"{render(text)}<p>{escape(by)} · {link}</p>\n"


async def redact(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """The part that is named by its ends, or, with `found`, all that looks like personal data."""
    if call.sent("found"):
        spans = [(place.start, place.end) for place in personal_data(comment.text)]
    else:
        spans = [(call.number("start", 0, len(comment.text)), call.number("end", 1, len(comment.text)))]
    if not spans or spans[0][0] >= spans[0][1]:
        raise Refused(400, "span")
    witness = _witness(call, Act(call.staff.id, "redact", batch=batch, decides=False), revision)
    await moderation.redact(witness.as_store(), comment.id, comment.text, spans)
    return _entry(witness)


def _text(call: Call, name: str, most: int) -> str:
    try:
        return normalise(call.sent(name, most), most)
    except Problem:
        raise Refused(400, "text") from None


async def answer(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """A comment of staff's own, with role and, where there is one, profile."""
    services, staff = call.services, call.staff
    if not comment.visible:
        raise Refused(409, "answer-held")
    text = _text(call, "text", services.settings.text_limit)
    act = Act(staff.id, "answer", batch=batch)
    id_ = services.new_id()
    entry = entry_of(act, services.new_id(), services.now(), comment.id, {}, {"answer": id_})
    written = Comment(
        id=id_,
        thread=comment.thread,
        condition=comment.condition,
        root=comment.root,
        parent=comment.id,
        author=services.keys.author(comment.condition, f"staff {staff.id}"),
        pseudonym=staff.name,
        skeleton=skeleton_of(staff.name),
        text=text,
        html=render(text),
        lang=comment.lang,
        state="published",
        created=services.now(),
        role=staff.role,
        person=staff.person,
    )
    try:
        await services.store.add_comment(written, _once(call, comment, text), entry)
    except NameTaken:
        raise Refused(409, "name-taken") from None
    except (ParentGone, ThreadFull):
        raise Refused(409, "answer-held") from None
    return entry


def _once(call: Call, comment: Comment, text: str) -> Once | None:
    """The same form sent twice answers once."""
    sent = call.sent("once")
    if not _ONCE.fullmatch(sent):
        return None
    key = call.services.keys.once("desk-answer", call.staff.id, sent)
    return Once(key, call.services.keys.digest(key, comment.id, text), call.services.today())


async def lock(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = call.services
    reason = call.sent("reason", 300)
    if not reason or not reason.isprintable():
        raise Refused(400, "reason-missing")
    value = {"reason": reason, "by": call.staff.id, "since": services.now()}
    try:
        await services.store.keep_desk_row(DeskRow(LOCK, comment.thread, value))
    except Conflict:
        raise Refused(409, "locked-already") from None
    return await _noted(call, Act(call.staff.id, "lock", reason, batch), comment, {}, {"locked": True})


async def unlock(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    reason = await read_lock(call.services.store, comment.thread)
    if not await call.services.store.drop_desk_row(LOCK, comment.thread):
        raise Refused(409, "not-locked")
    before = {"locked": True, "reason": reason}
    return await _noted(call, Act(call.staff.id, "unlock", batch=batch), comment, before, {"locked": False})


async def hold_name(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = call.services
    days = call.number("days", 1, LONGEST_HOLD_DAYS)
    place = name_place(comment.condition, comment.skeleton)
    known = await services.store.desk_row(NAME_HOLD, place)
    row = DeskRow(NAME_HOLD, place, {"by": call.staff.id}, services.now() + days * _DAY)
    await services.store.keep_desk_row(replace(row, revision=known.revision) if known else row)
    return await _noted(call, Act(call.staff.id, "hold-name", str(days), batch), comment, {}, {"days": days})


async def free_name(call: Call, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    services = call.services
    known = await read_name_hold(services.store, comment.condition, comment.skeleton, services.now())
    if known is None or not await services.store.drop_desk_row(NAME_HOLD, known.id):
        raise Refused(409, "not-held")
    return await _noted(call, Act(call.staff.id, "free-name", batch=batch), comment, {}, {})


async def _noted(
    call: Call, act: Act, comment: Comment, before: Mapping[str, object], after: Mapping[str, object]
) -> AuditEntry:
    entry = entry_of(act, call.services.new_id(), call.services.now(), comment.id, before, after)
    await call.services.store.append_audit(entry)
    return entry


ACTS: Final[Mapping[str, ActFunction]] = {
    "approve": approve,
    "reject": reject,
    "hold": hold,
    "answer": answer,
    "note": note,
    "crisis": crisis,
    "redact": redact,
    "lock": lock,
    "unlock": unlock,
    "hold-name": hold_name,
    "free-name": free_name,
}
BULK: Final = ("approve", "reject", "hold")
