"""Owns the search for the lists of one file in one text: a list none of whose words stands there is not tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from widgets.rules.phrases import Phrases, Span, apart
from widgets.rules.phrases.files import PhraseFile
from widgets.rules.words import Words

_NOTHING: Final[Iterator[Span]] = iter(())


class Finder:
    """One text, to be read with one file of phrases. `possible` names the lists of which a phrase may stand there."""

    def __init__(self, words: Words, file: PhraseFile) -> None:
        self.words = words
        self.file = file
        self.possible = file.possible(words.texts)

    def find(self, what: str | Phrases) -> Iterator[Span]:
        """Where phrases stand, whatever governs them: those of the list of this name, or others."""
        if not isinstance(what, str):
            return what.find(self.words)
        because = self.possible.get(what)
        return _NOTHING if because is None else self.file.lists[what].find(self.words, because)

    def has(self, what: str | Phrases) -> bool:
        return next(self.find(what), None) is not None

    def apart(self, one: str, other: str) -> bool:
        """Whether a phrase of each list stands there, and no word belongs to both."""
        return {one, other} <= self.possible.keys() and apart(list(self.find(one)), list(self.find(other)))
