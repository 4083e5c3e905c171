"""Owns a comment's page: its text, the thread around it, its pseudonym's history, and what can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.auth.signing import home
from widgets.desk.moderation import memos, private_answers
from widgets.desk.moderation.actions import ACTIONS, LONGEST_HOLD_DAYS, fitting_answers
from widgets.desk.moderation.appeals import barred, read_appealed
from widgets.desk.moderation.assignments import assigned_words, colleague_choices
from widgets.desk.moderation.audit_lines import changed_words, log_line
from widgets.desk.moderation.clinicians import is_asked
from widgets.desk.moderation.comment_cards import card
from widgets.desk.moderation.first_looks import note_looked
from widgets.desk.moderation.opened import note_opened
from widgets.desk.moderation.place import done_at, place_of, sent_place
from widgets.desk.moderation.queue import let_go
from widgets.desk.moderation.soft_locks import take
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.shapes import standard_answer
from widgets.function.text.locks import read_hold, read_lock
from widgets.rules.personal_data import personal_data
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment, Conflict, Gone

_HISTORY = 20
_DECIDES = ("approve", "reject")
_STAYS = frozenset(
    {"claim", "release", "hand-over", "memo", "memo-name", "false-alarm", "ask-clinician", "clinician-done"}
)  # the work on the post goes on


async def show(request: DeskRequest) -> Response:
    await note_opened(request)
    await note_looked(request, request.comment)
    return await _page(request, 200)


async def _page(request: DeskRequest, status: int, said: str = "", draft: str = "") -> Response:
    comment, store, now = request.comment, request.services.store, request.services.now()
    names = {staff.id: staff.name for staff in await all_staff(store)}
    allowed = [action for action in ACTIONS if may(request.staff, action, comment.condition)]
    bar = (await barred(request, [comment])).get(comment.id)
    actions = [action for action in allowed if not bar or action not in _DECIDES]
    if comment.queued and not bar and not any(action in actions for action in _DECIDES):
        bar = "role-decides-not"
    reads = may(request.staff, "read-held", comment.condition)
    history = await _history(request, comment)
    decides = any(action in allowed for action in ("approve", "note"))
    other = await take(store, comment.id, request.staff.id, now) if decides and comment.queued else None
    around = await store.conversation(comment.thread, comment.root)
    name_hold = await read_hold(store, request.services.keys, comment, now)
    log = await store.audit(AuditAsk(_HISTORY, comment=comment.id)) if decides else []
    return page(
        request,
        "item",
        status,
        card=card(request, comment, None, await assigned_words(request, [comment.id])),
        place=sent_place(request) if request.form else place_of(request.http.query_params),
        appealed=await read_appealed(request, comment) if reads else None,
        names=names,
        colleagues=await colleague_choices(request, comment) if "hand-over" in actions else [],
        memos=await memos.on_post(request, comment) if "memo" in actions else [],
        name_memos=await memos.on_name(request, comment) if "memo-name" in actions else [],
        memo_length=memos.LONGEST,
        said=said,
        typed=request.typed() if said else [],
        other=names.get(other, other) if other else "",
        asked=await is_asked(request, comment),
        acts=actions,
        bar=bar or "",
        answers=[
            (key, (standard_answer(key, comment.lang) or {})["text"]) for key in fitting_answers(comment)
        ],
        around=[card(request, one) for one in around if one.id == comment.id or request.reaches(one)],
        history=[card(request, one) for one in history],
        earlier=_earlier(history) if reads else [],
        log=[log_line(request, entry, names) for entry in log],
        lock=await read_lock(store, comment.thread),
        name_held_days=max(1, ((name_hold.expires or now) - now + 86_399) // 86_400) if name_hold else 0,
        most_days=LONGEST_HOLD_DAYS,
        length=len(comment.text),
        found=[
            (request.words.known("kind", place.kind), comment.text[place.start : place.end])
            for place in personal_data(comment.text, request.manifest.own_numbers())
        ],
        once=request.services.new_id(),
        private=await private_answers.shown(request, comment, draft),
    )


async def _history(request: DeskRequest, comment: Comment) -> list[Comment]:
    """What the same pseudonym wrote in this condition, the newest first."""
    if comment.role is not None:
        return []
    own = await request.services.store.comments_by(comment.author)
    found = [one for one in own if one.id != comment.id and request.reaches(one)]
    return sorted(found, key=lambda one: one.id, reverse=True)[:_HISTORY]


def _earlier(history: Sequence[Comment]) -> list[tuple[str, int]]:
    """How staff decided on the pseudonym's other posts: state and how many."""
    decided = Counter("published" if one.visible else one.state for one in history if one.decided is not None)
    return [(state, decided[state]) for state in ("published", "rejected", "held") if decided[state]]


async def take_action(request: DeskRequest) -> Response:
    """Carry out the action that the path names; if the comment has changed since the page was made, show it again."""
    comment = request.comment
    name = request.http.path_params["act"]
    if name not in ACTIONS:
        raise Refused(404, "not-found")
    revision = request.number("revision", 1, 2**31)
    if revision != comment.revision:
        return await _changed(request)
    if name == private_answers.ACTION and request.sent("compose"):
        return await _page(request, 200, draft=private_answers.composed(request))
    try:
        entry = await ACTIONS[name](request, comment, revision, "")
    except (Conflict, Gone):
        return await _changed(request)
    await let_go(request, name, comment.id)
    if name in _STAYS:
        return RedirectResponse(f"{PATH}/items/{comment.id}?{sent_place(request).query()}", 303, HEADERS)
    if home(request.staff) == f"{PATH}/":
        return done_at([entry], sent_place(request))
    return RedirectResponse(f"{PATH}/items/{comment.id}", 303, HEADERS)


async def _changed(request: DeskRequest) -> Response:
    """Conflict: the comment as it is now, with a line that says who changed it."""
    now = await request.services.store.comment(request.comment.id)
    if now is None or not request.reaches(now):
        raise Refused(409, "changed")
    fresh = replace(request, given=now)
    return await _page(fresh, 409, await changed_words(request, now.id, now.revision))
