"""Owns the guess that a text tells of danger of suicide or self-harm, of its writer or of somebody near.

What the lists can and cannot do, and where they come from, stands in docs/care.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from widgets.function.rules.phrases import FOLDER, PhraseFile, Span, read_phrases
from widgets.function.rules.words import Word, read_words

Level = Literal["now", "thoughts", "past"]

_LEVELS: Final[tuple[Level, ...]] = ("now", "thoughts", "past")
_LISTS: Final = ("now", "thoughts", "method", "method_beside", "not_meant", "no_negation", "past")
_SETS: Final = ("negations", "still")
_REACH: Final = 4  # words before a phrase in which a negation turns it around
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
    passed_over = tuple(file.lists["not_meant"].find(words))

    def meant(name: str) -> list[Span]:
        spans = file.lists[name].find(words)
        return [span for span in spans if not span.touches(passed_over)]

    alone = meant("method")
    now = _told(meant("now"), words, file)
    thoughts = _told(meant("thoughts"), words, file)
    if not (alone or now or thoughts):
        return None
    past = _sentences_of_the_past(words, file)
    present = [span for span in (*now, *thoughts, *alone) if words[span.begin].sentence not in past]
    level: Level = "past"
    if present:
        level = "now" if any(span in present for span in now) else "thoughts"
    method = bool(alone) or any(True for _ in file.lists["method_beside"].find(words))
    return Plea(level, method, file.language)


def _told(spans: Sequence[Span], words: Sequence[Word], file: PhraseFile) -> list[Span]:
    """Without those that a negation before them turns around."""
    if not spans:
        return []
    no_negation = tuple(file.lists["no_negation"].find(words))
    negations = file.sets["negations"]

    def turned(span: Span) -> bool:
        clause = words[span.begin].clause
        return any(
            words[at].text in negations
            and words[at].clause == clause
            and not Span(at, at + 1).touches(no_negation)
            for at in range(max(0, span.begin - _REACH), span.begin)
        )

    return [span for span in spans if not turned(span)]


def _sentences_of_the_past(words: Sequence[Word], file: PhraseFile) -> set[int]:
    still = {word.sentence for word in words if word.text in file.sets["still"]}
    past = {words[span.begin].sentence for span in file.lists["past"].find(words)}
    return past - still
