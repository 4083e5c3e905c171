"""Owns stories and questions of members as they are sent, shown to their writers, erased. Each is read before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec
from msgspec.structs import replace as replace_fields
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest, VoiceForm
from widgets.contract.problems import Problem, ProofRequired
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, read_write
from widgets.function.http.member import Member, member_of
from widgets.function.http.routing import ApiRoute, Described, Handler
from widgets.function.kinds import voice_acts
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.private_answers import answers_to_voices
from widgets.function.kinds.voice_shapes import (
    OwnVoice,
    VoiceAnswer,
    VoiceRequest,
    help_beside_voice,
    help_of,
    own_voice,
    receipt_of,
)
from widgets.function.pages.voices import forms_of, sent_page
from widgets.function.state.proofs import challenge_for, spend_proof
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help
from widgets.function.text.name_claims import checked_name, demand_free
from widgets.function.text.refused_pleas import forget_refused, forget_unproven, gravest
from widgets.function.text.same_words import refused_before
from widgets.function.text.voice_names import own_mark
from widgets.function.text.voices import (
    Told,
    call_about,
    help_told,
    live_all,
    new_voice_id,
    review,
    withdraw,
)
from widgets.rules.crisis import judge_plea
from widgets.rules.limits import DAY, Limit
from widgets.rules.voices import Sent, checked
from widgets.rules.voices.asked import MOST_CHARACTERS
from widgets.store.records import Conflict, Gone, Once
from widgets.store.voices import Voice, VoiceKind, Words

PARTS: Final[Mapping[str, VoiceKind]] = {"stories": "story", "questions": "question"}
_TICKS: Final = ("publish", "edit", "share", "archive")
_PROMPTS: Final = 12
_TRIES: Final = 3


def _sending(kind: VoiceKind) -> Handler:
    async def send(services: Services, request: Request) -> Response:
        write = await read_write(request, services, MOST_CHARACTERS)
        await services.rate_limits.draw("voice", write.address)
        manifest = await services.manifest.current()
        wanted = _by_form(write) if write.is_form else write.json(VoiceRequest)
        form = manifest.voice_form(kind, wanted.form)
        if wanted.website:
            raise Problem("trap-field")
        member = member_of(services, write)
        voice = await _kept(services, manifest, form, member, wanted)
        return _answer(services, manifest, form, member, voice)

    return send


def _by_form(write: Write) -> VoiceRequest:
    fields = write.fields()
    lang = fields.get("lang") or None
    return VoiceRequest(
        form=fields.get("form", ""),
        title=fields.get("title", ""),
        consents=tuple(tick for tick in _TICKS if fields.get(tick)),
        age=bool(fields.get("age")),
        text=fields.get("text", ""),
        answers=tuple(fields.get(f"q.{number}", "") for number in range(1, _PROMPTS + 1)),
        pseudonym=fields.get("pseudonym", ""),
        carer=bool(fields.get("carer")),
        lang=lang,
        website=fields.get("website", ""),
    )


async def _kept(
    services: Services, manifest: Manifest, form: VoiceForm, member: Member, wanted: VoiceRequest
) -> Voice:
    lang = manifest.language_of(wanted.lang)
    prompts = form.prompts.get(lang, ())
    words = Words(
        *checked(
            Sent(form.kind, wanted.title, wanted.text, wanted.answers, wanted.consents, wanted.age), prompts
        )
    )
    author = services.keys.teller(form.kind, form.condition, member.device)
    pseudonym, named = await _pseudonym(services, manifest, form, member, wanted)
    once = member.once(services, form.kind, author, words.title, words.text, *wanted.consents, pseudonym)
    if once is not None and (earlier := await _earlier(services, once)) is not None:
        return earlier
    sent = Told(words, form.condition, lang, wanted.confirmed, member.write.is_form, member.device)
    reviewed = await review(services, manifest, sent)
    await _demand_price(services, member, wanted, once)
    voice = Voice(
        id="",
        kind=form.kind,
        condition=form.condition,
        author=author,
        receipt="",
        lang=lang,
        pseudonym=pseudonym,
        named=named,
        written=words,
        created=services.now(),
        consents=tuple(tick for tick in _TICKS if tick in wanted.consents),
        carer=wanted.carer,
        held=reviewed.decision.reasons,
        urgency=reviewed.decision.urgency,
    )
    call = call_about(services, manifest, form.condition, reviewed)
    found = await gravest((wanted.title, wanted.text, *wanted.answers), lang) if reviewed.plea else None
    before = await refused_before(services, member.device, found[1]) if found else None
    call = None if before is not None and before.told else call
    for _ in range(_TRIES):
        id_ = new_voice_id(services)
        receipt = services.keys.receipt_hash(services.keys.voice_receipt(id_, member.device))
        try:
            kept = await services.store.voices.add(replace(voice, id=id_, receipt=receipt), once, call)
        except Conflict:
            continue  # somebody else's has this id
        except Gone:
            raise Problem("response-withdrawn") from None
        if kept.id != id_:
            return kept
        await forget_refused(services, before, call)
        if call is not None:
            await services.alerts.told()
        if wanted.altcha is not None and found:
            await forget_unproven(services, member.device, found[1])
        return kept
    raise Problem("busy", retry_after=1)


async def _earlier(services: Services, once: Once) -> Voice | None:
    try:
        return await services.store.voices.earlier(once)
    except Gone:
        raise Problem("response-withdrawn") from None


async def _pseudonym(
    services: Services, manifest: Manifest, form: VoiceForm, member: Member, wanted: VoiceRequest
) -> tuple[str, str]:
    """The name and whose it is; both empty for "a member". A name that is somebody else's in public is refused, as of a
    comment."""
    if not wanted.pseudonym.strip():
        return "", ""
    name = await checked_name(services, manifest, wanted.pseudonym)
    author = services.keys.author(form.condition, member.device)
    await demand_free(services, form.condition, name, author)
    return name.shown, own_mark(services.keys, form.condition, name.skeleton, author)


async def _demand_price(services: Services, member: Member, wanted: VoiceRequest, once: Once | None) -> None:
    """A proof of work; a form brings none, and its limits are lower. Raises Problem."""
    write = member.write
    if services.settings.proof.required and not write.is_form:
        if wanted.altcha is None:
            await services.rate_limits.draw("challenge", write.address)
            raise ProofRequired(challenge_for(services, "survey"))
        await spend_proof(services, "survey", wanted.altcha, once)
    await services.rate_limits.draw("form-voice" if write.is_form else "new-voice", write.address)


def _answer(
    services: Services, manifest: Manifest, form: VoiceForm, member: Member, voice: Voice
) -> Response:
    receipt = receipt_of(services, voice, member.device, voice.lang)
    lines = help_lines(manifest, voice, member.write)
    if member.write.is_form:
        page = manifest.page_path(form.pages, voice.lang)
        return member.answered(services, sent_page(voice.lang, receipt, page, lines, first=member.fresh))
    answer = VoiceAnswer(
        own_voice(services, manifest, voice, voice.lang),
        phrase(language(voice.lang), "voice-sent"),
        receipt,
        **help_of(voice.lang, lines),
    )
    return json_answer(answer, member.write.origin, 201)


def help_lines(manifest: Manifest, voice: Voice, write: Write) -> Help:
    text = f"{voice.written.title}\n\n{voice.written.text}"
    pleads = not {"crisis", "danger"}.isdisjoint(voice.held)
    plea = judge_plea(text, voice.lang) if pleads else None
    return help_told(manifest, plea, text, voice, write.languages)


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    manifest = await services.manifest.current()
    document = {}
    for part, kind in PARTS.items():
        voices = await _own(services, device, reach, kind)
        answers = await answers_to_voices(services, manifest, voices, reach.spoken)
        document[part] = [
            msgspec.to_builtins(
                replace_fields(
                    own_voice(services, manifest, voice, voice.lang),
                    answer=answers.get(voice.id),
                    help=await help_beside_voice(manifest, voice, reach.spoken),
                )
            )
            for voice in voices
        ]
    return document


async def _own(services: Services, device: str, reach: Reach, kind: VoiceKind) -> list[Voice]:
    found: list[Voice] = []
    for condition in reach.conditions:
        author = services.keys.teller(kind, condition, device)
        found += await live_all(services, await services.store.voices.by_author(author))
    return found


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    erased = {}
    for part, kind in PARTS.items():
        erased[part] = 0
        for voice in await _own(services, device, reach, kind):
            try:
                await withdraw(services, voice, all_of_it=True)
            except Gone:
                continue
            erased[part] += 1
    return erased


def _mine(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterator[str]:
    for part in PARTS:
        for voice in document[part]:
            yield forms_of(lang, msgspec.convert(voice, OwnVoice))


_FORM: Final = {
    "form": "the id of the form, as the manifest names it",
    "title": "one line",
    "text": "the text, in the Markdown subset with headings",
    "q.<n>": "the answer to the form's nth prompt",
    "pseudonym": "empty for `a member`",
    **dict.fromkeys(_TICKS, "`on`: the tick"),
    "age": "`on`: the tick about the writer's age",
    "carer": "`on`: it is about a child, whose carer the writer is",
    "website": "a hidden trap, empty",
    "lang": "the page's language",
}


def _sending_route(part: str, kind: VoiceKind) -> ApiRoute:
    described = Described(
        f"Send a {kind}, which is read before it is published",
        VoiceAnswer,
        VoiceRequest,
        _FORM,
        False,
        "201",
        True,
    )
    return ApiRoute("POST", f"/{part}", _sending(kind), described)


VOICES: Final = Kind(
    "voices",
    (
        *(_sending_route(part, kind) for part, kind in PARTS.items()),
        *voice_acts.ROUTES,
    ),
    _export,
    _erase,
    shown={"stories": OwnVoice, "questions": OwnVoice},
    mine=_mine,
    limits={
        "voice": (Limit(20, 60),),
        "new-voice": (Limit(5, 3_600), Limit(10, DAY), Limit(40, DAY, "/48"), Limit(40, DAY, "/24")),
        "form-voice": (Limit(3, 3_600), Limit(5, DAY), Limit(20, DAY, "/48"), Limit(20, DAY, "/24")),
        "voice-act": (Limit(20, 60),),
    },
)
