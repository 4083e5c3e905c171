"""Owns comments: written, changed, withdrawn; every text passes the same rules."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import json_answer, member_of_form, set_key
from widgets.function.care import alert, help_for
from widgets.function.incoming import Write, read_write
from widgets.function.judging import Judged, demand_new, judge, once_of
from widgets.function.kinds import threads
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.manifest import Manifest, Thread
from widgets.function.pages.said import said_page, to_said, way_back_to
from widgets.function.problems import Problem
from widgets.function.restraints import demand_unlocked
from widgets.function.rules.flags import MOST_URGENT
from widgets.function.rules.names import Pseudonym, check_pseudonym
from widgets.function.rules.text import normalise
from widgets.function.services import Services
from widgets.function.shapes import CommentEdit, CommentRequest, own_comment
from widgets.store.interface import CommentChange
from widgets.store.records import (
    Comment,
    Conflict,
    Gone,
    NameTaken,
    Once,
    ParentGone,
    ThreadFull,
)


async def write_comment(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    thread = manifest.thread(thread_id)
    if write.is_form:
        fields = {name: values[0] for name, values in write.form().items()}
        device, fresh = member_of_form(services, write)
        wanted = CommentRequest(
            text=fields.get("text", ""),
            pseudonym=fields.get("pseudonym", ""),
            parent=fields.get("parent") or None,
            website=fields.get("website", ""),
            lang=fields.get("lang"),
        )
        comment = await _add(services, manifest, thread_id, write, device, wanted)
        response = _said(services, manifest, request, comment, fields.get("lang", ""), first=fresh)
        if fresh:
            set_key(response, services, device)
        return response
    if write.device is None:
        raise Problem("key-missing")
    comment = await _add(services, manifest, thread_id, write, write.device, write.json(CommentRequest))
    return _own_answer(services, manifest, thread, comment, write, 201)


async def _add(
    services: Services,
    manifest: Manifest,
    thread_id: str,
    write: Write,
    device: str,
    wanted: CommentRequest,
) -> Comment:
    thread = manifest.thread(thread_id)
    if thread.comments != "open":
        raise Problem("comments-closed")
    if wanted.website:
        raise Problem("trap-field")
    text = normalise(wanted.text, services.settings.text_limit)
    name = check_pseudonym(wanted.pseudonym)
    author = services.keys.author(thread.condition, device)
    once = once_of(services, "comment", author, write, thread_id, wanted.parent or "", text, name.shown)
    earlier = await _earlier(services, once)
    if earlier is not None:
        return earlier
    await demand_unlocked(services.store, thread_id)
    root = await _root(services, thread_id, wanted.parent)
    await services.gate.draw("comment", write.address)
    judged = await judge(
        services, manifest, thread, write, wanted, text=text, name=name, author=author, once=once
    )
    await demand_new(services, once, author, thread_id, wanted.parent or "", name.shown, text)
    comment = _new(services, manifest, thread_id, wanted, name, author, root, judged)
    try:
        added = await services.store.add_comment(comment, once)
    except NameTaken:
        raise Problem("pseudonym-taken") from None
    except ParentGone:
        raise Problem("parent-gone") from None
    except ThreadFull:
        raise Problem("thread-full") from None
    except Gone:
        raise Problem("unknown-comment") from None
    if not added.repeated and comment.urgency == MOST_URGENT:
        await alert(services, manifest, comment.condition, comment.held)
    return added.comment


def _new(
    services: Services,
    manifest: Manifest,
    thread_id: str,
    wanted: CommentRequest,
    name: Pseudonym,
    author: str,
    root: str | None,
    judged: Judged,
) -> Comment:
    id_ = services.new_id()
    return Comment(
        id=id_,
        thread=thread_id,
        condition=manifest.thread(thread_id).condition,
        root=root or id_,
        parent=wanted.parent,
        author=author,
        pseudonym=name.shown,
        skeleton=name.skeleton,
        text=judged.text,
        html=judged.html,
        lang=wanted.lang if wanted.lang in manifest.languages else manifest.default_language,
        state=judged.decision.state,
        created=services.now(),
        held=judged.decision.reasons,
        urgency=judged.decision.urgency,
        queued=judged.decision.queued,
    )


async def _earlier(services: Services, once: Once | None) -> Comment | None:
    """What a retry's first try wrote: nothing is spent or drawn again."""
    if once is None:
        return None
    try:
        return await services.store.earlier_comment(once)
    except Gone:
        raise Problem("unknown-comment") from None


async def _root(services: Services, thread_id: str, parent_id: str | None) -> str | None:
    if parent_id is None:
        return None
    parent = await services.store.comment(parent_id)
    if parent is None or parent.thread != thread_id or not parent.visible:
        raise Problem("parent-gone")
    return parent.root


async def _own(services: Services, manifest: Manifest, request: Request, device: str) -> Comment:
    """The comment, if this device wrote it; what is someone else's does not exist for it."""
    comment = await services.store.comment(request.path_params["comment"])
    if comment is None or comment.author != services.keys.author(comment.condition, device):
        raise Problem("unknown-comment")
    return comment


