"""Counts the words of a body's plain text and makes its summary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ground.text import shorten

SUMMARY_LENGTH = 200

# Thai, Lao, Burmese, Khmer, kana and Han with their punctuation: written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
)
# The mean length of words, spaces included, from which a text may be in such a script.
_LONG_WORDS = 9


# Stands for the < of a tag that readers see; no text holds a NUL.
TAG_MARK = "\0"
_SHOWN_TAG = re.compile(r"\0(?:[^\0>\"']|\"[^\"\0]*\"|'[^'\0]*'|[“”‘’])*>")


def without_tags(prose: str) -> str:
    """*prose* without the tags that readers see as text: no description, feed or search result shows them."""
    return _SHOWN_TAG.sub("", prose).replace(TAG_MARK, "<")


def count_words(prose: Sequence[str]) -> int:
    """The number of words in *prose*; in scripts without spaces, two characters count as one word."""
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
