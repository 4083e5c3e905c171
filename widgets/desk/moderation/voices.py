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
from widgets.desk.moderation import private_answers
from widgets.desk.moderation.assignments import assigned_words, colleague_choices
from widgets.desk.moderation.audit_lines import changed_words, log_line
from widgets.desk.moderation.opened import note_opened
from widgets.desk.moderation.place import done_at, place_of, sent_place
from widgets.desk.moderation.voice_acts import (
    ANSWERING_ROLES,
    BESIDE_ACTS,
    VOICE_ACTS,
    act_on,
    fitting_answers,
)
from widgets.desk.moderation.voice_cards import html_of, voice_card, words_to_publish
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.strings import language, phrase
from widgets.function.text.voices import live_all, voice_of
from widgets.rules.voices import refusal
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
        assigned = await assigned_words(request, [voice.id for voice in voices[:_MOST]])
        lists.append((name, [voice_card(request, voice, assigned) for voice in voices[:_MOST]], len(voices)))
    return page(request, "voices", lists=lists)


async def show_one(request: DeskRequest) -> Response:
    await note_opened(request)
    voice = request.voice
    if voice.state == "sent" and may(request.staff, "voice-publish", voice.condition):
        with suppress(Conflict, Gone):  # its writer sees that somebody reads it
            voice = await request.services.store.voices.change(replace(voice, state="read"))
    return await _page(replace(request, told=voice))


async def _page(request: DeskRequest, draft: str = "", status: int = 200, said: str = "") -> Response:
    voice, store = request.voice, request.services.store
    names = {staff.id: staff.name for staff in await all_staff(store)}
    log = await store.audit(AuditAsk(20, comment=voice.id))
    acts, why_not = await _acts(request)
    lang = language(voice.lang)
    assigned = await assigned_words(request, [voice.id])
    publishes = words_to_publish(voice)
    return page(
        request,
        "voice",
        status,
        said=said,
        typed=request.typed() if said else [],
        voice=voice,
        card=voice_card(request, voice, assigned),
        agreed=publishes if publishes != voice.written else None,
        agreed_html=html_of(publishes),
        edited=voice.offered or publishes,
        note_html=Markup(voice.note.html) if voice.note else "",
        acts=acts,
        why_not=why_not,
        answers=[(key, phrase(lang, f"voice-answer.{key}")) for key in fitting_answers(voice)],
        given=await _given(request) if "voice-answer" in acts and voice.kind == "question" else [],
        colleagues=await colleague_choices(request, voice) if "hand-over" in acts else [],
        private=await private_answers.shown(request, voice, draft),
        place=sent_place(request) if request.form else place_of(request.http.query_params),
        once=request.services.new_id(),
        log=[log_line(request, entry, names) for entry in log],
    )


async def _acts(request: DeskRequest) -> tuple[list[str], list[str]]:
    """What this person can do to the story or question now, and in sentences why not what others could do, or could at another
    time: no button stands there that would be refused."""
    voice, condition = request.voice, request.voice.condition
    allowed = [act for act in (*BESIDE_ACTS, *VOICE_ACTS) if may(request.staff, act, condition)]
    refused: dict[str, str | None] = {act: refusal(voice, act) for act in allowed if act in VOICE_ACTS}
    acts = [act for act in allowed if not refused.get(act)]
    if private_answers.ACTION in acts and (why := await private_answers.why_not(request, voice)):
        refused[private_answers.ACTION] = why
    reasons: list[str] = [reason for reason in refused.values() if reason and reason != "voice-state"]
    if voice.state in WAITING and not any(act in allowed for act in ("voice-publish", "voice-decline")):
        reasons.append("role-decides-not")
    return acts, [request.words(f"refused.{reason}") for reason in dict.fromkeys(reasons)]


async def _given(request: DeskRequest) -> list[dict[str, Any]]:
    """The answers to a question that can be accepted."""
    found = await request.services.store.newest(thread_of(request.voice), _MOST)
    return [
        {"id": one.id, "by": one.pseudonym, "role": one.role, "html": Markup(one.html)}
        for one in found
        if one.role in ANSWERING_ROLES
    ]


async def take_action(request: DeskRequest) -> Response:
    """Carry out the act that the path names; where somebody was quicker, show what they left and what was written here."""
    try:
        return await _act(request)
    except Conflict:
        fresh = await voice_of(request.services, request.voice.id)
        if fresh is None:
            raise Gone from None
        said = await changed_words(request, fresh.id, fresh.revision)
        return await _page(replace(request, told=fresh), status=409, said=said)


async def _act(request: DeskRequest) -> Response:
    act, voice = request.http.path_params["act"], request.voice
    if act in BESIDE_ACTS:
        return await _beside(request, voice, act)
    if act not in VOICE_ACTS:
        raise Refused(404, "not-found")
    _demand_revision(request, voice)
    await act_on(request, voice, act)
    return _back(request, voice)


async def _beside(request: DeskRequest, voice: Voice, act: str) -> Response:
    """What changes nothing of the words: whoever takes it on need not have read the newest. An answer is to what was read."""
    if act == private_answers.ACTION:
        _demand_revision(request, voice)
        if request.sent("compose"):
            return await _page(request, private_answers.composed(request))
    entry = await BESIDE_ACTS[act](request, voice, None, "")
    if request.sent("queue"):
        return done_at([entry], replace(sent_place(request), next=voice.id))
    return _back(request, voice)


def _demand_revision(request: DeskRequest, voice: Voice) -> None:
    if request.number("revision", 1, 2**31) != voice.revision:
        raise Conflict


def _back(request: DeskRequest, voice: Voice) -> Response:
    return RedirectResponse(f"{PATH}/voices/{voice.id}?{sent_place(request).query()}", 303, HEADERS)
