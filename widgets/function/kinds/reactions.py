"""Owns reactions: one tap on a page or a comment, taken back as easily."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Key, Thread
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer, way_back
from widgets.function.http.incoming import read_write
from widgets.function.http.member import Member, member_of
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.kind import Kind, Reach, how_many
from widgets.function.kinds.marks import Marks
from widgets.function.pages.said import Said, to_said
from widgets.function.shapes import CommentId, Strict, counts
from widgets.function.state.services import Services
from widgets.store.records import Mark, Marked

_MARKS: Final = Marks("reaction", "reaction", "new-reactor")


class ReactionRequest(Strict, frozen=True):
    reaction: Key
    on: bool
    comment: CommentId | None = None


async def react(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    thread = manifest.thread(thread_id)
    if write.is_form:
        fields = write.fields()
        member = member_of(services, write)
        mark = Mark(fields.get("comment", ""), fields.get("reaction", ""))
        on = {"1": True, "0": False}.get(fields.get("on", ""))
        await _mark(services, thread_id, thread, member, mark, on)
        lang = fields.get("lang", "")
        if member.fresh:
            return member.answered(
                services, to_said(services, Said("reacted", lang, thread=thread_id, first=True))
            )
        fragment = f"c-{mark.target}" if mark.target else "reactions"
        return way_back(write, write.back or manifest.page_path(thread.pages, lang), fragment=fragment)
    member = member_of(services, write)
    wanted = write.json(ReactionRequest)
    mark = Mark(wanted.comment or "", wanted.reaction)
    marked = await _mark(services, thread_id, thread, member, mark, wanted.on)
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
    services: Services, thread_id: str, thread: Thread, member: Member, mark: Mark, on: bool | None
) -> Marked:
    if mark.key not in thread.reactions:
        raise Problem("unknown-reaction")
    if mark.target:
        comment = await services.store.comment(mark.target)
        if comment is None or comment.thread != thread_id:
            raise Problem("unknown-comment")
    return await _MARKS.press(services, member, thread_id, mark, on)


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    return {
        "reactions": [
            {"thread": row.thread, "comment": mark.target or None, "reaction": mark.key}
            for row in await _MARKS.own(services, device, reach.threads)
            for mark in sorted(row.marks, key=lambda mark: (mark.target, mark.key))
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    return {"reactions": await _MARKS.erase(services, device, reach.threads)}


REACTIONS: Final = Kind(
    "reactions",
    (ApiRoute("POST", "/threads/{thread}/reactions", react),),
    _export,
    _erase,
    mine=how_many("reactions"),
    said=("reacted",),
)
