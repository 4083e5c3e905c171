"""Owns the sum of weak signs: an arrangement, a farewell, a day, a place, means; none is a plea, several in one message
tell of a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from widgets.rules.phrases import Span
from widgets.rules.phrases.catalog import names
from widgets.rules.phrases.files import PhraseFile, read_phrases
from widgets.rules.phrases.told import Reading
from widgets.rules.pleas.unmasked import Core, Found
from widgets.rules.weights import Name, read_weights
from widgets.rules.words import Words

# What a message is about: without one of these it is no decision.
_MAIN: Final[Mapping[str, int]] = {
    **{"place": 2, "exposed": 2, "means": 2, "final": 2, "ending": 2, "amount": 2},
    **{"pets": 1, "papers": 1, "goods": 1},
}
# What stands beside it.
_BESIDE: Final[Mapping[str, int]] = {"tried": 1, "choice": 1, "calm": 1, "day": 1, "thanks": 1, "secret": 1}
_ORDINARY: Final = -2  # an operation, a removal, a holiday: what the same words mean in ordinary life
_DESPITE_HABIT: Final = (
    7  # what comes every day is no decision of today, unless more than this speaks for one
)
_LIKE: Final = 1  # the words taken together are those of a plea, and of a decision
_PLAIN: Final = frozenset(
    {"exposed", "means", "ending"}
)  # one of these is enough in words that are like a plea
_SIGNS: Final = 2  # at least: one alone is no decision
_LEAST: Final = 3
_LEAST_LIKE: Final = 2  # enough where the words taken together speak for a plea, though not loudly
_PLEA_LIKE: Final = 0  # in hundredths
_UNLIKE: Final = -100  # below it all other words speak against a plea
_SHORT: Final = 60  # words of a message that is about one thing
_MOST_WORDS: Final = 250  # of a message: in a longer one signs add up by chance


@cache
def sign_files() -> tuple[PhraseFile, ...]:
    return tuple(map(read_phrases, names("signs")))


class Signs:
    """One text, read with the signs of each language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._readings = [Reading(words, file) for file in sign_files()]

    def found(self, core: Core) -> list[Found]:
        """What the signs of each language amount to: a decision of the writer, or of somebody whom they tell of."""
        if len(self._words) > _MOST_WORDS:
            return []
        found = [_found(self._words, core, reading) for reading in self._readings]
        return [one for one in found if one is not None]

    @cached_property
    def closed(self) -> frozenset[int]:
        """The words of chapters that their own sentence closes (``I spent months with ..., years ago``)."""
        return frozenset(
            at
            for reading in self._readings
            for span in reading.find("over")
            if self._words[span.begin].clause == self._words[span.end - 1].clause
            for at in range(span.begin, span.end)
        )

    @cached_property
    def recovered(self) -> bool:
        """Whether the message tells of a time that is over and of a life after it."""
        return any(map(_recovered, self._readings))


def _recovered(reading: Reading) -> bool:
    if len(reading.words) > _SHORT or reading.has("again"):
        return False
    return reading.has("once_time") and reading.has("recovered")


def _open(spans: Sequence[Span], core: Core) -> list[Span]:
    """Signs outside of what the core knows: thoughts (``I think about ending it all``), figures, denials."""
    return [
        span
        for span in spans
        if span.end > core.thoughts.get(span.begin, 0)
        and core.unmeant.isdisjoint(range(span.begin, span.end))
    ]


def _found(words: Words, core: Core, reading: Reading) -> Found | None:
    if reading.possible.keys().isdisjoint(_MAIN):
        return None
    main = {name: spans for name in _MAIN if (spans := reading.told(name))}
    main = {name: kept for name, spans in main.items() if (kept := _open(spans, core))}
    if not main:
        return None
    beside = [name for name in _BESIDE if reading.has(name)]
    like = [name for name in _WEIGHED if _like(name, words)]
    likeness = _likeness(words)
    score = sum(_MAIN[name] for name in main) + sum(_BESIDE[name] for name in beside) + _LIKE * len(like)
    score += _ORDINARY * reading.has("ordinary") - (likeness < _UNLIKE)
    if score < _LEAST and (score < _LEAST_LIKE or likeness < _PLEA_LIKE):
        return None
    if reading.has("over") or _recovered(reading):
        return Found("past", "self", reading.file.language)
    if _told_of_others(words, reading, [span for spans in main.values() for span in spans]):
        return Found("now", "other", reading.file.language)
    alone = bool(like) and not _PLAIN.isdisjoint(main)
    enough = len(main) + len(beside) + ("now" in like or alone) >= _SIGNS
    habit = score < _DESPITE_HABIT and reading.has("habit")
    return Found("now" if enough and not habit else "thoughts", "self", reading.file.language)


_WEIGHED: Final[tuple[Name, ...]] = ("crisis", "now")


def _like(name: Name, words: Words) -> bool:
    weights = read_weights(name)
    return weights.likeness_of(words) >= weights.least


def _likeness(words: Words) -> float:
    return read_weights("crisis").likeness_of(words)


def _told_of_others(words: Words, reading: Reading, signs: Sequence[Span]) -> bool:
    """Whether most signs stand behind another subject in their sentence and name no writer."""
    others: dict[int, int] = {}
    for span in reading.find("someone_else"):
        sentence = words[span.begin].sentence
        others[sentence] = min(others.get(sentence, span.begin), span.begin)
    own = reading.file.sets["first"]

    def of_others(span: Span) -> bool:
        begin = others.get(words[span.begin].sentence)
        if begin is None or begin > span.begin:
            return False
        return own.isdisjoint(word.text for word in words[span.begin : span.end])

    return 2 * sum(map(of_others, signs)) > len(signs)
