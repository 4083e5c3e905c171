"""Owns what the desk does with an appeal: shown beside the post, and read by another person where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.appeals import APPEAL, Appeal, appeal_from
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment

_MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal with the decision that it is against: by whom, and with which standard answer. `own`: the reader's own
    decision, which somebody else looks at."""

    appeal: Appeal
    by: str
    reason: str
    own: bool


async def read_appealed(request: DeskRequest, comment: Comment) -> Appealed | None:
    appeal = appeal_from(await request.services.store.desk_row(APPEAL, comment.id))
    if appeal is None:
        return None
    by, reason = await _decided_by(request, comment, appeal.at)
    own = APPEAL in comment.held and await _somebody_elses(request, comment, by)
    return Appealed(appeal, by, reason, own)


async def demand_other(request: DeskRequest, comment: Comment) -> None:
    """Raises Refused where the reader decided before and somebody else could decide now."""
    if APPEAL not in comment.held:
        return
    found = await read_appealed(request, comment)
    if found is not None and found.own:
        raise Refused(409, "appeal-own")


async def _decided_by(request: DeskRequest, comment: Comment, before: int) -> tuple[str, str]:
    entries = await request.services.store.audit(AuditAsk(_MOST_ENTRIES, comment=comment.id))
    for entry in entries:
        if entry.action == "reject" and entry.time <= before:
            return entry.actor, entry.reason
    return "", ""


async def _somebody_elses(request: DeskRequest, comment: Comment, by: str) -> bool:
    if by != request.staff.id:
        return False
    others = await all_staff(request.services.store)
    return any(
        one.revoked is None and one.id != by and may(one, "reject", comment.condition) for one in others
    )
