"""Owns what a store keeps of stories and questions of members, and the calls for them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import msgspec

from widgets.store.calls import Call
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Note, Once

VOICES: Final = (
    "voices"  # the scope that counts changes of what is published; no poll, thread or survey is called so
)
VOICE_ID: Final = re.compile(r"[bcdfghjkmnpqrstvwxz]{8}")  # no vowels, so that no word comes of it
VoiceKind = Literal["story", "question"]
VoiceState = Literal["sent", "read", "asked", "offered", "published", "declined"]


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a text in the Markdown subset."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn between desk and writer. `by` is `writer` or `staff`, never a name; `day` is YYYY-MM-DD."""

    by: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A story or question with all that the store keeps of it.

    `author` is a keyed hash made for this kind and condition alone, `receipt` another; `written` are its writer's words as
    they stand, `offered` those that the desk proposes, `shown` and `html` what is published, `agreed` what was published last with
    its writer's consent, which stays when it is taken off the page. `consents` are the ticks that hold: publish,
    edit, share, archive. `created` is in seconds since 1970, `published` and `changed` are days, `due` the second in which it
    lapses. `named` says whose the pseudonym is, by a hash for this name alone. `accepted` is the comment that staff accepted as
    the answer to a question. `clinician` is the second in which staff asked that a clinician answers it. `revision` guards
    against lost updates.
    """

    id: str
    kind: VoiceKind
    condition: str
    author: str
    receipt: str
    lang: str
    pseudonym: str
    written: Words
    created: int
    consents: tuple[str, ...]
    carer: bool = False
    state: VoiceState = "sent"
    offered: Words | None = None
    shown: Words | None = None
    agreed: Words | None = None
    html: str = ""
    published: str = ""
    messages: tuple[Message, ...] = ()
    content_notes: tuple[str, ...] = ()
    note: Note | None = None
    held: tuple[str, ...] = ()
    urgency: int = 0
    reason: str | None = None
    accepted: str | None = None
    due: int | None = None
    named: str = ""
    clinician: int | None = None
    revision: int = 1


def voice_text(voice: Voice) -> str:
    return msgspec.json.encode(voice).decode()


def voice_from(text: str | bytes) -> Voice:
    return msgspec.json.decode(text, type=Voice)


def own_words(voice: Voice) -> tuple[str, ...]:
    """What its writer wrote: the story, and each message to the desk, none of which weighs against another."""
    messages = (one.text for one in voice.messages if one.by == "writer")
    return (f"{voice.written.title}\n\n{voice.written.text}", *messages)


def thread_of(voice: Voice) -> str:
    """The thread below a question's page, in which it is answered."""
    return f"{voice.condition}~{voice.id}"


def is_takedown(before: Voice, after: Voice | None) -> bool:
    """Whether published words are taken off the page or changed."""
    if before.state != "published":
        return False
    return after is None or after.state != "published" or shown_of(before) != shown_of(after)


def shown_of(voice: Voice) -> tuple[object, ...]:
    """All that a page tells of it."""
    shared = "share" in voice.consents, "archive" in voice.consents
    return (voice.shown, voice.html, voice.pseudonym, shared, voice.content_notes, voice.note, voice.accepted)


class VoiceStore(Protocol):
    """Every write is durable when the call returns, and all of it or none of it happened. What has lapsed may still be
    there: whoever reads it compares `due` with the clock."""

    def add(self, voice: Voice, once: Once | None, call: Call | None = None) -> Awaitable[Voice]:
        """The voice, or what the same intent wrote before. Raises Conflict (the id is taken), OnceMismatch, Gone (a retry of
        what was erased since), Busy."""
        ...

    def earlier(self, once: Once) -> Awaitable[Voice | None]:
        """What the same intent wrote before. Raises OnceMismatch, Gone."""
        ...

    def voice(self, id_: str) -> Awaitable[Voice | None]: ...

    def by_receipt(self, receipt: str) -> Awaitable[Voice | None]: ...

    def by_author(self, author: str) -> Awaitable[list[Voice]]:
        """The oldest first."""
        ...

    def change(
        self, voice: Voice, audit: AuditEntry | None = None, call: Call | None = None
    ) -> Awaitable[Voice]:
        """Replace the row that has this revision; the revision grows. Raises Gone, Conflict, Busy."""
        ...

    def remove(
        self, id_: str, author: str | None, audit: AuditEntry | None = None, rows: Sequence[DeskRow] = ()
    ) -> Awaitable[None]:
        """Delete all of it; nothing stays in its place. Raises Gone, also when `author` is given and is not its own."""
        ...

    def listed(self, states: Sequence[str], conditions: Sequence[str] = ()) -> Awaitable[list[Voice]]:
        """Those in these states, the most urgent first, then the oldest; of these conditions, none named: of all."""
        ...

    def due(self, before: int) -> Awaitable[list[Voice]]:
        """Those that lapse up to this second."""
        ...
