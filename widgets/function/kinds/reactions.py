"""Owns reactions: one tap on a page or a comment, taken back as easily."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import json_answer, member_of_form, set_key, way_back
from widgets.function.incoming import Write, read_write
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.manifest import Thread
from widgets.function.pages.said import to_said
from widgets.function.problems import Problem
from widgets.function.services import Services
from widgets.function.shapes import ReactionRequest, counts
from widgets.store.records import Gone, Mark, MarkChange, Marked, Once, TooManyMarks


async def react(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    thread = manifest.thread(thread_id)
    if write.is_form:
        fields = write.form()
        device, fresh = member_of_form(services, write)
        mark = Mark(fields.get("comment", [""])[0], fields.get("reaction", [""])[0])
        on = {"1": True, "0": False}.get(fields.get("on", [""])[0])
        await _mark(services, thread_id, thread, write, device, mark, on)
        lang = fields.get("lang", [""])[0]
        if fresh:
            response = to_said("reacted", thread=thread_id, lang=lang, first=True)
            set_key(response, services, device)
            return response
        fragment = f"c-{mark.target}" if mark.target else "reactions"
        return way_back(write, write.back or manifest.page_path(thread.pages, lang), fragment=fragment)
    if write.device is None:
        raise Problem("key-missing")
    wanted = write.json(ReactionRequest)
    mark = Mark(wanted.comment or "", wanted.reaction)
    marked = await _mark(services, thread_id, thread, write, write.device, mark, wanted.on)
    own = {mark.key for mark in marked.own if mark.target == (wanted.comment or "")}
    return json_answer(
        {
            "thread": thread_id,
            "comment": wanted.comment,
            "own": [key for key in thread.reactions if key in own],
            "reactions": counts(thread.reactions, marked.counts),
        },
        write.origin,
    )


async def _mark(
    services: Services,
    thread_id: str,
    thread: Thread,
    write: Write,
    device: str,
    mark: Mark,
    on: bool | None,
) -> Marked:
    if mark.key not in thread.reactions:
        raise Problem("unknown-reaction")
    if mark.target:
        comment = await services.store.comment(mark.target)
        if comment is None or comment.thread != thread_id:
            raise Problem("unknown-comment")
    person = services.keys.person("reaction", thread_id, device)
    if services.settings.limits:
        await services.gate.draw("reaction", write.address)
        if on is not False and not await services.store.marks("reaction", [(thread_id, person)]):
            await services.gate.draw("new-reactor", write.address, thread_id)
    day = services.today()
    once = None
    if write.idempotency:
        key = services.keys.once("reaction", person, write.idempotency)
        once = Once(key, services.keys.digest(key, mark.target, mark.key, str(on)), day)
    try:
        return await services.store.mark(MarkChange("reaction", thread_id, person, mark, on, day), once)
    except Gone:
        raise Problem("unknown-comment") from None
    except TooManyMarks:
        raise Problem("too-many-reactions") from None


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    keys = [(thread, services.keys.person("reaction", thread, device)) for thread in reach.threads]
    return {
        "reactions": [
            {"thread": row.thread, "comment": mark.target or None, "reaction": mark.key}
            for row in await services.store.marks("reaction", keys)
            for mark in sorted(row.marks, key=lambda mark: (mark.target, mark.key))
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    keys = [(thread, services.keys.person("reaction", thread, device)) for thread in reach.threads]
    erased = 0
    for row in await services.store.marks("reaction", keys):
        erased += await services.store.erase_marks("reaction", row.thread, row.person)
    return {"reactions": erased}


REACTIONS = Kind("reactions", (("POST", "/threads/{thread}/reactions", react),), _export, _erase)
