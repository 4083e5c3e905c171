"""Owns what a writer does to an own story or question: look, answer the desk, accept, take back one tick or all of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, read_write
from widgets.function.http.routing import ApiRoute, Described, Handler
from widgets.function.kinds.voice_shapes import VoiceAct, VoiceAnswer, help_of, own_voice
from widgets.function.pages.voices import own_page, withdrawn_page
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.name_claims import claim_voice_name
from widgets.function.text.refused_pleas import judged
from widgets.function.text.voices import Told, call_about, help_told, review, voice_of, withdraw
from widgets.rules.receipts import fault_of, read_receipt
from widgets.rules.text import normalise, render_long
from widgets.rules.voices import of_child, refusal, until
from widgets.rules.voices.asked import LONGEST, LONGEST_MESSAGE, MOST_CHARACTERS, checked_title
from widgets.store.records import Conflict, Gone
from widgets.store.voices import Message, Voice, VoiceKind, Words

FOLDERS: Final[Mapping[str, VoiceKind]] = {"stories": "story", "questions": "question"}


def _acting(kind: VoiceKind) -> Handler:
    async def act(services: Services, request: Request) -> Response:
        write = await read_write(request, services, MOST_CHARACTERS)
        await services.rate_limits.draw("voice-act", write.address)
        wanted = _by_form(write) if write.is_form else write.json(VoiceAct)
        manifest = await services.manifest.current()
        voice = await _own(services, kind, request.path_params["voice"], write, wanted)
        refused = refusal(voice, wanted.action)
        if refused:
            raise Problem(refused)
        try:
            after = await _ACTS[wanted.action](services, manifest, voice, wanted, write)
        except Gone:
            raise Problem("unknown-voice") from None
        except Conflict:
            raise Problem("voice-changed") from None
        return await _answer(services, manifest, voice, after, wanted, write)

    return act


def _by_form(write: Write) -> VoiceAct:
    fields = write.fields()
    revision = fields.get("revision", "")
    action = fields.get("action", "show")
    consent = fields.get("consent") or None
    if action not in _ACTS or consent not in (None, "publish", "edit", "share", "archive"):
        raise Problem("body-invalid")
    return VoiceAct(
        action=cast(Any, action),
        receipt=fields.get("receipt", ""),
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else None,
        message=fields.get("message", ""),
        title=fields.get("title", ""),
        text=fields.get("text", ""),
        consent=cast(Any, consent),
        lang=fields.get("lang") or None,
    )


async def _own(services: Services, kind: VoiceKind, id_: str, write: Write, wanted: VoiceAct) -> Voice:
    """The writer's own, by receipt or by key. One of somebody else is as one that is not there."""
    voice = await voice_of(services, id_)
    if wanted.receipt:
        receipt = read_receipt(wanted.receipt)
        if receipt is None:
            raise Problem(fault_of(wanted.receipt))
        await services.rate_limits.draw("receipt", write.address)
        known = voice is not None and services.keys.receipt_hash(receipt) == voice.receipt
    elif write.device is None:
        raise Problem("key-missing")
    else:
        known = voice is not None and voice.author == services.keys.teller(
            kind, voice.condition, write.device
        )
    if voice is None or not known or voice.kind != kind:
        raise Problem("unknown-voice")
    return voice


async def _show(
    services: Services, manifest: Manifest, voice: Voice, wanted: VoiceAct, write: Write
) -> Voice:
    return voice


async def _reply(
    services: Services, manifest: Manifest, voice: Voice, wanted: VoiceAct, write: Write
) -> Voice:
    """An answer, or words of one's own, or both: whoever reads it begins anew."""
    if wanted.revision not in (None, voice.revision):
        raise Conflict
    words = voice.written
    if wanted.text or wanted.title:
        text = normalise(wanted.text or words.text, LONGEST[voice.kind])
        words = Words(checked_title(wanted.title or words.title), text)
    messages = voice.messages
    if wanted.message.strip():
        message = Message("writer", normalise(wanted.message, LONGEST_MESSAGE), services.today())
        messages = (*messages, message)
    elif words == voice.written:
        raise Problem("text-empty")
    sent = Told(
        words, voice.condition, voice.lang, wanted.confirmed, write.is_form, write.device, wanted.message
    )
    reviewed = await review(services, manifest, sent)
    after = replace(
        voice,
        state="sent",
        written=words,
        agreed=voice.agreed if words == voice.written else None,
        offered=None,
        messages=messages,
        held=tuple(dict.fromkeys((*voice.held, *reviewed.decision.reasons))),
        urgency=max(reviewed.decision.urgency, voice.urgency),
        due=until("sent", services.now()),
    )
    call = call_about(services, manifest, voice.condition, reviewed)
    kept = await services.store.voices.change(after, None, call)
    if call is not None:
        await services.alerts.told()
    return kept


