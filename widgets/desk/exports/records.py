"""Owns the lines of an export: one type for each file, from which its JSON Schema is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from widgets.store.voices import VOICE_ID, VoiceKind

VERSION: Final = 1


class CommentRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A comment of a conversation that is public, or waits. `text` is Markdown; one that was removed has none. `who` tells
    writers of one condition apart, and is made for this export alone. Moments are seconds since 1970."""

    id: str
    thread: str
    condition: str
    root: str
    who: str
    pseudonym: str
    text: str
    lang: str
    state: str
    created: int
    parent: str | None = None
    edited: int | None = None
    held: tuple[str, ...] = ()
    urgency: int = 0
    queued: bool = False
    role: str | None = None
    person: str | None = None
    note: Mapping[str, str | None] | None = None
    reason: str | None = None
    decided: int | None = None
    reactions: Mapping[str, int] = {}
    flags: Mapping[str, int] = {}


class PollRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A poll's tally; of a sensitive poll also what it last published, rounded, and when (seconds since 1970)."""

    poll: str
    version: int
    voters: int
    votes: Mapping[str, int]
    published_at: int | None = None
    published_voters: int = 0
    published_votes: Mapping[str, int] = {}


class ReactionRecord(msgspec.Struct, frozen=True):
    """How many marked a page itself, by reaction."""

    thread: str
    reactions: Mapping[str, int]


class SurveyRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a version of a survey has published; `moment` is seconds since 1970."""

    survey: str
    version: int
    results: Mapping[str, Any]
    moment: int


class VoiceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A story or question that is published, in the words of its page, which are Markdown. `consents` are the ticks that hold.
    `created` is in seconds since 1970, `published` the day on which it was first published, `accepted` the id of the comment
    that was accepted as its answer. An empty pseudonym is "a member"."""

    id: Annotated[str, msgspec.Meta(pattern=f"^{VOICE_ID.pattern}$")]
    kind: VoiceKind
    condition: str
    lang: str
    title: str
    text: str
    created: int
    published: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    consents: tuple[Literal["publish", "edit", "share", "archive"], ...]
    pseudonym: str = ""
    carer: bool = False
    content_notes: tuple[str, ...] = ()
    note: Mapping[str, str | None] | None = None
    accepted: str | None = None

    def __post_init__(self) -> None:
        if "publish" not in self.consents:
            raise ValueError("Its writer did not tick that it may be published.")


# File → type of its lines. A further kind of contribution is one type and one entry here, a function in `writing.py` that
# yields its lines and one in `restoring.py` that stores them.
FILES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "comments.jsonl": CommentRecord,
    "polls.jsonl": PollRecord,
    "reactions.jsonl": ReactionRecord,
    "surveys.jsonl": SurveyRecord,
    "voices.jsonl": VoiceRecord,
}


def schema(record: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a file's lines."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(record)}
