"""Owns what a member may do with a private answer: read it among one's own, and say that it was read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from widgets.contract.problems import Problem
from widgets.function.http.answers import NO_STORE, json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.member import known_member
from widgets.function.http.routing import PREFIX, ApiRoute, Described
from widgets.function.shapes import CommentId, Strict
from widgets.function.state.services import Services
from widgets.function.text.private_answers import (
    PRIVATE_ANSWER,
    answered_from,
    keep_read,
    read_answered,
    shown_answer,
)
from widgets.store.records import Comment, Conflict, Gone


class AnswerRead(Strict, frozen=True):
    """Nothing can be said back."""

    lang: str | None = None


class ReadAnswer(msgspec.Struct, frozen=True):
    comment: CommentId
    read: str | None


async def read(services: Services, request: Request) -> Response:
    """The receipt. The address names the post; whoever did not write it learns nothing, not even whether it was answered."""
    write = await read_write(request, services)
    await services.rate_limits.draw("withdraw", write.address)
    member = known_member(write)
    if not write.is_form:
        write.json(AnswerRead)
    comment = await services.store.comment(request.path_params["comment"])
    own = comment is not None and comment.author == services.keys.author(comment.condition, member.device)
    answered = await read_answered(services, comment) if own and comment else None
    if comment is None or answered is None:
        raise Problem("unknown-comment")
    if not answered.is_read:
        with suppress(Conflict, Gone):  # read at the same moment on another page, or erased
            answered = await keep_read(services, answered)
    if write.is_form:  # the browser's history then names the page of one's own contributions, and no answer
        return RedirectResponse(f"{PREFIX}/me", 303, NO_STORE)
    shown = shown_answer(await services.manifest.current(), comment, answered, ())
    return json_answer({"comment": comment.id, "read": shown["read"]}, write.origin)


async def export_answers(
    services: Services, comments: Sequence[Comment], spoken: Sequence[str]
) -> list[dict[str, Any]]:
    """The answers to these posts, which are their reader's own."""
    rows = await services.store.rows_beside(PRIVATE_ANSWER, [comment.id for comment in comments])
    manifest = await services.manifest.current()
    found = [(comment, answered_from(rows.get(comment.id), services.now())) for comment in comments]
    return [
        shown_answer(manifest, comment, answered, spoken)
        for comment, answered in found
        if answered is not None
    ]


ROUTES: Final = (
    ApiRoute(
        "POST",
        "/answers/{comment}/read",
        read,
        Described(
            "Say that a private answer to one's own post was read",
            ReadAnswer,
            AnswerRead,
            {"lang": "the page's language"},
        ),
    ),
)
