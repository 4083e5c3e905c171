"""Owns a comment's page: its text, the thread around it, its pseudonym's history, and what can be done."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from widgets.desk.acts import ACTS, ANSWERS, LONGEST_HOLD_DAYS
from widgets.desk.call import Call
from widgets.desk.cards import card
from widgets.desk.claims import claim, release
from widgets.desk.pages import HEADERS, page
from widgets.desk.people import all_staff
from widgets.desk.queue import done
from widgets.desk.refusals import Refused
from widgets.desk.rights import may
from widgets.desk.sessions import PATH
from widgets.desk.signing import home
from widgets.function.restraints import read_lock, read_name_hold
from widgets.function.rules.personal_data import personal_data
from widgets.function.shapes import standard_answer
from widgets.store.desk_records import AuditAsk, AuditEntry
from widgets.store.records import Comment, Conflict, Gone

_HISTORY = 20


async def show(call: Call) -> Response:
    return await _page(call, 200)


async def _page(call: Call, status: int, said: str = "") -> Response:
    comment, store, now = call.comment, call.services.store, call.services.now()
    names = {staff.id: staff.name for staff in await all_staff(store)}
    acts = [act for act in ACTS if may(call.staff, act, comment.condition)]
    decides = any(act in acts for act in ("approve", "note"))
    other = await claim(store, comment.id, call.staff.id, now) if decides and comment.queued else None
    around = await store.conversation(comment.thread, comment.root)
    name_hold = await read_name_hold(store, comment.condition, comment.skeleton, now)
    log = await store.audit(AuditAsk(_HISTORY, comment=comment.id)) if decides else []
    return page(
        call,
        "item",
        status,
        card=card(call, comment),
        said=said,
        other=names.get(other, other) if other else "",
        acts=acts,
        answers=[(key, (standard_answer(key, comment.lang) or {})["text"]) for key in ANSWERS],
        around=[card(call, one) for one in around if one.id == comment.id or call.reaches(one)],
        history=[card(call, one) for one in await _history(call, comment)],
        log=[log_line(call, entry, names) for entry in log],
        lock=await read_lock(store, comment.thread),
        name_held_days=max(1, ((name_hold.expires or now) - now + 86_399) // 86_400) if name_hold else 0,
        most_days=LONGEST_HOLD_DAYS,
        length=len(comment.text),
        found=[
            (call.words.known("kind", place.kind), comment.text[place.start : place.end])
            for place in personal_data(comment.text)
        ],
        once=call.services.new_id(),
    )


async def _history(call: Call, comment: Comment) -> list[Comment]:
    """What the same pseudonym wrote in this condition, the newest first."""
    if comment.role is not None:
        return []
    own = await call.services.store.comments_by(comment.author)
    found = [one for one in own if one.id != comment.id and call.reaches(one)]
    return sorted(found, key=lambda one: one.id, reverse=True)[:_HISTORY]


def log_line(call: Call, entry: AuditEntry, names: dict[str, str]) -> dict[str, Any]:
    known = call.words.known("answer", entry.reason) if entry.action == "reject" else entry.reason
    if entry.action == "undo":
        known = call.words.known("action", entry.reason)
    return {
        "time": entry.time,
        "actor": names.get(entry.actor, call.words.known("actor", entry.actor)),
        "action": call.words.known("action", entry.action),
        "reason": known,
        "comment": entry.comment,
        "before": call.words.known("state", str(entry.before.get("state", ""))),
        "after": call.words.known("state", str(entry.after.get("state", ""))),
    }


async def act(call: Call) -> Response:
    """The act that the path names, on the comment as it was when the page was made."""
    comment = call.comment
    name = call.request.path_params["act"]
    if name not in ACTS:
        raise Refused(404, "not-found")
    revision = call.number("revision", 1, 2**31)
    if revision != comment.revision:
        return await _changed(call)
    try:
        entry = await ACTS[name](call, comment, revision, "")
    except (Conflict, Gone):
        return await _changed(call)
    await release(call.services.store, comment.id, call.staff.id)
    if home(call) == f"{PATH}/":
        return done([entry])
    return RedirectResponse(f"{PATH}/items/{comment.id}", 303, HEADERS)


async def _changed(call: Call) -> Response:
    """Somebody was quicker: the comment as it is now, with a word about who did what."""
    now = await call.services.store.comment(call.comment.id)
    if now is None or not call.reaches(now):
        raise Refused(409, "changed")
    fresh = Call(
        call.services,
        call.request,
        call.words,
        call.manifest,
        call.origin,
        call.session,
        now,
        call.form,
    )
    last = await call.services.store.audit(AuditAsk(1, comment=now.id))
    names = {staff.id: staff.name for staff in await all_staff(call.services.store)}
    if last and last[0].after.get("revision") == now.revision:
        line = log_line(call, last[0], names)
        said = call.words("changed-by", who=line["actor"], what=line["action"])
    else:
        said = call.words("changed")
    return await _page(fresh, 409, said)
