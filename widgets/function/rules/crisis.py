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
from widgets.function.rules.words import Word, read_words

Level = Literal["now", "thoughts", "past"]

_LEVELS: Final[tuple[Level, ...]] = ("now", "thoughts", "past")
_LISTS: Final = (*told.LISTS, "now", "thoughts", "method", "method_beside", "past", "frames", "weak", "vents")
_SETS: Final = (*told.SETS, "still", "common")
LANGUAGES: Final = ("en", "es")


@dataclass(frozen=True, slots=True)
class Plea:
    """`now`: a decision, a plan, a farewell; `thoughts`: wishes, self-harm, fear for somebody; `past`: over.

    `method`: it tells of means or amounts. `language` is that of the list that found it.
    """

    level: Level
    method: bool
    language: str


def plea(text: str) -> Plea | None:
    """The gravest that any language's list finds: people write in their own language on any page."""
    words = read_words(text, _vocabulary().__contains__)
    found = [one for file in crisis_files() if (one := _plea(words, file)) is not None]
    if not found:
        return None
    gravest = min(found, key=lambda one: _LEVELS.index(one.level))
    return Plea(gravest.level, any(one.method for one in found), gravest.language)


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


def _not_vented(reading: Reading, file: PhraseFile) -> list[Span]:
    """What people say of their lives and of forms alike counts where the text is not about such things."""
    weak = reading.told(file.lists["weak"])
    return [] if weak and any(True for _ in reading.find(file.lists["vents"])) else weak


def _sentences_of_the_past(reading: Reading, words: Sequence[Word], file: PhraseFile) -> set[int]:
    still = {word.sentence for word in words if word.text in file.sets["still"]}
    past = {words[span.begin].sentence for span in reading.find(file.lists["past"])}
    return past - still
