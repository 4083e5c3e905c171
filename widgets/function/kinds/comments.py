"""Owns comments as they are written; every text passes the same rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.incoming import read_write
from widgets.function.http.member import Member, member_of
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds import appeals, comment_changes, private_answers, threads
from widgets.function.kinds.comment_answers import own_answer, own_shown, said_answer
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.private_answers import export_answers
from widgets.function.pages.mine import appeal_form, form_button, private_parts
from widgets.function.pages.page import paragraph
from widgets.function.shapes import CommentRequest
from widgets.function.state.services import Services
from widgets.function.strings import phrase
from widgets.function.text.crisis_help import How, call_for
from widgets.function.text.locks import demand_unlocked
from widgets.function.text.name_claims import checked_name
from widgets.function.text.name_notes import forget_notes
from widgets.function.text.refused_pleas import forget_refused
from widgets.function.text.review import Reviewed, review
from widgets.function.text.same_words import refused_before
from widgets.function.text.submit import Submitted, earlier_comment
from widgets.function.text.withdrawn_pleas import trace_of
from widgets.rules.names import LONGEST
from widgets.rules.text import normalise
from widgets.store.calls import Call
from widgets.store.records import Added, Comment, Gone, NameTaken, Once, ParentGone, ThreadFull


async def write_comment(services: Services, request: Request) -> Response:
    write = await read_write(request, services, services.settings.text_limit + LONGEST)
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    manifest.thread(thread_id)
    if write.is_form:
        fields = write.fields()
        member = member_of(services, write)
        wanted = CommentRequest(
            text=fields.get("text", ""),
            pseudonym=fields.get("pseudonym", ""),
            parent=fields.get("parent") or None,
            website=fields.get("website", ""),
            age=bool(fields.get("age")),
            lang=fields.get("lang"),
        )
        comment, second = await _add(services, manifest, thread_id, member, wanted)
        response = said_answer(
            services,
            manifest,
            request,
            comment,
            fields.get("lang", ""),
            first=member.fresh,
            second_name=second,
        )
        return member.answered(services, response)
    member = member_of(services, write)
    comment, second = await _add(services, manifest, thread_id, member, write.json(CommentRequest))
    return own_answer(services, manifest, comment, write, 201, second_name=second)


async def _add(
    services: Services, manifest: Manifest, thread_id: str, member: Member, wanted: CommentRequest
) -> tuple[Comment, bool]:
    """The comment, and whether its writer begins a second name in this condition with it."""
    given = await _submitted(services, manifest, thread_id, member, wanted)
    earlier = await earlier_comment(services, given.once)
    if earlier is not None:
        return earlier, False
    await demand_unlocked(services.store, thread_id)
    root = await _root(services, thread_id, wanted.parent)
    reviewed = await review(services, manifest, given, "comment")
    comment = _new(services, given, wanted, root, reviewed)
    how = How(reviewed.decision.alert, reviewed.proven)
    call = call_for(services, manifest, comment.condition, comment.held, how)
    pleads = not {"crisis", "danger"}.isdisjoint(comment.held)
    before = await refused_before(services, member.device, given.text) if pleads else None
    call = None if before is not None and before.told else call
    added = await _kept(services, comment, given.once, call)
    if not added.repeated:
        await forget_refused(services, before, call)
        if call is not None:
            await services.alerts.told()
    return added.comment, reviewed.second_name


async def _submitted(
    services: Services, manifest: Manifest, thread_id: str, member: Member, wanted: CommentRequest
) -> Submitted:
    thread = manifest.thread(thread_id)
    if thread.comments != "open":
        raise Problem("comments-closed")
    if wanted.website:
        raise Problem("trap-field")
    text = normalise(wanted.text, services.settings.text_limit)
    name = await checked_name(services, manifest, wanted.pseudonym)
    author = services.keys.author(thread.condition, member.device)
    once = member.once(services, "comment", author, thread_id, wanted.parent or "", text, name.shown)
    lang = manifest.language_of(wanted.lang)
    return Submitted(thread_id, thread, text, name, author, lang, member, wanted, once)


def _new(
    services: Services,
    given: Submitted,
    wanted: CommentRequest,
    root: str | None,
    reviewed: Reviewed,
) -> Comment:
    id_ = services.new_id()
    return Comment(
        id=id_,
        thread=given.thread_id,
        condition=given.thread.condition,
        root=root or id_,
        parent=wanted.parent,
        author=given.author,
        pseudonym=given.name.shown,
        skeleton=given.name.skeleton,
        text=given.text,
        html=reviewed.html,
        lang=given.lang,
        state=reviewed.decision.state,
        created=services.now(),
        held=reviewed.decision.reasons,
        urgency=reviewed.decision.urgency,
        queued=reviewed.decision.queued,
        burst=reviewed.burst,
    )


async def _kept(services: Services, comment: Comment, once: Once | None, call: Call | None) -> Added:
    try:
        return await services.store.add_comment(comment, once, call=call)
    except NameTaken:
        raise Problem("pseudonym-taken") from None
    except ParentGone:
        raise Problem("parent-gone") from None
    except ThreadFull:
        raise Problem("thread-full") from None
    except Gone:
        raise Problem("unknown-comment") from None


async def _root(services: Services, thread_id: str, parent_id: str | None) -> str | None:
    if parent_id is None:
        return None
    parent = await services.store.comment(parent_id)
    if parent is None or parent.thread != thread_id or not parent.visible:
        raise Problem("parent-gone")
    return parent.root


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    manifest = await services.manifest.current()
    found, written, pseudonyms = [], [], {}
    for condition in reach.conditions:
        for comment in await services.store.comments_by(services.keys.author(condition, device)):
            found.append(own_shown(services, manifest, comment, reach.spoken))
            pseudonyms[condition] = comment.pseudonym
            written.append(comment)
    answers = await export_answers(services, written, reach.spoken)
    return {"comments": found, "pseudonyms": pseudonyms, "answers": answers}


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    erased, names = 0, set()
    for condition in reach.conditions:
        author = services.keys.author(condition, device)
        for comment in await services.store.comments_by(author):
            try:
                trace = trace_of(services, comment, all_of_it=True)
                await services.store.remove_comment(comment.id, author, trace=trace)
            except Gone:
                continue
            names.add((condition, comment.skeleton))
            erased += 1
        await forget_notes(services.store, services.keys, author)
    return {"comments": erased, "pseudonyms": len(names)}


def _mine(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Comments' HTML was cleaned when it was written."""
    answers = {answer["comment"]: answer for answer in document["answers"]}
    for comment in document["comments"]:
        yield (
            f"<article><h2>{escape(comment['pseudonym'])}</h2>"
            f"<p>{escape(phrase(lang, 'state.' + comment['state']))}</p>"
            + _reason(lang, comment)
            + comment["html"]
            + _answer(lang, answers.get(comment["id"]))
            + form_button(lang, f"/api/v1/comments/{comment['id']}", "withdraw", phrase(lang, "withdraw"))
            + "</article>"
        )


def _reason(lang: str, comment: Mapping[str, Any]) -> str:
    """Why it was rejected, lines of help where it pleads, and a form for asking that it be looked at again."""
    reason = comment["reason"]
    if not reason:
        return ""
    appeal = appeal_form(lang, comment["id"], **reason["appeal"]) if reason["appeal"] else ""
    return str(paragraph(reason["text"]) + reason["help"] + appeal)


def _answer(lang: str, answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return ""
    return "".join(private_parts(lang, answer["comment"], answer["html"], answer["button"]))


COMMENTS: Final = Kind(
    "comments",
    (
        *threads.ROUTES,
        ApiRoute("POST", "/threads/{thread}/comments", write_comment),
        *comment_changes.ROUTES,
        *private_answers.ROUTES,
        *appeals.ROUTES,
    ),
    _export,
    _erase,
    mine=_mine,
    said=("held", "published", "withdrawn", "appealed"),
)
