"""Owns how staff answer one member privately: the action, and what the page of a comment, story or question shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.desk.auth.rights import may
from widgets.desk.imports.old_names import is_old
from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.private_answers import (
    KEPT_SECONDS,
    LONGEST,
    MOST,
    PrivateAnswer,
    answered_from,
    keep_answer,
    read_answered,
)
from widgets.rules.replies import STEPS
from widgets.rules.text import normalise
from widgets.store.desk_records import AuditAsk, AuditEntry
from widgets.store.records import Comment, Conflict
from widgets.store.voices import Voice

ACTION: Final = "private-answer"
Post = Comment | Voice
_CHILD: Final = "child"  # the reason of a text whose writer says to be younger than readers here may be
_MOST_ENTRIES: Final = 1_000


async def private_answer(request: DeskRequest, post: Post, revision: int | None, batch: str) -> AuditEntry:
    """Kept apart from all comments; the entry in the audit holds no word of it."""
    services, staff = request.services, request.staff
    if refusal := await why_not(request, post):
        raise Refused(409, refusal)
    try:
        text = normalise(request.sent("text", LONGEST), LONGEST)
    except Problem:
        raise Refused(400, "text") from None
    once = request.sent("once", 26)
    answered = await read_answered(services, post)
    if answered and any(once and one.once == once for one in answered.answers):
        raise Conflict
    answer = PrivateAnswer(text, staff.name, staff.role, services.now(), once)
    action = StaffAction(staff.id, ACTION, batch=batch)
    entry = entry_of(action, services.new_id(), services.now(), post)
    await keep_answer(services, post, answer, entry)
    return entry


async def why_not(request: DeskRequest, post: Post) -> str:
    """The key of the refusal, empty where this post may be answered privately."""
    if (isinstance(post, Comment) and post.role is not None) or not post.author or is_old(post.author):
        return "private-member"
    if await _is_childs(request, post):
        return "private-child"
    answered = await read_answered(request.services, post)
    return "private-full" if answered and len(answered.answers) >= MOST else ""


async def _is_childs(request: DeskRequest, post: Post) -> bool:
    """Also where a decision has taken the reason away since."""
    if _CHILD in post.held:
        return True
    entries = await request.services.store.audit(AuditAsk(_MOST_ENTRIES, comment=post.id))
    return any(_CHILD in entry.before.get("held", ()) for entry in entries)


async def answered_words(request: DeskRequest, ids: Sequence[str]) -> Mapping[str, str]:
    """By comment, story or question that was answered privately: who did last and whether it was read, without its words."""
    t, now = request.words, request.services.now()
    rows = await request.services.store.rows_beside(ACTION, ids)
    found = {id_: answered_from(row, now) for id_, row in rows.items()}
    read = {True: t("private.is-read"), False: t("private.unread")}
    return {
        id_: f"{t('private.by', name=one.answers[-1].by)} · {read[one.is_read]}"
        for id_, one in found.items()
        if one is not None
    }


def composed(request: DeskRequest) -> str:
    """The chosen sentences, step by step, and what was written already."""
    chosen = [request.sent(step, LONGEST) for step in STEPS]
    return "\n\n".join(part for part in (request.sent("text", LONGEST), *chosen) if part)


async def shown(request: DeskRequest, post: Post, draft: str) -> Mapping[str, Any] | None:
    """What the page of a post holds of private answers: words for those alone who may write some, for others that there
    is one. None where there is nothing to show."""
    answered = await read_answered(request.services, post)
    writes = may(request.staff, ACTION, post.condition)
    if answered is None and not writes:
        return None
    given = answered.answers if answered else ()
    return {
        "writes": writes,
        "given": [
            {"by": one.by, "at": one.at, "text": one.text if writes else "", "read": answered.read}
            for one in given
            if answered
        ],
        "until": (answered.answers[0].at if answered else request.services.now()) + KEPT_SECONDS,
        "why_not": await why_not(request, post) if writes else "",
        "steps": request.services.replies.in_language(post.lang) if writes else {},
        "fault": request.services.replies.fault if writes else "",
        "draft": draft,
        "open": bool(draft),
        "longest": LONGEST,
    }
