"""Owns the guess that a text tells of danger of suicide or self-harm, of its writer or of somebody near.

What the lists can and cannot do, and where they come from, stands in docs/care.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from widgets.function.rules.phrases import Span, told
from widgets.function.rules.phrases.files import FOLDER, PhraseFile, read_phrases
from widgets.function.rules.phrases.told import Reading
from widgets.function.rules.weights import features, read_weights
from widgets.function.rules.words import Word, read_words

Level = Literal["now", "thoughts", "past"]

_LEVELS: Final[tuple[Level, ...]] = ("now", "thoughts", "past")
_LISTS: Final = (*told.LISTS, "now", "thoughts", "method", "method_beside", "past", "frames", "weak", "vents")
_SETS: Final = (*told.SETS, "still", "common")
LANGUAGES: Final = ("en", "es")
# Chosen on texts that the weights had not seen. What a phrase finds falls away where all other words speak against it.
_LIKE: Final = 0.6
_UNLIKE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Plea:
    """`now`: a decision, a plan, a farewell; `thoughts`: wishes, self-harm, fear for somebody; `past`: over.

    `method`: it tells of means or amounts. `language` is that of the list that found it.
    """

    level: Level
    method: bool
    language: str


def plea(text: str) -> Plea | None:
    """The gravest that any language's list finds, since people write in their own language on any page; what no list
    finds and what the words of the text, weighed together, make likely; not what they make unlikely.
    """
    words = read_plain(text)
    found = [one for file in crisis_files() if (one := _plea(words, file)) is not None]
    weights, seen = read_weights(), frozenset(features(words))
    likeness = weights.likeness(seen)
    if not found:
        tells = likeness >= _LIKE and not weights.telling.isdisjoint(seen)
        if not tells or any(_passed_over(words, file) for file in crisis_files()):
            return None
        return Plea("thoughts", method=False, language=_language(words))
    gravest = min(found, key=lambda one: _LEVELS.index(one.level))
    method = any(one.method for one in found)
    if gravest.level == "thoughts" and not method and likeness < _UNLIKE:
        return None
    return Plea(gravest.level, method, gravest.language)


def _language(words: Sequence[Word]) -> str:
    """The language whose common words are most in the text."""
    texts = {word.text for word in words}
    return max(crisis_files(), key=lambda file: len(texts & file.sets["common"])).language


def read_plain(text: str) -> list[Word]:
    """The words of a text in the form in which lists know them."""
    return read_words(text, _vocabulary().__contains__)


@cache
def crisis_files() -> tuple[PhraseFile, ...]:
    """Raises PhraseError."""
    return tuple(
        read_phrases(FOLDER / f"crisis.{language}.yaml", lists=_LISTS, sets=_SETS) for language in LANGUAGES
    )


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset().union(*(file.vocabulary for file in crisis_files()))


def _plea(words: Sequence[Word], file: PhraseFile) -> Plea | None:
    reading = Reading(words, file)
    means = reading.meant(file.lists["method"])
    now = reading.told(file.lists["now"])
    thoughts = reading.told(file.lists["thoughts"])
    if not (now or thoughts):
        thoughts = _not_vented(reading, file)
    if not (means or now or thoughts):
        return None
    past = _sentences_of_the_past(reading, words, file)
    present = [span for span in (*now, *thoughts, *means) if words[span.begin].sentence not in past]
    level: Level = "past"
    if present:
        level = "now" if any(span in present for span in now) else "thoughts"
    method = bool(means) or any(True for _ in reading.find(file.lists["method_beside"]))
    return Plea(level, method, file.language)


def _passed_over(words: Sequence[Word], file: PhraseFile) -> bool:
    """Whether phrases stand there that mean nothing, or are denied: what was understood is not weighed."""
    reading = Reading(words, file)
    return any(True for name in ("now", "thoughts") for _ in reading.find(file.lists[name]))


def _not_vented(reading: Reading, file: PhraseFile) -> list[Span]:
    """What people say of their lives and of forms alike counts where the text is not about such things."""
    weak = reading.told(file.lists["weak"])
    return [] if weak and any(True for _ in reading.find(file.lists["vents"])) else weak


def _sentences_of_the_past(reading: Reading, words: Sequence[Word], file: PhraseFile) -> set[int]:
    still = {word.sentence for word in words if word.text in file.sets["still"]}
    past = {words[span.begin].sentence for span in reading.find(file.lists["past"])}
    return past - still
