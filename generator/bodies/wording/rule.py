"""Owns what a rule about words is: what it looks for in each language, whom it spares, what it says and on which ground."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cached_property
from typing import NamedTuple

# Types in which people speak of themselves: their words for themselves are theirs.
VOICES = frozenset({"story", "we-did", "question"})


class Phrase(NamedTuple):
    """*pattern* is tried where the text has any of the words of *signs* (lower case), and any of those of *beside*, if there are
    any; *key* narrows it to a condition.

    A sign that is no word (``@``, ``100``) is looked for as it is; without signs the pattern is always tried. Signs in common
    use need others beside them: patterns cost more time than looking for words.
    """

    signs: str
    pattern: str
    key: str = ""
    beside: str = ""


class WordRule:
    """A rule about words. *code* names it in settings and findings.

    *phrases* by language. Where the text right before a match, of 60 characters, fits *denied*, nothing is found: "there
    is no cure". *spared* are types of articles that the rule does not read, *only* those that it alone reads. *unsourced*:
    found only where the page has neither sources nor a review that holds. *mentions*: found between quotation marks too.
    """

    def __init__(
        self,
        code: str,
        message: str,
        remedy: str,
        source: str,
        phrases: Mapping[str, tuple[Phrase, ...]],
        *,
        denied: Mapping[str, str] | None = None,
        spared: frozenset[str] = frozenset(),
        only: frozenset[str] = frozenset(),
        unsourced: bool = False,
        mentions: bool = False,
    ) -> None:
        self.code, self.message, self.remedy, self.source = code, message, remedy, source
        self.phrases, self.denied = phrases, denied or {}
        self.spared, self.only = spared, only
        self.unsourced, self.mentions = unsourced, mentions

    @cached_property
    def compiled(self) -> Mapping[str, tuple[CompiledPhrase, ...]]:
        """The phrases by language, ready to be tried."""
        return {
            language: tuple(CompiledPhrase(phrase, self.denied.get(language, "")) for phrase in phrases)
            for language, phrases in self.phrases.items()
        }

    def reads(self, article_type: str) -> bool:
        """Whether the rule reads articles of a type; what is no article has an empty one."""
        return article_type not in self.spared and (not self.only or article_type in self.only)


class CompiledPhrase:
    """A phrase ready to be tried; its patterns are compiled at the first try, since most texts ask for few of them.

    *denied* is None where nothing before a match excuses it.
    """

    def __init__(self, phrase: Phrase, denied: str) -> None:
        self.words, self.marks = _parted(phrase.signs)
        self._beside = tuple(phrase.beside.split())
        words, self._marks_beside = _parted(phrase.beside)
        self._words_beside = frozenset(word.encode() for word in words)
        self.key = phrase.key
        self._written, self._denied = phrase.pattern, denied

    def fits(self, tokens: Set[bytes], text: str) -> bool:
        """Whether *text*, whose words are *tokens*, has a word that must stand beside the signs."""
        if not self._beside or not tokens.isdisjoint(self._words_beside):
            return True
        return any(mark in text for mark in self._marks_beside)

    def is_near(self, lowered: str) -> bool:
        """Whether a word that must stand beside the signs is in this part of a text, in small letters."""
        return not self._beside or any(word in lowered for word in self._beside)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._written, re.IGNORECASE)

    @cached_property
    def denied(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?:{self._denied})$", re.IGNORECASE) if self._denied else None


def _parted(signs: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words, and what is none."""
    each = signs.split()
    return frozenset(filter(str.isalpha, each)), tuple(sign for sign in each if not sign.isalpha())
