"""Who may do what to a story in which state, where much was said already."""

from __future__ import annotations

from typing import Any

import pytest

from widgets.rules.voices import refusal
from widgets.rules.voices.states import MOST_MESSAGES
from widgets.store.voices import Message, Voice, Words


def voice(messages: int, **more: Any) -> Voice:
    said = tuple(Message("writer", "Said.", "2026-09-22") for _ in range(messages))
    base = Voice("bcdfghjk", "story", "migraine", "a", "r", "en", "", Words("T", "t"), 0, ("publish", "edit"))
    return Voice(**{**{name: getattr(base, name) for name in base.__slots__}, "messages": said, **more})


@pytest.mark.parametrize(
    ("state", "act", "full"),
    [
        ("sent", "reply", "voice-messages"),
        ("read", "reply", "voice-messages"),
        ("offered", "reply", "voice-messages"),
        ("asked", "reply", None),  # who was asked can always answer
        ("read", "voice-ask", "voice-messages"),
        ("sent", "withdraw", None),
        ("asked", "withdraw", None),
        ("offered", "accept", None),
        ("read", "voice-publish", None),
        ("read", "voice-decline", None),
    ],
)
def test_after_the_last_message_nobody_is_stuck(state: str, act: str, full: str | None) -> None:
    assert refusal(voice(MOST_MESSAGES, state=state), act) == full
    assert refusal(voice(MOST_MESSAGES - 1, state=state), act) is None
