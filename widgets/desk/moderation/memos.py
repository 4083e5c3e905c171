"""Owns notes that moderators leave for each other: on a post, and on a pseudonym. No reader and no writer sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.name_notes import NAME_NOTES, forget_notes, name_notes_place
from widgets.rules.text import normalise
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Comment, Conflict

POST_NOTES: Final = "post-notes"  # kind of rows beside a comment
NAME_SECONDS: Final = 180 * 86_400  # from the last note on a pseudonym
MOST: Final = 20
LONGEST: Final = 1_000
_STACKED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{4,}"
)
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Memo:
    by: str
    at: int
    text: str


async def memo(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """On the post: erased with it. Raises Refused, Conflict, Gone."""
    known = await request.services.store.desk_row(POST_NOTES, comment.id)
    row = _added(request, known, DeskRow(POST_NOTES, comment.id, {}))
    entry = _entry(request, comment, "memo", batch)
    await request.services.store.keep_beside(row, entry)
    return entry


async def memo_name(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """On the pseudonym, in this condition: seen beside all that its writer has here. Raises Refused, Conflict."""
    services = request.services
    if comment.role is not None or not comment.author:
        raise Refused(409, "no-pseudonym")
    place = name_notes_place(services.keys, comment.author)
    known = await services.store.desk_row(NAME_NOTES, place)
    live = known if known and (known.expires or 0) > services.now() else None
    row = _added(request, live, DeskRow(NAME_NOTES, place, {}, revision=known.revision if known else 0))
    await services.store.keep_desk_row(
        DeskRow(row.kind, row.id, row.value, services.now() + NAME_SECONDS, row.revision)
    )
    await forget_notes(
        services.store, services.keys, comment.author
    )  # its writer may have erased everything meanwhile
    entry = _entry(request, comment, "memo-name", batch)
    await services.store.append_audit(entry)
    return entry


def _added(request: DeskRequest, known: DeskRow | None, fresh: DeskRow) -> DeskRow:
    """The row with what was written now. Of two who write at once none is lost: the second is refused as changed."""
    before: Sequence[Mapping[str, Any]] = known.value["notes"] if known else ()
    if len(before) >= MOST:
        raise Refused(409, "memos-full", most=MOST)
    once = request.sent("once", 26)
    if once and any(one["once"] == once for one in before):
        raise Conflict
    note = {"by": request.staff.name, "at": request.services.now(), "text": _text(request), "once": once}
    revision = known.revision if known else fresh.revision
    return DeskRow(fresh.kind, fresh.id, {"notes": [*before, note]}, None, revision)


def _text(request: DeskRequest) -> str:
    """Without what would turn the direction of other lines, or pile marks over them."""
    text = _STACKED.sub(lambda found: found[0][:3], _BIDI.sub("", request.sent("memo", LONGEST)))
    try:
        return normalise(text, LONGEST)
    except Problem:
        raise Refused(400, "text") from None


def _entry(request: DeskRequest, comment: Comment, action: str, batch: str) -> AuditEntry:
    staff_action = StaffAction(request.staff.id, action, batch=batch)
    return entry_of(staff_action, request.services.new_id(), request.services.now(), comment)


async def on_post(request: DeskRequest, comment: Comment) -> list[Memo]:
    return _read(await request.services.store.desk_row(POST_NOTES, comment.id), request.services.now())


async def on_name(request: DeskRequest, comment: Comment) -> list[Memo]:
    if comment.role is not None or not comment.author:
        return []
    place = name_notes_place(request.services.keys, comment.author)
    return _read(await request.services.store.desk_row(NAME_NOTES, place), request.services.now())


def _read(row: DeskRow | None, now: int) -> list[Memo]:
    if row is None or (row.expires is not None and now >= row.expires):
        return []
    return [Memo(note["by"], note["at"], note["text"]) for note in row.value["notes"]]
