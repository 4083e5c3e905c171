"""Owns what a story or question must bring: a title, a text, the ticks without which nothing is taken."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from widgets.contract.problems import Problem
from widgets.rules.text import normalise

LONGEST: Final = {"story": 20_000, "question": 5_000}  # characters
LONGEST_TITLE: Final = 120
LONGEST_MESSAGE: Final = 2_000
# Of all that is sent at once: title, text and message, at the desk the words and the notes beside them.
MOST_CHARACTERS: Final = LONGEST["story"] + LONGEST_TITLE + LONGEST_MESSAGE + 2_000
_JOINERS: Final = "\u200c\u200d"  # Persian words and emoji of several parts need them
CONSENTS: Final = ("publish", "edit", "share", "archive")  # the last two are never needed


@dataclass(frozen=True, slots=True)
class Sent:
    """As it was sent: `answers` belong to the prompts of the page, in their order."""

    kind: str
    title: str
    text: str
    answers: Sequence[str] = ()
    consents: Sequence[str] = ()
    age: bool = False


def checked(sent: Sent, prompts: Sequence[str]) -> tuple[str, str]:
    """Title and text as they are kept. Raises Problem.

    Answers to prompts stand under them as headings, after what was written freely.
    """
    title = checked_title(sent.title)
    text = normalise(_joined(sent, prompts), LONGEST[sent.kind])
    if "publish" not in sent.consents:
        raise Problem("consent-missing")
    if not sent.age:
        raise Problem("age-missing")
    return title, text


def checked_title(title: str) -> str:
    """One line without what turns the direction of its surroundings or hides in it. Raises Problem title-invalid."""
    try:
        kept = normalise(title, 10 * LONGEST_TITLE)
    except Problem as problem:
        length = (problem.length[0], LONGEST_TITLE) if problem.length else None
        raise Problem("title-invalid", length=length) from None
    shown = (one for one in kept if one in _JOINERS or unicodedata.category(one) != "Cf")
    text = " ".join("".join(shown).split())
    if len(text) > LONGEST_TITLE:
        raise Problem("title-invalid", length=(len(text), LONGEST_TITLE))
    return text


def _joined(sent: Sent, prompts: Sequence[str]) -> str:
    parts = [sent.text.strip()]
    for prompt, answer in zip(prompts, sent.answers, strict=False):
        if answer.strip():
            parts.append(f"## {prompt}\n\n{answer.strip()}")
    return "\n\n".join(part for part in parts if part)
