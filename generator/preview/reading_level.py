"""How hard a text is to read, as a school grade for English and a score of ease for Spanish."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from generator.bodies.wording.reading import english_syllables, spanish_syllables

_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|dd|dt|td|th|figcaption|blockquote)>", re.I)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Fewer words say nothing about a text.
_LEAST = 60


class Grade(NamedTuple):
    """*value* of the formula named *scale*; *plain* where the text is as easy as health texts are advised to be."""

    scale: str
    value: float
    plain: bool


def reading_grade(text: str, language: str) -> Grade | None:
    """The grade of plain *text*; None for short texts and languages without a formula here."""
    words = _WORD.findall(text)
    if len(words) < _LEAST:
        return None
    sentences = max(1, len([part for part in _SENTENCE_END.split(text) if _WORD.search(part)]))
    per_sentence = len(words) / sentences
    primary = language.split("-")[0]
    if primary == "en":
        # Kincaid et al. 1975; the American Medical Association advises grade 6, the NIH 6 to 8.
        syllables = sum(english_syllables(word) for word in words) / len(words)
        value = 0.39 * per_sentence + 11.8 * syllables - 15.59
        return Grade("flesch-kincaid", round(max(0.0, value), 1), value <= 8)
    if primary == "es":
        # Szigriszt-Pazos 1993, read on the INFLESZ scale: 55 and more is what most adults read with ease.
        syllables = sum(spanish_syllables(word) for word in words) / len(words)
        value = 206.835 - 62.3 * syllables - per_sentence
        return Grade("inflesz", round(value, 1), value >= 55)
    return None


def plain_text(fragment: str) -> str:
    """The words of HTML; the end of a block ends a sentence."""
    ended = _BLOCK_END.sub(". ", fragment)
    text = html.unescape(_TAG.sub(" ", ended))
    return re.sub(r"([.!?…])[\s.]*\.", r"\1", " ".join(text.split()))
