"""Owns the states of a story or question, and which act leads from which to which.

sent → read → published, where no word was changed; → asked, → offered, which wait for its writer; → declined.
A writer who answers makes it sent again. Withdrawn and lapsed ones have no state: they are erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from widgets.store.voices import Voice

DAY: Final = 86_400
SILENCE: Final = 14 * DAY  # how long a question back or a changed text waits for its writer
DECLINED: Final = 30 * DAY  # how long a declined one stays, so that its writer reads why
MOST_MESSAGES: Final = 40
CHILD: Final = "child"
WAITING: Final = ("sent", "read")  # for somebody at the desk
WITH_WRITER: Final = ("asked", "offered")

By = Literal["writer", "staff"]


@dataclass(frozen=True, slots=True)
class Act:
    """`to` None: the state stays as it is, or there is nothing left."""

    by: By
    states: tuple[str, ...]
    to: str | None


Refusal = Literal["voice-state", "voice-edit-refused", "voice-changed", "voice-messages", "private-child"]

_ALL: Final = ("sent", "read", "asked", "offered", "published", "declined")
ACTS: Final[Mapping[str, Act]] = {
    "show": Act("writer", _ALL, None),
    "reply": Act("writer", ("sent", "read", "asked", "offered"), "sent"),
    "accept": Act("writer", ("offered",), "published"),
    "withdraw": Act("writer", _ALL, None),
    "consent": Act("writer", _ALL, None),
    "voice-read": Act("staff", ("sent",), "read"),
    "voice-ask": Act("staff", WAITING, "asked"),
    "voice-offer": Act("staff", (*WAITING, "offered"), "offered"),
    "voice-publish": Act("staff", WAITING, "published"),
    "voice-decline": Act("staff", (*WAITING, *WITH_WRITER), "declined"),
    "voice-hold": Act("staff", ("published",), "read"),
    "voice-note": Act("staff", (*WAITING, *WITH_WRITER, "published"), None),
    "voice-answer": Act("staff", ("published",), None),
}


def refusal(voice: Voice, act: str) -> Refusal | None:
    """Why the act cannot be done to the story now; None where it can. Who may do it at all is asked elsewhere."""
    if voice.state not in ACTS[act].states:
        return "voice-state"
    if act == "voice-offer" and "edit" not in voice.consents:
        return "voice-edit-refused"  # its writer alone changes the words
    if act == "voice-ask" and of_child(voice):
        return "private-child"
    if act in ("reply", "voice-ask") and len(voice.messages) >= MOST_MESSAGES and voice.state != "asked":
        return "voice-messages"  # who was asked can always answer
    return None


def of_child(voice: Voice) -> tuple[str, ...]:
    """The reason that stays with a story whatever becomes of it: nobody of staff writes privately to who may be a child."""
    return (CHILD,) if CHILD in voice.held else ()


def until(state: str, now: int) -> int | None:
    """When a story in this state lapses and is erased; None: never by the clock."""
    if state in WITH_WRITER:
        return now + SILENCE
    return now + DECLINED if state == "declined" else None


def lapsed(voice: Voice, now: int) -> bool:
    return voice.due is not None and voice.due <= now