async def _accept(
    services: Services, manifest: Manifest, voice: Voice, wanted: VoiceAct, write: Write
) -> Voice:
    """Only of the very words that were shown: `revision` says which."""
    if wanted.revision != voice.revision or voice.offered is None:
        raise Conflict
    await claim_voice_name(services, manifest, voice)
    return await services.store.voices.change(published(voice, voice.offered, services.today()))


def published(voice: Voice, words: Words, day: str) -> Voice:
    """The story with these words on its page. It stays under the day on which it was first published."""
    return replace(
        voice,
        state="published",
        shown=words,
        agreed=words,
        offered=None,
        html=render_long(words.text),
        published=voice.published or day,
        urgency=0,
        held=of_child(voice),
        reason=None,
        due=None,
    )


async def _withdraw(
    services: Services, manifest: Manifest, voice: Voice, wanted: VoiceAct, write: Write
) -> None:
    await withdraw(services, voice)


async def _consent(
    services: Services, manifest: Manifest, voice: Voice, wanted: VoiceAct, write: Write
) -> Voice | None:
    """Take one tick back. Without the one for publication nothing is left to be kept; without the one for editing no changed
    words wait for an answer any more."""
    if wanted.consent is None:
        raise Problem("body-invalid")
    if wanted.consent == "publish":
        await withdraw(services, voice)
        return None
    left = tuple(tick for tick in voice.consents if tick != wanted.consent)
    after = replace(voice, consents=left)
    if wanted.consent == "edit" and voice.state == "offered":
        after = replace(after, state="read", offered=None, due=None)
    return await services.store.voices.change(after)


_ACTS: Final[
    Mapping[str, Callable[[Services, Manifest, Voice, VoiceAct, Write], Awaitable[Voice | None]]]
] = {"show": _show, "reply": _reply, "accept": _accept, "withdraw": _withdraw, "consent": _consent}


async def _answer(
    services: Services, manifest: Manifest, before: Voice, after: Voice | None, wanted: VoiceAct, write: Write
) -> Response:
    lang = language(wanted.lang or before.lang)
    if after is None:
        if write.is_form:
            return withdrawn_page(lang)
        gone = replace(before, written=Words("", ""), offered=None, messages=(), pseudonym="", reason=None)
        told = own_voice(services, manifest, replace(gone, state="declined", due=None), lang)
        told = msgspec.structs.replace(told, state="withdrawn", said="", withdrawing="", consents=())
        return json_answer(VoiceAnswer(told, phrase(lang, "voice-withdrawn")), write.origin)
    said = [wanted.message, wanted.title, wanted.text] if wanted.action == "reply" else []
    plea = await judged(said, before.lang)
    lines = help_told(manifest, plea, "\n\n".join(said), before, write.languages)
    own = own_voice(services, manifest, after, lang)
    unticked = phrase(lang, f"voice-unticked.{wanted.consent}") if wanted.action == "consent" else ""
    if write.is_form:
        return own_page(lang, own, wanted.receipt, lines, unticked)
    return json_answer(VoiceAnswer(own, unticked or own.said, "", **help_of(lang, lines)), write.origin)


_FORM: Final = {
    "action": "`show`, `reply`, `accept`, `withdraw` or `consent`",
    "receipt": "the receipt, in place of a key",
    "revision": "which words are accepted",
    "message": "an answer to the desk",
    "title": "of a changed text",
    "text": "a changed text",
    "consent": "the tick that is taken back",
    "lang": "the page's language",
}

ROUTES: Final = tuple(
    ApiRoute(
        "POST",
        f"/{folder}/{{voice}}",
        _acting(kind),
        Described(f"Act on one's own {kind}", VoiceAnswer, VoiceAct, _FORM, page=True),
    )
    for folder, kind in FOLDERS.items()
)
