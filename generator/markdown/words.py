"""Counting words and cutting summaries out of a body's prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.text import shorten

SUMMARY_LENGTH = 200

# Thai, Lao, Burmese, Khmer, kana and Han with their punctuation: written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
)
# The mean length of words, blanks included, above which such a script may be at work.
_LONG_WORDS = 9


def count_words(prose: Sequence[str]) -> int:
    """How many words stand in *prose*, two characters counting as one word in scripts without spaces."""
    text = "".join(prose)
    words = len(text.split())
    if text.isascii() or len(text) < _LONG_WORDS * words:
        return words
    rest, characters = _UNSPACED.subn(" ", text)
    return len(rest.split()) + (characters + 1) // 2 if characters else words


def plain_text(prose: Sequence[str]) -> str:
    """*prose* on one line; a plain string is a sequence of its characters."""
    return " ".join("".join(prose).split())


def summary_of(paragraph: str) -> str:
    """At most :data:`SUMMARY_LENGTH` characters of a paragraph's plain text."""
    return shorten(paragraph, SUMMARY_LENGTH)
