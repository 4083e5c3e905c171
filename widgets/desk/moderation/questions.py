"""Owns the page of a member's published question at the desk, for those who read only what everybody reads: its words, its
answers, and what staff can do below it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.clinicians import question_asks
from widgets.desk.moderation.comment_cards import card
from widgets.desk.moderation.staff_answers import intent, written
from widgets.desk.moderation.voice_acts import ANSWERING_ROLES
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditEntry
from widgets.store.records import ParentGone, ThreadFull
from widgets.store.voices import Voice, thread_of

_MOST: Final = 100

ActFunction = Callable[[DeskRequest, Voice, AuditEntry], Awaitable[None]]


async def show(request: DeskRequest) -> Response:
    voice = request.voice
    given = await request.services.store.newest(thread_of(voice), _MOST)
    condition = request.manifest.conditions.get(voice.condition)
    thread = request.manifest.threads.get(thread_of(voice))
    return page(
        request,
        "question",
        voice=voice,
        title=title_of(voice),
        html=Markup(voice.html),
        condition=condition.title if condition else voice.condition,
        path=request.manifest.page_path(thread.pages, voice.lang) if thread else "",
        answers=[card(request, one) for one in sorted(given, key=lambda one: (one.created, one.id))],
        accepts=may(request.staff, "voice-answer", voice.condition)
        and any(one.role in ANSWERING_ROLES for one in given),
        asked=question_asks(voice, request.services.now()),
        acts=[act for act in QUESTION_ACTS if may(request.staff, act, voice.condition)],
        once=request.services.new_id(),
    )


def title_of(voice: Voice) -> str:
    """As it is published; words that wait at the desk are not everybody's."""
    return voice.shown.title if voice.shown else ""


async def take_action(request: DeskRequest) -> Response:
    act = request.http.path_params["act"]
    if act not in QUESTION_ACTS:
        raise Refused(404, "not-found")
    voice, services = request.voice, request.services
    id_ = services.new_id()
    entry = AuditEntry(
        id_, services.now(), request.staff.id, act, voice.id, "", id_, condition=voice.condition
    )
    await QUESTION_ACTS[act](request, voice, entry)
    return RedirectResponse(f"{PATH}/questions/{voice.id}", 303, HEADERS)


async def answer(request: DeskRequest, voice: Voice, entry: AuditEntry) -> None:
    said = written(request, thread_of(voice), voice.condition, voice.lang, None)
    once = intent(request, voice.id, said.text)
    try:
        await request.services.store.add_comment(said, once, replace(entry, after={"answer": said.id}))
    except (ParentGone, ThreadFull):
        raise Refused(409, "answer-held") from None


async def ask(request: DeskRequest, voice: Voice, entry: AuditEntry) -> None:
    if question_asks(voice, request.services.now()):
        raise Refused(409, "clinician-asked")
    await request.services.store.voices.change(replace(voice, clinician=request.services.now()), entry)


async def done(request: DeskRequest, voice: Voice, entry: AuditEntry) -> None:
    if voice.clinician is None:
        raise Refused(409, "clinician-not-asked")
    await request.services.store.voices.change(replace(voice, clinician=None), entry)


QUESTION_ACTS: Final[Mapping[str, ActFunction]] = {
    "question-answer": answer,
    "question-ask-clinician": ask,
    "question-clinician-done": done,
}
