"""Owns what a member may do with a private answer: read it among one's own, and say that it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import NO_STORE, json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.member import known_member
from widgets.function.http.routing import PREFIX, ApiRoute, Described
from widgets.function.kinds.voice_shapes import PrivateShown
from widgets.function.shapes import Strict
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.long_looks import look
from widgets.function.text.private_answers import (
    PRIVATE_ANSWER,
    Answerable,
    answered_from,
    keep_read,
    read_answered,
    shown_answer,
)
from widgets.function.text.voices import voice_of
from widgets.store.records import Comment, Conflict, Gone
from widgets.store.voices import VOICE_ID, Voice, own_words


class AnswerRead(Strict, frozen=True):
    """Nothing can be said back."""

    lang: str | None = None


class ReadAnswer(msgspec.Struct, frozen=True):
    """`comment`: the id of the comment, story or question. `said`: that it was told, in the language of the post."""

    comment: str
    read: str | None
    said: str


async def read(services: Services, request: Request) -> Response:
    """The receipt. The address names the post; whoever did not write it learns nothing, not even whether it was answered."""
    write = await read_write(request, services)
    await services.rate_limits.draw("withdraw", write.address)
    member = known_member(write)
    if not write.is_form:
        write.json(AnswerRead)
    post = await _own(services, request.path_params["comment"], member.device)
    answered = await read_answered(services, post) if post else None
    if post is None or answered is None:
        raise Problem("unknown-comment")
    if not answered.is_read:
        with suppress(Conflict, Gone):  # read at the same moment on another page, or erased
            answered = await keep_read(services, answered)
    if write.is_form:  # the browser's history then names the page of one's own contributions, and no answer
        return RedirectResponse(f"{PREFIX}/me", 303, NO_STORE)
    shown = shown_answer(await services.manifest.current(), post, (), answered, ())
    said = phrase(language(post.lang), "private-was-read")
    return json_answer({"comment": post.id, "read": shown["read"], "said": said}, write.origin)


async def _own(services: Services, id_: str, device: str) -> Answerable | None:
    """The comment, story or question, where the device wrote it."""
    if VOICE_ID.fullmatch(id_):
        voice = await voice_of(services, id_)
        own = voice is not None and voice.author == services.keys.teller(voice.kind, voice.condition, device)
        return voice if own else None
    comment = await services.store.comment(id_)
    own = comment is not None and comment.author == services.keys.author(comment.condition, device)
    return comment if own else None


async def export_answers(
    services: Services, comments: Sequence[Comment], spoken: Sequence[str]
) -> list[dict[str, Any]]:
    """The answers to these posts, which are their reader's own."""
    rows = await services.store.rows_beside(PRIVATE_ANSWER, [comment.id for comment in comments])
    manifest = await services.manifest.current()
    found = [(comment, answered_from(rows.get(comment.id), services.now())) for comment in comments]
    return [
        {
            "comment": comment.id,
            "thread": comment.thread,
            **shown_answer(manifest, comment, (comment.text,), answered, spoken),
        }
        for comment, answered in found
        if answered is not None
    ]


async def answers_to_voices(
    services: Services, manifest: Manifest, voices: Sequence[Voice], spoken: Sequence[str]
) -> Mapping[str, PrivateShown]:
    """By story or question, which are its reader's own."""
    rows = await services.store.rows_beside(PRIVATE_ANSWER, [voice.id for voice in voices])
    shown = {}
    for voice in voices:
        answered = answered_from(rows.get(voice.id), services.now())
        if answered is not None:
            words = own_words(voice)
            given = await look(
                partial(shown_answer, manifest, voice, words, answered, spoken), sum(map(len, words))
            )
            shown[voice.id] = PrivateShown(**given)
    return shown


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
