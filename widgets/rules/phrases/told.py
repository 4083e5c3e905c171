"""Owns what a text means by a phrase: not a figure of speech, and not turned around by a negation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from widgets.rules.phrases import Phrases, Span, places_of
from widgets.rules.phrases.files import PhraseFile
from widgets.rules.words import Word

_REACH: Final = 4  # words before a phrase in which a negation turns it around


class Reading:
    """One text read with one file of phrases. Most texts hold none: what passes them over is looked for when
    one is found, and once."""

    def __init__(self, words: Sequence[Word], file: PhraseFile) -> None:
        self.words = words
        self._file = file
        self._places = places_of(words)

    def find(self, phrases: Phrases) -> Iterator[Span]:
        return phrases.find(self.words, self._places)

    def meant(self, phrases: Phrases) -> list[Span]:
        """Where they stand and are no figure of speech."""
        found = list(self.find(phrases))
        return [span for span in found if self._passed_over.isdisjoint(range(span.begin, span.end))]

    def told(self, phrases: Phrases) -> list[Span]:
        """Where they stand, are no figure of speech, and no negation stands before them in their clause."""
        return [span for span in self.meant(phrases) if not self._turned(span)]

    def _turned(self, span: Span) -> bool:
        if self.words[span.begin].text in self._file.sets["negations"]:
            return False  # it says no itself, as what it finds
        clause, joints = self.words[span.begin].clause, self._file.sets["joints"]
        for at in range(span.begin - 1, max(0, span.begin - _REACH) - 1, -1):
            word = self.words[at]
            if word.clause != clause or word.text in joints:
                return False
            if at in self._denying:
                return True
        return False

    @cached_property
    def _passed_over(self) -> frozenset[int]:
        """Places of words in figures of speech, and in sentences that tell of something else."""
        lists = self._file.lists
        passed = {at for span in self.find(lists["not_meant"]) for at in range(span.begin, span.end)}
        if "frames" in lists:
            framed = {self.words[span.begin].sentence for span in self.find(lists["frames"])}
            passed.update(at for at, word in enumerate(self.words) if word.sentence in framed)
        return frozenset(passed)

    @cached_property
    def _denying(self) -> frozenset[int]:
        """Places of words that deny, but for those that only seem to (`not only`)."""
        seeming = {
            at for span in self.find(self._file.lists["no_negation"]) for at in range(span.begin, span.end)
        }
        negations = self._file.sets["negations"]
        return frozenset(
            at for at, word in enumerate(self.words) if word.text in negations and at not in seeming
        )