async def edit(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if write.device is None:
        raise Problem("key-missing")
    wanted = write.json(CommentEdit)
    manifest = await services.manifest.current()
    comment = await _own(services, manifest, request, write.device)
    comment = await _change(services, manifest, comment, write, wanted)
    return _own_answer(services, manifest, manifest.thread(comment.thread), comment, write)


async def _change(
    services: Services, manifest: Manifest, comment: Comment, write: Write, wanted: CommentEdit
) -> Comment:
    thread = manifest.thread(comment.thread)
    now = services.now()
    over = now >= comment.created + services.settings.edit_seconds
    if over or comment.state in ("rejected", "withdrawn"):
        raise Problem("edit-window-over")
    text = normalise(wanted.text, services.settings.text_limit)
    if text == comment.text:
        return comment
    await demand_unlocked(services.store, comment.thread)
    await services.gate.draw("edit", write.address)
    judged = await judge(
        services,
        manifest,
        thread,
        write,
        wanted,
        text=text,
        name=Pseudonym(comment.pseudonym, comment.skeleton),
        author=comment.author,
        once=once_of(services, "edit", comment.author, write, comment.id, text),
        before=comment,
    )
    queued = comment.queued or judged.decision.queued
    change = {
        "text": text,
        "html": judged.html,
        "edited": now,
        "state": judged.decision.state,
        "held": tuple(dict.fromkeys((*comment.held, *judged.decision.reasons))) if queued else (),
        "urgency": max(comment.urgency, judged.decision.urgency),
        "queued": queued,
    }
    try:
        changed = await services.store.change_comment(CommentChange(comment.id, comment.revision, change))
    except (Conflict, Gone):
        raise Problem("busy", "The comment was changed meanwhile.", retry_after=1) from None
    if judged.decision.urgency == MOST_URGENT > comment.urgency:
        await alert(services, manifest, comment.condition, judged.decision.reasons)
    return changed


async def withdraw(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if write.device is None:
        raise Problem("key-missing")
    comment = await _own(services, await services.manifest.current(), request, write.device)
    stays = await _remove(services, comment)
    return json_answer({"comment": comment.id, "state": "withdrawn" if stays else "gone"}, write.origin)


async def _remove(services: Services, comment: Comment) -> bool:
    try:
        return await services.store.remove_comment(comment.id, comment.author)
    except Gone:
        raise Problem("unknown-comment") from None


async def change_by_form(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if not write.is_form:
        raise Problem("content-type", "Send PATCH or DELETE instead.")
    if write.device is None:
        raise Problem("key-missing")
    fields = {name: values[0] for name, values in write.form().items()}
    manifest = await services.manifest.current()
    comment = await _own(services, manifest, request, write.device)
    lang = fields.get("lang", "")
    if fields.get("action") == "withdraw":
        await _remove(services, comment)
        return to_said("withdrawn", thread=comment.thread, lang=lang)
    if fields.get("action") != "edit":
        raise Problem("body-invalid", "action is edit or withdraw.")
    comment = await _change(services, manifest, comment, write, CommentEdit(fields.get("text", "")))
    return _said(services, manifest, request, comment, lang)


def _own_answer(
    services: Services,
    manifest: Manifest,
    thread: Thread,
    comment: Comment,
    write: Write,
    status: int = 200,
) -> Response:
    shown = own_comment(comment, thread.reactions, services.settings.edit_seconds)
    lines = help_for(manifest, comment)
    return json_answer({"comment": shown, "help": lines}, write.origin, status)


def _said(
    services: Services,
    manifest: Manifest,
    request: Request,
    comment: Comment,
    lang: str,
    *,
    first: bool = False,
) -> Response:
    """Help comes in this very answer; then no address tells that there was need of it."""
    what = "published" if comment.visible else "held"
    lines = help_for(manifest, comment)
    if not lines:
        return to_said(what, thread=comment.thread, lang=lang, first=first)
    back = way_back_to(services, manifest, request, thread=comment.thread, lang=lang)
    return said_page(what, lang, back=back, first=first, help_lines=lines)


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    manifest = await services.manifest.current()
    found, pseudonyms = [], {}
    for condition in reach.conditions:
        for comment in await services.store.comments_by(services.keys.author(condition, device)):
            thread = manifest.threads.get(comment.thread)
            reactions = thread.reactions if thread else tuple(comment.reactions)
            found.append(own_comment(comment, reactions, services.settings.edit_seconds))
            pseudonyms[condition] = comment.pseudonym
    return {"comments": found, "pseudonyms": pseudonyms}


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    erased, names = 0, set()
    for condition in reach.conditions:
        author = services.keys.author(condition, device)
        for comment in await services.store.comments_by(author):
            try:
                await services.store.remove_comment(comment.id, author)
            except Gone:
                continue
            names.add((condition, comment.skeleton))
            erased += 1
    return {"comments": erased, "pseudonyms": len(names)}


COMMENTS = Kind(
    "comments",
    (
        *threads.ROUTES,
        ("POST", "/threads/{thread}/comments", write_comment),
        ("PATCH", "/comments/{comment}", edit),
        ("DELETE", "/comments/{comment}", withdraw),
        ("POST", "/comments/{comment}", change_by_form),
    ),
    _export,
    _erase,
)
