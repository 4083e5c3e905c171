"""Owns what a text means by a phrase: not a figure of speech, and not turned around by a negation."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from widgets.rules.phrases import Phrases, Span
from widgets.rules.phrases.finder import Finder

_REACH: Final = 4  # words before a phrase in which a negation turns it around


class Reading(Finder):
    """One text read with one file of phrases. Most texts hold none: what passes them over is looked for when
    one is found, and once."""

    def meant(self, what: str | Phrases) -> list[Span]:
        """Where they stand and are no figure of speech."""
        found = list(self.find(what))
        return [span for span in found if self._passed_over.isdisjoint(range(span.begin, span.end))]

    def told(self, what: str | Phrases) -> list[Span]:
        """Where they stand, are no figure of speech, and no negation stands before them in their clause."""
        return [span for span in self.meant(what) if not self._turned(span)]

    def _turned(self, span: Span) -> bool:
        if self.words[span.begin].text in self.file.sets["negations"]:
            return False  # it says no itself, as what it finds
        clause, joints = self.words[span.begin].clause, self.file.sets["joints"]
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
        passed = {at for span in self.find("not_meant") for at in range(span.begin, span.end)}
        if "frames" in self.file.lists:
            framed = {self.words[span.begin].sentence for span in self.find("frames")}
            passed.update(at for at, word in enumerate(self.words) if word.sentence in framed)
        return frozenset(passed)

    @cached_property
    def _denying(self) -> frozenset[int]:
        """Places of words that deny, but for those that only seem to (`not only`)."""
        seeming = {at for span in self.find("no_negation") for at in range(span.begin, span.end)}
        negations = self.file.sets["negations"]
        return frozenset(
            at for at, word in enumerate(self.words) if word.text in negations and at not in seeming
        )
