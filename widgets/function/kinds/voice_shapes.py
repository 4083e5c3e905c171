"""Owns the shapes of stories and questions: what is sent, and what their writer sees of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Literal

import msgspec

from widgets.contract.manifest import HelpLine, Manifest
from widgets.function.pages.help_lines import help_beside, help_words
from widgets.function.shapes import Altcha, Lang, Strict
from widgets.function.state.services import Services
from widgets.function.state.settings import BUILD_MINUTES
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help, help_beside_decision
from widgets.function.text.long_looks import look
from widgets.function.text.voices import day_words
from widgets.rules.receipts import words_of
from widgets.rules.voices import ACTS, refusal
from widgets.rules.voices.compared import compared, marked_as_new
from widgets.store.voices import Voice, Words, own_words

# Longer than what is taken: the rules refuse with a code that says how much it may be.
Long = Annotated[str, msgspec.Meta(max_length=60_000)]
Title = Annotated[str, msgspec.Meta(max_length=2_000)]
Consent = Literal["publish", "edit", "share", "archive"]


class VoiceRequest(Strict, frozen=True):
    """A story or question. `answers` belong to the prompts of the form, in their order; `consents` are the ticks."""

    form: Annotated[str, msgspec.Meta(max_length=200)]
    title: Title
    consents: Annotated[tuple[Consent, ...], msgspec.Meta(max_length=4)]
    age: bool
    text: Long = ""
    answers: Annotated[tuple[Long, ...], msgspec.Meta(max_length=12)] = ()
    pseudonym: Annotated[str, msgspec.Meta(max_length=200)] = ""
    carer: bool = False
    lang: Lang | None = None
    altcha: Altcha | None = None
    website: Annotated[str, msgspec.Meta(max_length=500)] = ""
    confirmed: bool = False


class VoiceAct(Strict, frozen=True):
    """What a writer does to an own one. `revision` says which words are accepted; `receipt` takes the place of a key."""

    action: Literal["show", "reply", "accept", "withdraw", "consent"]
    receipt: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    revision: int | None = None
    message: Annotated[str, msgspec.Meta(max_length=10_000)] = ""
    title: Title = ""
    text: Long = ""
    consent: Consent | None = None
    confirmed: bool = False
    lang: Lang | None = None


class VoiceWords(msgspec.Struct, frozen=True):
    title: str
    text: str


class VoiceCompared(msgspec.Struct, frozen=True):
    """HTML of ours, titles included: one's own words (`before`) and all that would be published (`after`), with the notes that
    staff put above the words; what is missing or new is marked by `del` and `ins`, and said in words."""

    before: str
    after: str


class VoiceMessage(msgspec.Struct, frozen=True):
    by: Literal["writer", "staff"]
    text: str
    day: str


class PrivateShown(msgspec.Struct, frozen=True):
    """What staff answered privately, with lines of help; `button`: how its reader says that it was read, empty once it was."""

    html: str
    read: str | None
    button: str


class OwnVoice(msgspec.Struct, frozen=True):
    """A story or question as its writer sees it. `until`: the day on which it is erased unless something happens;
    `replies`: whether its writer can still write to the desk; `withdrawing`: what a withdrawal does, and how soon pages follow;
    `answer` and `help` (HTML beside a decision against a plea): shown on the page of one's own contributions alone."""

    id: str
    kind: Literal["story", "question"]
    condition: str
    state: Literal["sent", "read", "asked", "offered", "published", "declined", "withdrawn"]
    said: str
    revision: int
    pseudonym: str
    written: VoiceWords
    offered: VoiceWords | None
    compared: VoiceCompared | None
    messages: tuple[VoiceMessage, ...]
    consents: tuple[str, ...]
    reason: str | None
    until: str | None
    page: str | None
    withdrawing: str
    replies: bool = False
    answer: PrivateShown | None = None
    help: str = ""


class HelpWords(msgspec.Struct, frozen=True, omit_defaults=True):
    title: str
    intro: str
    after: str
    screen: str | msgspec.UnsetType = msgspec.UNSET
    leave: str | msgspec.UnsetType = msgspec.UNSET
    away: str | msgspec.UnsetType = msgspec.UNSET


class VoiceAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """`receipt` is told at the first answer alone; `notice` says what happens next."""

    voice: OwnVoice
    notice: str
    receipt: str = ""
    help: tuple[HelpLine, ...] = ()
    help_words: HelpWords | msgspec.UnsetType = msgspec.UNSET


def own_voice(services: Services, manifest: Manifest, voice: Voice, lang: str) -> OwnVoice:
    lang = language(lang)
    until = day_words(voice.due) if voice.due is not None else None
    offered = voice.offered if voice.state == "offered" else None
    waits = voice.state in ACTS["reply"].states
    replies = waits and refusal(voice, "reply") is None
    said = phrase(lang, f"voice-state.{voice.state}").format(day=until or "")
    if voice.state == "published" and voice.content_notes:
        said = f"{said} {_notes(lang, voice)}"
    return OwnVoice(
        id=voice.id,
        kind=voice.kind,
        condition=voice.condition,
        state=voice.state,
        said=f"{said} {phrase(lang, 'voice-full')}" if waits and not replies else said,
        revision=voice.revision,
        pseudonym=voice.pseudonym,
        written=VoiceWords(voice.written.title, voice.written.text),
        offered=VoiceWords(offered.title, offered.text) if offered else None,
        compared=_compared(lang, voice, offered) if offered else None,
        messages=tuple(VoiceMessage(_by(one.by), one.text, one.day) for one in voice.messages),
        consents=voice.consents,
        reason=phrase(lang, f"voice-answer.{voice.reason}") if voice.reason else None,
        until=until,
        page=page_of(manifest, voice),
        withdrawing=withdrawing(services, lang),
        replies=replies,
    )


def _compared(lang: str, voice: Voice, offered: Words) -> VoiceCompared:
    end = phrase(lang, "voice-mark-end")
    removed, added = (phrase(lang, "voice-mark-out"), end), (phrase(lang, "voice-mark-in"), end)
    above = f"<p>{marked_as_new(_notes(lang, voice), added)}</p>\n" if voice.content_notes else ""
    if voice.note:
        above += f"<p>{marked_as_new(phrase(lang, 'voice-note'), added)}</p>\n{voice.note.html}"
    return VoiceCompared(*compared(voice.written, offered, removed, added, above))


def _notes(lang: str, voice: Voice) -> str:
    """What readers are told before they read."""
    return phrase(lang, "voice-notes").format(notes=", ".join(voice.content_notes))


def _by(by: str) -> Literal["writer", "staff"]:
    return "staff" if by == "staff" else "writer"


def page_of(manifest: Manifest, voice: Voice) -> str | None:
    """The path of its page, once it is published."""
    condition = manifest.conditions.get(voice.condition)
    if voice.state != "published" or condition is None:
        return None
    other = voice.lang != manifest.default_language and voice.lang in manifest.languages
    folder = "stories" if voice.kind == "story" else "questions"
    return f"{condition.url_path}{f'{voice.lang}/' if other else ''}{folder}/{voice.id}/"


def receipt_of(services: Services, voice: Voice, device: str, lang: str) -> str:
    """In words; empty where the device is not its writer's."""
    receipt = services.keys.voice_receipt(voice.id, device)
    return words_of(receipt, lang) if services.keys.receipt_hash(receipt) == voice.receipt else ""


def withdrawing(services: Services, lang: str) -> str:
    """What a withdrawal does, and how soon pages follow: said where a setting tells, or where a build is called."""
    lang, settings = language(lang), services.settings
    if settings.build_minutes or settings.build_hook:
        return phrase(lang, "voice-withdraw-when").format(minutes=settings.build_minutes or BUILD_MINUTES)
    return phrase(lang, "voice-withdraw-no-hook")


def help_of(lang: str, given: Help) -> dict[str, Any]:
    """The part of an answer about help; without lines nothing."""
    return {"help": given.lines, "help_words": HelpWords(**help_words(lang, "voice", given))} if given else {}


async def help_beside_voice(manifest: Manifest, voice: Voice, spoken: Sequence[str]) -> str:
    """Of one that was decided against."""
    if voice.state != "declined":
        return ""
    words = own_words(voice)
    given = await look(
        partial(help_beside_decision, manifest, words, voice.condition, voice.lang, spoken),
        sum(map(len, words)),
    )
    return help_beside(voice.lang, given)
