"""Owns the core: pleas that no word elsewhere in a message masks, with their level and whom they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from widgets.rules.phrases import Span
from widgets.rules.phrases.catalog import names
from widgets.rules.phrases.files import PhraseFile, read_phrases
from widgets.rules.pleas.scope import Scope
from widgets.rules.words import Words

Level = Literal["now", "thoughts", "past"]
Kind = Literal["self", "other", "abuse", "child", "poisoning"]

_DANGERS: Final[tuple[Kind, ...]] = ("abuse", "child", "poisoning")


@dataclass(frozen=True, slots=True)
class Found:
    """`now`: a decision, an act under way, a farewell; `thoughts`: wishes, self-harm; `past`: over by its own time."""

    level: Level
    kind: Kind
    language: str
    method: bool = False


@dataclass(frozen=True, slots=True)
class Core:
    """What the core finds in a text, and the words of which it knows what they mean: pleas of the past, denied
    ones, figures. Those the wider lists leave alone."""

    found: tuple[Found, ...]
    settled: frozenset[int]
    unmeant: frozenset[int]  # of these the words of figures and of what is denied
    thoughts: Mapping[int, int]  # of each word in thoughts that are no decision, how far they reach


def read_core(words: Words, closed: frozenset[int] = frozenset()) -> Core:
    """`closed`: places of words in chapters that their own sentence closes; what is told there is past."""
    found: list[Found] = []
    settled: set[int] = set()
    unmeant: set[int] = set()
    thoughts: dict[int, int] = {}
    for file in core_files():
        for one, span in _findings(Scope(words, file)):
            if one is not None and one.kind == "self" and closed.issuperset(range(span.begin, span.end)):
                one = replace(one, level="past")
            if one is None or one.level == "past":
                settled.update(range(span.begin, span.end))
            if one is None:
                unmeant.update(range(span.begin, span.end))
            elif one.level == "thoughts":
                for at in range(span.begin, span.end):
                    thoughts[at] = max(thoughts.get(at, 0), span.end)
            if one is not None:
                found.append(one)
    return Core(tuple(found), frozenset(settled), frozenset(unmeant), thoughts)


@cache
def core_files() -> tuple[PhraseFile, ...]:
    return tuple(map(read_phrases, names("core")))


def _findings(scope: Scope) -> list[tuple[Found | None, Span]]:
    """Each phrase that stands there with what it tells; None where it is denied or a figure."""
    if not scope.possible:
        return []
    judged = [*_of_oneself(scope), *_of_others(scope), *_of_dangers(scope)]
    judged += [(None, "self", span) for span in scope.find("denied") if scope.denied(span)]
    means = scope.has("means") if judged else False
    language = scope.file.language
    return [
        (None if level is None else Found(level, kind, language, means and kind in ("self", "other")), span)
        for level, kind, span in judged
    ]


_Judged = tuple[Level | None, Kind, Span]


def _of_oneself(scope: Scope) -> list[_Judged]:
    judged: list[_Judged] = []
    levels: tuple[tuple[str, Level], ...] = (
        ("now", "now"),
        ("attempt", "now"),
        ("thoughts", "thoughts"),
        ("wished", "thoughts"),
        ("once", "past"),
    )
    for name, level in levels:
        for span in scope.find(name):
            if scope.silenced(span):
                judged.append((None, "self", span))
                continue
            past = name in ("attempt", "wished") and scope.past(span)
            kind: Kind = "other" if scope.reported(span) else "self"
            judged.append(("past" if past else level, kind, span))
    return judged


def _of_others(scope: Scope) -> list[_Judged]:
    judged: list[_Judged] = []
    for name in ("other_now", "other"):
        for span in scope.find(name):
            harmless = name == "other_now" and scope.unharmed(span)
            if harmless or scope.denied(span) or scope.supposed(span) or not scope.real(span):
                judged.append((None, "other", span))
            elif scope.past(span):
                judged.append(("past", "other", span))
            else:
                now = name == "other_now" or scope.soon(span)
                judged.append(("now" if now else "thoughts", "other", span))
    return judged


def _of_dangers(scope: Scope) -> list[_Judged]:
    judged: list[_Judged] = []
    for kind in _DANGERS:
        for span in scope.find(kind):
            harmless = kind == "poisoning" and (scope.resolved or scope.unharmed(span))
            if harmless or scope.denied(span) or scope.supposed(span):
                judged.append((None, kind, span))
            elif scope.past(span):
                judged.append(("past", kind, span))
            else:
                judged.append(("now" if scope.urgent else "thoughts", kind, span))
    return judged
