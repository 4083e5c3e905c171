"""Counts what formulas of readability ask of a text: words, sentences, syllables, long words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import compress, pairwise
from operator import mul

from generator.ground.model import Reading

_LETTER = re.compile(r"[^\W\d_]")
# One set of first characters, which a search finds at once: each branch then says what stands behind its own.
_SENTENCE_END = re.compile(
    r"[.!?…:\n](?:(?<=\n)(?:\s*\n|(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|(?=#))|(?<!\n)[\"”’»)\]*_]*(?=\s|$))"
)
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = "aeoáéóíú"
_LEAST_WORDS = 60
_LONG = 3
_KNOWN = 100_000  # more words than a language has in use


class _Syllables(dict[bytes, int]):
    """Syllables of words that were met before."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self._count = count

    def __missing__(self, word: bytes) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        known = self[word] = self._count(word.decode("utf-8", "surrogatepass"))
        return known


def reading_of(text: str, tokens: Counter[bytes], language: str) -> Reading | None:
    """The counts of masked *text*, whose words are *tokens*; None for short texts and languages without a formula here."""
    syllables_of = _SYLLABLES.get(language.partition("-")[0])
    words = tokens.total()
    if syllables_of is None or words < _LEAST_WORDS:
        return None
    sentences = len(list(filter(_LETTER.search, _SENTENCE_END.split(text))))
    each = list(map(syllables_of.__getitem__, tokens))
    syllables = sum(map(mul, each, tokens.values()))
    long = sum(compress(tokens.values(), map(_LONG.__le__, each)))
    return Reading(words, sentences, syllables, long)


def english_syllables(word: str) -> int:
    """Vowel groups, a silent final e left out: right for most words, which is enough for a mean."""
    lowered = word.lower()
    count = len(_ENGLISH_VOWELS.findall(lowered))
    if lowered.endswith("e") and not lowered.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def spanish_syllables(word: str) -> int:
    """Vowel groups, parted where two strong vowels meet."""
    count = 0
    for group in _SPANISH_VOWELS.findall(word.lower()):
        count += 1 + sum(a in _STRONG and b in _STRONG for a, b in pairwise(group))
    return max(1, count)


_SYLLABLES = {"en": _Syllables(english_syllables), "es": _Syllables(spanish_syllables)}
