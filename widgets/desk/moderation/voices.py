"""Owns the desk's pages of stories and questions: their queue, and one of them with its words, its conversation, its acts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.audit_lines import log_line
from widgets.desk.moderation.comment_cards import of_children, urgency_step
from widgets.desk.moderation.opened import note_opened
from widgets.desk.moderation.voice_acts import ANSWERING_ROLES, VOICE_ACTS, act_on, fitting_answers
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.strings import language, phrase
from widgets.function.text.voices import day_words, live_all
from widgets.rules.text import render_long
from widgets.rules.voices import ACTS, of_child
from widgets.rules.voices.states import WAITING, WITH_WRITER
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Conflict, Gone
from widgets.store.voices import Voice, thread_of

_LISTS: Final = (("waiting", WAITING), ("with-writer", WITH_WRITER), ("published", ("published",)))
_MOST: Final = 100


async def show(request: DeskRequest) -> Response:
    """What waits to be read, the most urgent first; what waits for its writer; what is published."""
    await note_opened(request)
    lists = []
    for name, states in _LISTS:
        found = await request.services.store.voices.listed(states, request.staff.conditions)
        voices = await live_all(request.services, found)
        lists.append((name, [_card(request, voice) for voice in voices[:_MOST]], len(voices)))
    return page(request, "voices", lists=lists)


def _card(request: DeskRequest, voice: Voice) -> dict[str, Any]:
    condition = request.manifest.conditions.get(voice.condition)
    return {
        "id": voice.id,
        "kind": voice.kind,
        "title": voice.written.title,
        "lang": voice.lang,
        "pseudonym": voice.pseudonym or request.words("voice.member"),
        "condition": condition.title if condition else voice.condition,
        "state": voice.state,
        "urgency": voice.urgency,
        "urgency_words": request.words(f"urgency.{urgency_step(voice.urgency)}"),
        "reasons": [request.words.known("reason", reason) for reason in voice.held]
        + of_children(request, voice.held),
        "ago": request.words.ago(request.services.now() - voice.created),
        "until": day_words(voice.due) if voice.due is not None else "",
    }


async def show_one(request: DeskRequest) -> Response:
    await note_opened(request)
    voice = request.voice
    if voice.state == "sent" and may(request.staff, "voice-publish", voice.condition):
        with suppress(Conflict, Gone):  # its writer sees that somebody reads it
            voice = await request.services.store.voices.change(replace(voice, state="read"))
    return await _page(replace(request, told=voice))


async def _page(request: DeskRequest) -> Response:
    voice, store = request.voice, request.services.store
    names = {staff.id: staff.name for staff in await all_staff(store)}
    log = await store.audit(AuditAsk(20, comment=voice.id))
    acts = [
        act
        for act in VOICE_ACTS
        if voice.state in ACTS[act].states and may(request.staff, act, voice.condition)
    ]
    if "edit" not in voice.consents:
        acts = [act for act in acts if act != "voice-offer"]
    if of_child(voice):
        acts = [act for act in acts if act != "voice-ask"]
    lang = language(voice.lang)
    return page(
        request,
        "voice",
        voice=voice,
        card=_card(request, voice),
        html=Markup(render_long(voice.written.text)),
        edited=voice.offered or voice.written,
        note_html=Markup(voice.note.html) if voice.note else "",
        acts=acts,
        answers=[(key, phrase(lang, f"voice-answer.{key}")) for key in fitting_answers(voice)],
        given=await _given(request) if "voice-answer" in acts and voice.kind == "question" else [],
        log=[log_line(request, entry, names) for entry in log],
    )


async def _given(request: DeskRequest) -> list[dict[str, Any]]:
    """The answers to a question that can be accepted."""
    found = await request.services.store.newest(thread_of(request.voice), _MOST)
    return [
        {"id": one.id, "by": one.pseudonym, "role": one.role, "html": Markup(one.html)}
        for one in found
        if one.role in ANSWERING_ROLES
    ]


async def take_action(request: DeskRequest) -> Response:
    act = request.http.path_params["act"]
    if act not in VOICE_ACTS:
        raise Refused(404, "not-found")
    voice = request.voice
    if request.number("revision", 1, 2**31) != voice.revision:
        raise Conflict
    await act_on(request, voice, act)
    return RedirectResponse(f"{PATH}/voices/{voice.id}", 303, HEADERS)
