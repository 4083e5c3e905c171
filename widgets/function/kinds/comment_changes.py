"""Owns what a writer does to an own comment: change its text, withdraw it, both by JSON or by a form."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.member import Member, known_member
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.comment_answers import own_answer, said_answer
from widgets.function.pages.said import Said, to_said
from widgets.function.shapes import CommentEdit
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import How, call_for
from widgets.function.text.locks import demand_unlocked
from widgets.function.text.name_notes import forget_notes
from widgets.function.text.review import Reviewed, review
from widgets.function.text.submit import Submitted, earlier_comment
from widgets.function.text.withdrawn_pleas import trace_of
from widgets.rules.names import Pseudonym
from widgets.rules.text import normalise
from widgets.store.interface import CommentChange
from widgets.store.records import Comment, Conflict, Gone, NameTaken


async def edit(services: Services, request: Request) -> Response:
    write = await read_write(request, services, services.settings.text_limit)
    member = known_member(write)
    wanted = write.json(CommentEdit)
    manifest = await services.manifest.current()
    comment = await _own(services, request, member)
    comment = await _change(services, manifest, comment, member, wanted)
    return own_answer(services, manifest, comment, write)


async def withdraw(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    await services.rate_limits.draw("withdraw", write.address)
    comment = await _own(services, request, known_member(write))
    stays = await _remove(services, comment)
    return json_answer({"comment": comment.id, "state": "withdrawn" if stays else "gone"}, write.origin)


async def change_by_form(services: Services, request: Request) -> Response:
    write = await read_write(request, services, services.settings.text_limit)
    if not write.is_form:
        raise Problem("content-type", "Send PATCH or DELETE instead.")
    member = known_member(write)
    fields = write.fields()
    manifest = await services.manifest.current()
    lang = fields.get("lang", "")
    if fields.get("action") == "withdraw":
        await services.rate_limits.draw("withdraw", write.address)
        comment = await _own(services, request, member)
        await _remove(services, comment)
        return to_said(services, Said("withdrawn", lang, thread=comment.thread))
    if fields.get("action") != "edit":
        raise Problem("body-invalid", "action is edit or withdraw.")
    comment = await _own(services, request, member)
    comment = await _change(services, manifest, comment, member, CommentEdit(fields.get("text", "")))
    return said_answer(services, manifest, request, comment, lang)


async def _own(services: Services, request: Request, member: Member) -> Comment:
    """The comment, if this device wrote it. Raises Problem unknown-comment, for others' comments too."""
    comment = await services.store.comment(request.path_params["comment"])
    if comment is None or comment.author != services.keys.author(comment.condition, member.device):
        await services.rate_limits.draw("edit", member.write.address)
        raise Problem("unknown-comment")
    return comment


async def _change(
    services: Services, manifest: Manifest, comment: Comment, member: Member, wanted: CommentEdit
) -> Comment:
    thread = manifest.thread(comment.thread)
    text = normalise(wanted.text, services.settings.text_limit)
    once = member.once(services, "edit", comment.author, comment.id, text)
    earlier = await earlier_comment(services, once)
    if earlier is not None:
        return earlier
    await services.rate_limits.draw("edit", member.write.address)
    now = services.now()
    over = now >= comment.created + services.settings.edit_seconds
    if over or comment.state in ("rejected", "withdrawn"):
        raise Problem("edit-window-over")
    if text == comment.text:
        return comment
    await demand_unlocked(services.store, comment.thread)
    name = Pseudonym(comment.pseudonym, comment.skeleton)
    author, lang = comment.author, comment.lang
    given = Submitted(comment.thread, thread, text, name, author, lang, member, wanted, once, comment)
    reviewed = await review(services, manifest, given)
    decision = reviewed.decision
    how = How(decision.alert if decision.urgency > comment.urgency else "none", reviewed.proven)
    call = call_for(services, manifest, comment.condition, decision.reasons, how)
    fields = _changed(comment, text, now, reviewed)
    change = CommentChange(comment.id, comment.revision, fields, call=call, once=once)
    try:
        changed = await services.store.change_comment(change)
    except (Conflict, Gone, NameTaken):
        raise Problem("busy", "The comment was changed meanwhile.", retry_after=1) from None
    if call is not None:
        await services.alerts.told()
    return changed


def _changed(comment: Comment, text: str, now: int, reviewed: Reviewed) -> dict[str, Any]:
    """The fields that change. A comment that was in the queue stays there. A note stands over the words that it was
    written for, so it goes with them."""
    queued = comment.queued or reviewed.decision.queued
    return {
        "text": text,
        "html": reviewed.html,
        "edited": now,
        "state": reviewed.decision.state,
        "held": tuple(dict.fromkeys((*comment.held, *reviewed.decision.reasons))) if queued else (),
        "urgency": max(comment.urgency, reviewed.decision.urgency),
        "queued": queued,
        "note": None,
    }


async def _remove(services: Services, comment: Comment) -> bool:
    try:
        stays = await services.store.remove_comment(
            comment.id, comment.author, trace=trace_of(services, comment, all_of_it=False)
        )
    except Gone:
        raise Problem("unknown-comment") from None
    await forget_notes(services.store, services.keys, comment.author)
    return stays


ROUTES: Final = (
    ApiRoute("PATCH", "/comments/{comment}", edit),
    ApiRoute("DELETE", "/comments/{comment}", withdraw),
    ApiRoute("POST", "/comments/{comment}", change_by_form),
)
