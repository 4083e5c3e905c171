"""The HTML of stories and questions of members, cleaned once more: no image, directive, id or script comes in with a snapshot."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from generator.content.snapshot import VoiceAnswer

_TAGS: Final = frozenset(
    {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h2", "h3"}
)
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_TAG: Final = re.compile(r"<[^>]+>")
_ID: Final = re.compile(r"[bcdfghjkmnpqrstvwxz]{8}")


def clean_voice(text: str) -> str:
    """What may stand on a page; what may not is left out and never an error."""
    import nh3  # loaded where there are stories: no other build pays for it

    return nh3.clean(
        text,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=set(_SCHEMES),
        link_rel="nofollow ugc noopener",
    )


def changed_by_cleaning(voices: Iterable[VoiceAnswer]) -> list[str]:
    """The ids of those of which something is left out: the function cleans alike, so there should be none."""
    return [voice.id for voice in voices if clean_voice(voice.html) != voice.html]


def plain_text(text: str) -> str:
    """The words of some HTML, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def is_voice_id(text: str) -> bool:
    """Whether this can be a part of an address: eight letters, as the function makes them."""
    return _ID.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a list can be in its order: YYYY-MM-DD, as the function writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
