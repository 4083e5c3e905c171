"""Whether a key of front matter says something, or holds what people write where they have nothing to say."""

from __future__ import annotations

import html

# How the profiles of `init` begin what somebody must write.
_BEGUN = ("to complete", "por completar")
_UNWRITTEN = frozenset({"tbc", "tbd", "tba", "todo", "unknown"})
_NONE = frozenset({"none", "no", "nobody", "n/a", "na", "ninguna", "ninguno", "nadie", "no procede"})


def is_written(text: str) -> bool:
    """Whether somebody has written an answer; a dash, blanks that nobody sees or ``TBC`` is none."""
    said = _said(text)
    return not said.startswith(_BEGUN) and said not in _UNWRITTEN and any(map(str.isalnum, said))


def says_something(text: str) -> bool:
    """Whether *text* is an answer, and another one than that there is none."""
    return is_written(text) and _said(text) not in _NONE


def _said(text: str) -> str:
    return " ".join(html.unescape(text).lower().split()).lstrip("[").rstrip(".]")
