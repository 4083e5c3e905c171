"""Owns that staff ask for a clinician below a post or a question: until one has answered, somebody lets go, or a month is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import Store
from widgets.store.records import Comment, Conflict
from widgets.store.voices import Voice, thread_of
from widgets.store.waiting import CLINICIAN_ASKED, Asking

KEPT_SECONDS: Final = 30 * 86_400
MOST: Final = 200
_NEWEST: Final = 100


async def ask_clinician(
    request: DeskRequest, comment: Comment, revision: int | None, batch: str
) -> AuditEntry:
    """Of what everybody can see: a held post is handed over. Raises Refused, Gone."""
    services = request.services
    if not comment.visible:
        raise Refused(409, "answer-held")
    known = await services.store.desk_row(CLINICIAN_ASKED, comment.id)
    if known is not None and _holds(known.expires, services.now()):
        raise Refused(409, "clinician-asked")
    action = StaffAction(request.staff.id, "ask-clinician", batch=batch)
    entry = entry_of(action, services.new_id(), services.now(), comment)
    value = {"staff": request.staff.id, "since": services.now()}
    row = DeskRow(
        CLINICIAN_ASKED,
        comment.id,
        value,
        services.now() + KEPT_SECONDS,
        known.revision if known else 0,
    )
    try:
        await services.store.keep_beside(row, entry)
    except Conflict:
        raise Refused(409, "clinician-asked") from None
    return entry


async def clinician_done(
    request: DeskRequest, comment: Comment, revision: int | None, batch: str
) -> AuditEntry:
    """Nobody is asked any more. Raises Refused where nobody was."""
    services = request.services
    if not await services.store.drop_desk_row(CLINICIAN_ASKED, comment.id):
        raise Refused(409, "clinician-not-asked")
    action = StaffAction(request.staff.id, "clinician-done", batch=batch)
    entry = entry_of(action, services.new_id(), services.now(), comment)
    await services.store.append_audit(entry)
    return entry


async def is_asked(request: DeskRequest, comment: Comment) -> bool:
    row = await request.services.store.desk_row(CLINICIAN_ASKED, comment.id)
    return row is not None and _holds(row.expires, request.services.now())


def _holds(expires: int | None, now: int) -> bool:
    return expires is None or now < expires


def question_asks(voice: Voice, now: int) -> bool:
    """Whether a clinician is asked for below a question; as of posts, for a month."""
    return voice.clinician is not None and now < voice.clinician + KEPT_SECONDS


async def open_askings(store: Store, now: int, conditions: Sequence[str]) -> list[Asking]:
    """Those in whose conversations no clinician has answered since."""
    found = await store.waiting.askings(now, MOST, conditions)
    return [one for one in found if not await _answered(store, one)]


async def _answered(store: Store, asking: Asking) -> bool:
    around = await store.conversation(asking.comment.thread, asking.comment.root)
    return answered_since(around, asking.since)


async def question_answered(store: Store, voice: Voice) -> bool:
    """Whether a clinician has answered below the question since one was asked for."""
    return answered_since(await store.newest(thread_of(voice), _NEWEST), voice.clinician or 0)


def answered_since(comments: Iterable[Comment], since: int) -> bool:
    return any(one.visible and one.role == "clinician" and one.created >= since for one in comments)
