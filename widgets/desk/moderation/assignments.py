"""Owns who has taken a post on: claimed by a person, or handed over to one. It forbids nobody to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from widgets.desk.auth.people import Staff, all_staff
from widgets.desk.auth.rights import may
from widgets.desk.moderation.audited_store import About, StaffAction, entry_of
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict

ASSIGNED: Final = (
    "assigned"  # kind of rows beside a comment, story or question; also under the id of a reported mistake
)
KEPT_SECONDS: Final = 72 * 3_600


@dataclass(frozen=True, slots=True)
class Assigned:
    """`by` differs from `staff` where it was handed over."""

    staff: str
    by: str
    since: int


def _from(row: DeskRow | None, now: int) -> Assigned | None:
    if row is None or row.expires is None or now >= row.expires:
        return None
    return Assigned(row.value["staff"], row.value["by"], row.value["since"])


async def assigned_to(request: DeskRequest, ids: Sequence[str]) -> Mapping[str, Assigned]:
    """By comment, story or question, who is on it."""
    rows = await request.services.store.rows_beside(ASSIGNED, ids)
    found = {id_: _from(row, request.services.now()) for id_, row in rows.items()}
    return {id_: one for id_, one in found.items() if one is not None}


async def assigned_words(request: DeskRequest, ids: Sequence[str]) -> Mapping[str, tuple[str, bool]]:
    """By comment, story or question, who is on it in words, and whether that is the reader."""
    return await words_of_assigned(request, await assigned_to(request, ids))


async def words_of_assigned(
    request: DeskRequest, found: Mapping[str, Assigned]
) -> Mapping[str, tuple[str, bool]]:
    names = {staff.id: staff.name for staff in await all_staff(request.services.store)} if found else {}
    return {id_: _words(request, one, names) for id_, one in found.items()}


def _words(request: DeskRequest, one: Assigned, names: Mapping[str, str]) -> tuple[str, bool]:
    t, own = request.words, one.staff == request.staff.id
    who = t("assigned.you") if own else t("assigned.other", name=names.get(one.staff, one.staff))
    parts = [who, t.ago(request.services.now() - one.since)]
    if one.by != one.staff:
        parts.append(t("assigned.by", name=names.get(one.by, one.by)))
    return " · ".join(parts), own


async def claim(request: DeskRequest, about: About, revision: int | None, batch: str) -> AuditEntry:
    """ "Seen, I am on it". Of two who claim the same post, the first has it. Raises Refused, Gone."""
    known = await request.services.store.desk_row(ASSIGNED, about.id)
    before = _from(known, request.services.now())
    if before is not None:
        raise Refused(409, "claimed-by-you" if before.staff == request.staff.id else "claimed-already")
    try:
        return await _assign(
            request, about, StaffAction(request.staff.id, "claim", batch=batch), known, request.staff.id
        )
    except Conflict:
        raise Refused(409, "claimed-already") from None


async def release_claim(request: DeskRequest, about: About, revision: int | None, batch: str) -> AuditEntry:
    """Raises Refused where it is not one's own."""
    store = request.services.store
    before = _from(await store.desk_row(ASSIGNED, about.id), request.services.now())
    if (
        before is None
        or before.staff != request.staff.id
        or not await store.drop_desk_row(ASSIGNED, about.id)
    ):
        raise Refused(409, "not-claimed")
    action = StaffAction(request.staff.id, "release", batch=batch)
    entry = entry_of(action, request.services.new_id(), request.services.now(), about)
    await store.append_audit(entry)
    return entry


async def hand_over(request: DeskRequest, about: About, revision: int | None, batch: str) -> AuditEntry:
    """To a colleague who may read it; a clinician, say. Raises Refused, Conflict, Gone."""
    to = request.sent("to", 60)
    if to not in [one.id for one in await colleagues(request, about)]:
        raise Refused(400, "nobody")
    known = await request.services.store.desk_row(ASSIGNED, about.id)
    action = StaffAction(request.staff.id, "hand-over", to, batch)
    return await _assign(request, about, action, known, to)


async def _assign(
    request: DeskRequest, about: About, action: StaffAction, known: DeskRow | None, to: str
) -> AuditEntry:
    services = request.services
    value = {"staff": to, "by": request.staff.id, "since": services.now()}
    expires = services.now() + KEPT_SECONDS
    entry = entry_of(action, services.new_id(), services.now(), about)
    row = DeskRow(ASSIGNED, about.id, value, expires, known.revision if known else 0)
    await services.store.keep_beside(row, entry)
    return entry


async def colleagues(request: DeskRequest, about: About) -> list[Staff]:
    """Who else may read it, those first who may answer its writer privately."""
    staff = [
        one
        for one in await all_staff(request.services.store)
        if one.revoked is None and one.id != request.staff.id and may(one, "read-held", about.condition)
    ]
    return sorted(staff, key=lambda one: not may(one, "private-answer", about.condition))


async def colleague_choices(request: DeskRequest, about: About) -> list[tuple[str, str]]:
    """Each colleague as id, and in words: name, role, and who may answer privately."""
    t = request.words
    found = []
    for one in await colleagues(request, about):
        answers = may(one, "private-answer", about.condition)
        marks = [t(f"role.{one.role}"), *([t("hand-over.answers")] if answers else ())]
        found.append((one.id, f"{one.name} ({', '.join(marks)})"))
    return found


async def claim_report(request: DeskRequest, id_: str, condition: str) -> AuditEntry:
    """The same for a plea in a reported mistake, of which the audit keeps no id. Raises Refused."""
    services = request.services
    known = await services.store.desk_row(ASSIGNED, id_)
    before = _from(known, services.now())
    if before is not None:
        raise Refused(409, "claimed-by-you" if before.staff == request.staff.id else "claimed-already")
    value = {"staff": request.staff.id, "by": request.staff.id, "since": services.now()}
    expires = services.now() + KEPT_SECONDS
    try:
        await services.store.keep_desk_row(
            DeskRow(ASSIGNED, id_, value, expires, known.revision if known else 0)
        )
    except Conflict:
        raise Refused(409, "claimed-already") from None
    entry = entry_of(StaffAction(request.staff.id, "claim"), services.new_id(), services.now())
    entry = replace(entry, condition=condition)
    await services.store.append_audit(entry)
    return entry


async def end(store: Store, id_: str) -> None:
    """After a decision nobody is on it any more."""
    await store.drop_desk_row(ASSIGNED, id_)
