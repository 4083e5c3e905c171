"""Owns flags: a reader's finger pointing an editor to a comment."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import json_answer, member_of_form, set_key
from widgets.function.care import alert, help_in
from widgets.function.incoming import read_write
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.pages.said import said_page, to_said, way_back_to
from widgets.function.problems import Problem
from widgets.function.rules.flags import MOST_URGENT, URGENCY
from widgets.function.services import Services
from widgets.function.shapes import FlagRequest
from widgets.store.records import Gone, Mark, MarkChange, TooManyMarks


async def flag(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    comment = await services.store.comment(request.path_params["comment"])
    if comment is None or not comment.visible:
        raise Problem("unknown-comment")
    fresh, fields = False, write.form() if write.is_form else {}
    if write.is_form:
        device, fresh = member_of_form(services, write)
        reason = fields.get("reason", [""])[0]
        if reason not in URGENCY:
            raise Problem("body-invalid", "The form lacks a reason.")
    elif write.device is None:
        raise Problem("key-missing")
    else:
        device, reason = write.device, str(write.json(FlagRequest).reason)
    await services.gate.draw("flag", write.address)
    person = services.keys.person("flag", comment.thread, device)
    change = MarkChange("flag", comment.thread, person, Mark(comment.id, reason), True, services.today())
    try:
        await services.store.flag(change, URGENCY[reason])
    except Gone:
        raise Problem("unknown-comment") from None
    except TooManyMarks:
        raise Problem("rate-limited", retry_after=86_400) from None
    if reason == "crisis" and comment.urgency < MOST_URGENT:
        await alert(services, manifest, comment.condition, (reason,))
    lines = help_in(manifest, comment.lang) if reason == "crisis" else ()
    if write.is_form:
        lang = fields.get("lang", [""])[0]
        response = to_said("flagged", thread=comment.thread, lang=lang, first=fresh)
        if lines:
            back = way_back_to(services, manifest, request, thread=comment.thread, lang=lang)
            response = said_page("flagged", lang, back=back, first=fresh, help_lines=lines)
        if fresh:
            set_key(response, services, device)
        return response
    answer = {"comment": comment.id, "reason": reason, "state": "received", "help": lines}
    return json_answer(answer, write.origin, 202)


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    keys = [(thread, services.keys.person("flag", thread, device)) for thread in reach.threads]
    return {
        "flags": [
            {"thread": row.thread, "comment": mark.target, "reason": mark.key}
            for row in await services.store.marks("flag", keys)
            for mark in sorted(row.marks, key=lambda mark: mark.target)
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    """Who flagged is forgotten; that a comment was flagged stays with the editor who must look at it."""
    keys = [(thread, services.keys.person("flag", thread, device)) for thread in reach.threads]
    erased = 0
    for row in await services.store.marks("flag", keys):
        erased += await services.store.erase_marks("flag", row.thread, row.person)
    return {"flags": erased}


FLAGS = Kind("flags", (("POST", "/comments/{comment}/flags", flag),), _export, _erase)
