"""Owns the wider lists: words by which people are likely to tell of danger, passed over where a sentence is about
something else."""

from __future__ import annotations

from functools import cache
from typing import Final

from widgets.rules.phrases import Span
from widgets.rules.phrases.catalog import names
from widgets.rules.phrases.files import PhraseFile, read_phrases
from widgets.rules.phrases.told import Reading
from widgets.rules.pleas.unmasked import Core, Found, Kind, Level
from widgets.rules.words import Words

_PLEAS: Final = frozenset({"now", "thoughts", "weak", "method"})  # the lists of which one must find something
_BACK = 3  # words before a phrase among which its past verb may stand


@cache
def wide_files() -> tuple[PhraseFile, ...]:
    return tuple(map(read_phrases, names("crisis")))


class Wide:
    """One text, read with the wider list of each language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._readings = [Reading(words, file) for file in wide_files()]

    def found(self, core: Core) -> list[Found]:
        """What each language's list finds, but for words of which the core knows what they mean."""
        found = [_found(reading, self._words, core) for reading in self._readings]
        return [one for one in found if one is not None]

    @property
    def means(self) -> bool:
        """Whether something is named that could be means."""
        return any(reading.has("method") or reading.has("method_beside") for reading in self._readings)

    @property
    def passed_over(self) -> bool:
        """Whether phrases stand there that mean nothing, or are denied: what was understood is not weighed."""
        return any(reading.has("now") or reading.has("thoughts") for reading in self._readings)


def _found(reading: Reading, words: Words, core: Core) -> Found | None:
    file = reading.file
    if _PLEAS.isdisjoint(reading.possible.keys()):
        return None

    def told(name: str) -> list[Span]:
        found = reading.told(name)
        return [one for one in found if core.settled.isdisjoint(range(one.begin, one.end))]

    means = reading.meant("method")
    now, thoughts = [one for one in told("now") if not _within(one, core)], told("thoughts")
    if not (now or thoughts):
        thoughts = _not_vented(reading, told("weak"), file)
    every = [*now, *thoughts, *means]
    if not every:
        return None
    past = _past(reading, words, file)
    present = {span for span in every if not past(span)}
    level: Level = "past"
    if present:
        level = "now" if not present.isdisjoint(now) else "thoughts"
    method = bool(means) or reading.has("method_beside")
    kind: Kind = "self" if any(_own(words, span, file) for span in every) else "other"
    return Found(level, kind, file.language, method)


def _within(span: Span, core: Core) -> bool:
    """Whether the core finds thoughts there: then it is no decision (``I think about ending my life``)."""
    return span.end <= core.thoughts.get(span.begin, 0)


def _own(words: Words, span: Span, file: PhraseFile) -> bool:
    """Whether it tells of its writer: by a word, or since no word tells of somebody else."""
    texts = {word.text for word in words[span.begin : span.end]}
    head = words[max(0, span.begin - _BACK) : span.begin + _BACK]
    sentence = words[span.begin].sentence
    subject = {word.text for word in head if word.sentence == sentence}
    return not texts.isdisjoint(file.sets["first"]) or subject.isdisjoint(file.sets["third"])


def _not_vented(reading: Reading, weak: list[Span], file: PhraseFile) -> list[Span]:
    """What people say of their lives and of forms alike counts where the text is not about such things."""
    return [] if weak and reading.has("vents") else weak


def _past(reading: Reading, words: Words, file: PhraseFile):  # type: ignore[no-untyped-def]
    """Whether a phrase is over: its sentence names a past time and none of now, and the verb of the phrase is past."""
    still = {word.sentence for word in words if word.text in file.sets["still"]}
    past = {words[span.begin].sentence for span in reading.find("past")} - still

    def over(span: Span) -> bool:
        if words[span.begin].sentence not in past:
            return False
        around = words[max(0, span.begin - _BACK) : span.end]
        return any(word.text in file.sets["past_verbs"] for word in around)

    return over
