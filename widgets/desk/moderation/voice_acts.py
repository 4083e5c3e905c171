"""Owns what staff can do to a story or question: one function for each act, one ordered table. Each leaves an entry in the
audit, without words, in the same transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from widgets.contract.problems import Problem
from widgets.desk.moderation.actions import answers_for
from widgets.desk.moderation.assignments import claim, end, hand_over, release_claim
from widgets.desk.moderation.private_answers import private_answer
from widgets.desk.moderation.sources import is_source, note_html
from widgets.desk.moderation.voice_cards import words_to_publish
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.kinds.voice_acts import published
from widgets.function.text.name_claims import claim_voice_name
from widgets.rules.bursts import asks_first, one_by_one
from widgets.rules.text import normalise
from widgets.rules.voices import of_child, refusal, until
from widgets.rules.voices.asked import LONGEST, LONGEST_MESSAGE, LONGEST_TITLE, checked_title
from widgets.store.desk_records import AuditEntry
from widgets.store.records import Note
from widgets.store.voices import Message, Voice, Words, thread_of

ANSWERING_ROLES: Final = ("clinician", "editor")  # whose answers can be accepted
SETTLE: Final = frozenset({"voice-publish", "voice-decline"})  # after these nothing waits any more
_MOST_NOTES: Final = 5
_LONGEST_NOTE: Final = 40

ActFunction = Callable[[DeskRequest, Voice], Awaitable[Voice]]


async def act_on(request: DeskRequest, voice: Voice, act: str) -> Voice:
    """Raises Refused, Conflict where somebody else was quicker, Gone where its writer was."""
    refused = refusal(voice, act)
    if refused:
        raise Refused(409, refused)
    after = await VOICE_ACTS[act](request, voice)
    if after.state == "published" and voice.state != "published":
        try:
            await claim_voice_name(request.services, request.manifest, voice)
        except Problem:
            raise Refused(409, "voice-name") from None
    id_ = request.services.new_id()
    before, then = {"state": voice.state}, {"state": after.state, "revision": voice.revision + 1}
    entry = AuditEntry(
        id_,
        request.services.now(),
        request.staff.id,
        act,
        voice.id,
        after.reason or "" if act == "voice-decline" else "",
        id_,
        before,
        then,
        voice.condition,
    )
    kept = await request.services.store.voices.change(after, entry)
    if act in SETTLE:
        await end(request.services.store, voice.id)
    return kept


async def ask(request: DeskRequest, voice: Voice) -> Voice:
    message = Message("staff", _text(request, "question", LONGEST_MESSAGE), request.services.today())
    return replace(
        voice,
        state="asked",
        messages=(*voice.messages, message),
        due=until("asked", request.services.now()),
    )


async def offer(request: DeskRequest, voice: Voice) -> Voice:
    """Changed words wait for their writer, and nobody of staff is asked again once they are accepted. Where nothing was changed
    there is nothing to wait for."""
    _demand_sure(request, voice)
    words = _words(request, voice)
    notes = _content_notes(request)
    if words == words_to_publish(voice):
        return replace(published(voice, words, request.services.today()), content_notes=notes)
    return replace(
        voice,
        state="offered",
        offered=words,
        content_notes=notes,
        due=until("offered", request.services.now()),
    )


async def publish(request: DeskRequest, voice: Voice) -> Voice:
    """Off the page it was, or never on it: the words are those that its writer accepted last."""
    _demand_sure(request, voice)
    after = published(voice, words_to_publish(voice), request.services.today())
    return replace(after, content_notes=_content_notes(request))


def _demand_sure(request: DeskRequest, voice: Voice) -> None:
    """Nobody publishes a plea, or what harms its readers, by one press."""
    if asks_first(voice.held, voice.urgency, {}) and not request.sent("sure"):
        raise Refused(409, "plea-sure")


async def decline(request: DeskRequest, voice: Voice) -> Voice:
    answer = request.sent("answer")
    if answer not in fitting_answers(voice):
        raise Refused(400, "answer-missing")
    return replace(
        voice,
        state="declined",
        reason=answer,
        offered=None,
        urgency=0,
        due=until("declined", request.services.now()),
    )


def fitting_answers(voice: Voice) -> tuple[str, ...]:
    """As of comments: nobody who pleads is told that it is off topic, unkind or advertising."""
    return answers_for(one_by_one(voice.held, voice.urgency, {}))


async def hold(request: DeskRequest, voice: Voice) -> Voice:
    """Off the page, and to be read again."""
    agreed = voice.agreed or voice.shown
    return replace(voice, state="read", shown=None, agreed=agreed, html="", held=("held", *of_child(voice)))


async def note(request: DeskRequest, voice: Voice) -> Voice:
    text = _text(request, "note", LONGEST_MESSAGE)
    source = request.sent("source", 500)
    if not is_source(source):
        raise Refused(400, "source")
    by = request.staff.name
    return replace(voice, note=Note(note_html(text, source, by), source, by))


async def answer(request: DeskRequest, voice: Voice) -> Voice:
    """Accept a comment below a question as its answer: one by a verified clinician or an editor, that everybody sees."""
    chosen = request.sent("comment", 26)
    comment = await request.services.store.comment(chosen) if chosen else None
    fits = comment is not None and comment.visible and comment.thread == thread_of(voice)
    if voice.kind != "question" or comment is None or not fits or comment.role not in ANSWERING_ROLES:
        raise Refused(400, "answer-missing")
    return replace(voice, accepted=None if voice.accepted == comment.id else comment.id)


# What lies beside a story or question, as beside a comment, and changes nothing of it.
BESIDE_ACTS: Final[Mapping[str, Callable[[DeskRequest, Voice, int | None, str], Awaitable[AuditEntry]]]] = {
    "claim": claim,
    "release": release_claim,
    "hand-over": hand_over,
    "private-answer": private_answer,
}
VOICE_ACTS: Final[Mapping[str, ActFunction]] = {
    "voice-ask": ask,
    "voice-offer": offer,
    "voice-publish": publish,
    "voice-decline": decline,
    "voice-hold": hold,
    "voice-note": note,
    "voice-answer": answer,
}


def _words(request: DeskRequest, voice: Voice) -> Words:
    try:
        title = checked_title(request.sent("title", LONGEST_TITLE))
        return Words(title, normalise(request.sent("text", LONGEST[voice.kind]), LONGEST[voice.kind]))
    except Problem:
        raise Refused(400, "text") from None


def _text(request: DeskRequest, name: str, most: int) -> str:
    try:
        return normalise(request.sent(name, most), most)
    except Problem:
        raise Refused(400, "text") from None


def _content_notes(request: DeskRequest) -> tuple[str, ...]:
    """What readers are told before they read, parted by commas."""
    given = (" ".join(part.split()) for part in request.sent("notes", 300).split(","))
    notes = tuple(dict.fromkeys(part for part in given if part))
    if len(notes) > _MOST_NOTES:
        raise Refused(400, "notes-many", most=_MOST_NOTES, given=len(notes))
    longest = max(map(len, notes), default=0)
    if longest > _LONGEST_NOTE:
        raise Refused(400, "too-long", most=_LONGEST_NOTE, length=longest)
    try:
        return tuple(normalise(part, _LONGEST_NOTE) for part in notes)
    except Problem:
        raise Refused(400, "text") from None
