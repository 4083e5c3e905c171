"""Owns what somebody else decides: an appeal, shown beside the post and read by another person where there is one, and what one
wrote at the desk oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


async def barred(request: DeskRequest, comments: Sequence[Comment]) -> Mapping[str, str]:
    """Of these, what the reader cannot decide on, and the key of the sentence that says why: a post of their own, and an appeal
    against a decision of their own; where nobody else is there, both are theirs to decide."""
    found = {}
    for comment in comments:
        if is_own(request, comment) and await _somebody_elses(request, comment, request.staff.id):
            found[comment.id] = "own-post"
        elif APPEAL in comment.held:
            appealed = await read_appealed(request, comment)
            if appealed is not None and appealed.own:
                found[comment.id] = "appeal-own"
    return found


def is_own(request: DeskRequest, comment: Comment) -> bool:
    """Whether the reader wrote it at the desk. What they wrote as a member is known to nobody."""
    return comment.role is not None and comment.author == request.services.keys.staff_author(
        comment.condition, request.staff.id
    )


async def demand_other(request: DeskRequest, comment: Comment) -> None:
    """Raises Refused where somebody else has to decide."""
    refused = (await barred(request, [comment])).get(comment.id)
    if refused:
        raise Refused(409, refused)


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
