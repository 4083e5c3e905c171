"""Owns the lines of an export: one type for each file, from which its JSON Schema is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec

from widgets.desk.auth.rights import Role
from widgets.store.records import State
from widgets.store.voices import VOICE_ID, VoiceKind

VERSION: Final = 1
MOST: Final = 1_000_000  # of one count: each becomes a row, and more than this nobody here ever counted

CommentId = Annotated[str, msgspec.Meta(pattern="^[0-9a-hjkmnp-tv-z]{26}$")]
SiteId = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9._~-]{0,199}$")]  # as the manifest has them
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Key = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Name = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=200_000)]
Moment = Annotated[int, msgspec.Meta(ge=0, lt=253_402_300_800)]  # up to the year 9999
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST)]


class CommentRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A comment of a conversation that is public, or waits. `text` is Markdown; one that was removed has none. `who` tells
    writers of one condition apart, and is made for this export alone. Moments are seconds since 1970."""

    id: CommentId
    thread: SiteId
    condition: SiteId
    root: CommentId
    who: str
    pseudonym: Name
    text: Text
    lang: Language
    state: State
    created: Moment
    parent: CommentId | None = None
    edited: Moment | None = None
    held: tuple[str, ...] = ()
    urgency: Count = 0
    queued: bool = False
    role: Role | None = None
    person: str | None = None
    note: Mapping[str, str | None] | None = None
    reason: str | None = None
    decided: Moment | None = None
    reactions: Mapping[Key, Count] = {}
    flags: Mapping[Key, Count] = {}

    def __post_init__(self) -> None:
        if self.thread.partition("~")[0] != self.condition:
            raise ValueError("The thread is of another condition.")
        if (self.parent is None) != (self.id == self.root) or self.parent == self.id:
            raise ValueError(
                "Only the first comment of a conversation answers none, and none answers itself."
            )


class PollRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A poll's tally; of a sensitive poll also what it last published, rounded, and when (seconds since 1970)."""

    poll: SiteId
    version: Count
    voters: Count
    votes: Mapping[Key, Count]
    published_at: Moment | None = None
    published_voters: Count = 0
    published_votes: Mapping[Key, Count] = {}

    def __post_init__(self) -> None:
        if any(n > self.voters for n in self.votes.values()) or sum(self.votes.values()) < self.voters:
            raise ValueError("No votes make this tally.")


class ReactionRecord(msgspec.Struct, frozen=True):
    """How many marked a page itself, by reaction."""

    thread: SiteId
    reactions: Mapping[Key, Count]


class SurveyRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a version of a survey has published; `moment` is seconds since 1970."""

    survey: SiteId
    version: Count
    results: Mapping[str, Any]
    moment: Moment


class VoiceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A story or question that is published, in the words of its page, which are Markdown. `consents` are the ticks that hold.
    `created` is in seconds since 1970, `published` the day on which it was first published, `accepted` the id of the comment
    that was accepted as its answer. An empty pseudonym is "a member"."""

    id: Annotated[str, msgspec.Meta(pattern=f"^{VOICE_ID.pattern}$")]
    kind: VoiceKind
    condition: SiteId
    lang: Language
    title: Text
    text: Text
    created: Moment
    published: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    consents: tuple[Literal["publish", "edit", "share", "archive"], ...]
    pseudonym: Name = ""
    carer: bool = False
    content_notes: tuple[str, ...] = ()
    note: Mapping[str, str | None] | None = None
    accepted: CommentId | None = None

    def __post_init__(self) -> None:
        if "publish" not in self.consents:
            raise ValueError("Its writer did not tick that it may be published.")
        date.fromisoformat(self.published)


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
