"""Owns flags: a reader points an editor to a comment."""

from __future__ import annotations

from typing import Any, Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.member import Member, member_of
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.marks import Marks
from widgets.function.pages.help_lines import help_fields
from widgets.function.pages.said import Said, said_or_help
from widgets.function.shapes import Strict
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import Help, How, call_for, help_in
from widgets.rules.flags import CALLS, URGENCY, flag_urgency
from widgets.store.records import Comment, Gone, Mark, MarkChange, TooManyMarks

_MARKS: Final = Marks("flag", "flag")


class FlagRequest(Strict, frozen=True):
    reason: Literal["unsafe-medical-claim", "crisis", "abuse", "personal-data", "spam", "off-topic", "other"]


async def flag(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    await services.rate_limits.draw("flag", write.address)
    comment = await services.store.comment(request.path_params["comment"])
    if comment is None or not comment.visible:
        raise Problem("unknown-comment")
    if write.is_form:
        fields = write.fields()
        reason = fields.get("reason", "")
        if reason not in URGENCY:
            raise Problem("body-invalid", "The form lacks a reason.")
        member = member_of(services, write)
        lines = await _flag(services, manifest, comment, member, reason)
        said = Said("flagged", fields.get("lang", ""), thread=comment.thread, first=member.fresh)
        return member.answered(services, said_or_help(services, manifest, request, said, lines))
    member = member_of(services, write)
    reason = str(write.json(FlagRequest).reason)
    lines = await _flag(services, manifest, comment, member, reason)
    helped = help_fields(lines, comment.lang, "flagged")
    answer = {"comment": comment.id, "reason": reason, "state": "received", **helped}
    return json_answer(answer, write.origin, 202)


async def _flag(
    services: Services, manifest: Manifest, comment: Comment, member: Member, reason: str
) -> Help:
    """Store the flag; returns help where the reason is a crisis."""
    person = services.keys.person("flag", comment.thread, member.device)
    change = MarkChange("flag", comment.thread, person, Mark(comment.id, reason), True, services.today())
    # Once a person has read this very text, a reader's word calls nobody again.
    unread = comment.decided is None or (comment.edited or 0) > comment.decided
    calls = reason == "crisis" and unread and comment.urgency < CALLS
    how = How("coalesced" if calls else "none")
    call = call_for(services, manifest, comment.condition, (reason,), how)
    try:
        await services.store.flag(change, flag_urgency(reason, comment.flags.get(reason, 0)), call)
    except Gone:
        raise Problem("unknown-comment") from None
    except TooManyMarks:
        raise Problem("rate-limited", retry_after=86_400) from None
    if reason != "crisis":
        return Help()
    if call is not None:
        await services.alerts.told()
    return Help(help_in(manifest, comment.lang, *member.write.languages))


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    return {
        "flags": [
            {"thread": row.thread, "comment": mark.target, "reason": mark.key}
            for row in await _MARKS.own(services, device, reach.threads)
            for mark in sorted(row.marks, key=lambda mark: mark.target)
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    """Deletes who flagged; the comment keeps its count of flags until an editor decides."""
    return {"flags": await _MARKS.erase(services, device, reach.threads)}


FLAGS: Final = Kind(
    "flags", (ApiRoute("POST", "/comments/{comment}/flags", flag),), _export, _erase, said=("flagged",)
)
