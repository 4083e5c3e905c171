"""Owns lists of phrases: how many of them are found in a text in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from widgets.rules.phrases.compiler import (
    Compiler,
    Element,
    Phrase,
    PhraseError,
    beginnings,
    compile_phrase,
)
from widgets.rules.words import Word, Words

__all__ = [
    "Compiler",
    "Phrase",
    "PhraseError",
    "Phrases",
    "Span",
    "apart",
    "compile_phrase",
    "gather",
]

_GAP_WORDS: Final = 4
_COMMON: Final = 20  # how much sooner a phrase is looked for because of a rare word than of a common one
# Words of most texts in English and Spanish, common in every file.
_WRITTEN_MOST: Final = (
    "a about again all am an and any are as at be because been but by can could day did do dont every feel for from get go "
    "going good had has have he help helped helps her here him his how i if im in into is it its ive just know life like me "
    "more much my need no not now of on one or other our out people really she so some take than thank that the their them "
    "then there they this time to too up us very want was we well were what when where which who will with work would you "
    "your al algo alguien aqui asi bien como con cuando de del desde dia dolor el ella en es eso esta este esto gracias ha "
    "hace hacer has hasta hay he hola la las le les lo los mas me mi mis mucho muy nada ni no nos o otra otro para pero por "
    "porque que quien se ser si sin sobre solo son soy su sus tan tambien te tengo tiene todo todos tu un una uno vez vida y "
    "ya yo"
)
_FREQUENT: Final = frozenset(_WRITTEN_MOST.split())

_Rest = tuple[Phrase, int, Any] | None  # what follows a turn: the phrase, the place in it, and so on


@dataclass(frozen=True, slots=True)
class Span:
    """Words `begin` to `end` (exclusive) of a text."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Sought:
    """A phrase, and one of the words of each of these sets stands in every text that holds it; one of those of `second`
    right after the word that it begins with, where that can be told."""

    phrase: Phrase
    needs: tuple[frozenset[str], ...]
    second: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by the rarest words that they need. `barred` words are never swallowed by a gap.

    `sought` gives the phrase of a number, and once more without each first word that may be missing: it is
    compiled when a text first holds one of its rare words, for most texts hold few.
    """

    rare: Mapping[str, Sequence[int]]
    starts: Sequence[int]  # those that need no whole word
    sought: Callable[[int], Sequence[Sought]]
    vocabulary: frozenset[str]
    barred: frozenset[str]

    def find(self, words: Words, because: Iterable[str] | None = None) -> Iterator[Span]:
        """Every place where a phrase begins, with the first that fits there of each beginning. `because`: the rare words that
        stand there, where they were looked for already."""
        texts = words.texts
        missing = texts.isdisjoint
        last = len(words) - 1
        possible = set(self.starts)
        for word in texts & self.rare.keys() if because is None else because:
            possible.update(self.rare[word])
        for number in sorted(possible):
            for sought in self.sought(number):
                if any(map(missing, sought.needs)):
                    continue
                second = sought.second
                for begin in _places_of_first(sought.phrase[0], words):
                    if second is not None and (begin == last or words[begin + 1].text not in second):
                        continue
                    end = self._end(sought.phrase, 0, None, words, begin, words[begin].sentence)
                    if end is not None:
                        yield Span(begin, end)

    def _end(
        self, phrase: Phrase, place: int, rest: _Rest, words: Sequence[Word], at: int, sentence: int
    ) -> int | None:
        """Where the phrase from `place` on, and the `rest` after it, ends when it begins at `at`. With three
        gaps of four words at most the branches stay few, whatever the text."""
        if place == len(phrase):
            return at if rest is None else self._end(*rest, words, at, sentence)
        element = phrase[place]
        if element.gap:
            ahead = phrase[place + 1]
            for here in range(at, at + _GAP_WORDS + 1):
                word = words[here].text if here < len(words) else ""
                if ahead.may_begin_with(word):
                    end = self._end(phrase, place + 1, rest, words, here, sentence)
                    if end is not None:
                        return end
                if word in self.barred:
                    return None
            return None
        if at < len(words) and words[at].sentence == sentence:
            word = words[at].text
            if word in element.words or (element.starts and word.startswith(element.starts)):
                end = self._end(phrase, place + 1, rest, words, at + 1, sentence)
                if end is not None:
                    return end
            if element.turns:
                for turn in element.turns.get(word, ()):
                    end = self._end(turn, 0, (phrase, place + 1, rest), words, at + 1, sentence)
                    if end is not None:
                        return end
        return self._end(phrase, place + 1, rest, words, at, sentence) if element.optional else None


def _places_of_first(first: Element, words: Words) -> Iterator[int]:
    places = words.places
    for word in words.texts & first.first_words:
        yield from places[word]
    if first.starts:
        for word, where in places.items():
            if word.startswith(first.starts) and word not in first.words:
                yield from where


def apart(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether one of each stands in a text, and no word belongs to both."""
    return any(one.end <= other.begin or other.end <= one.begin for one in some for other in others)


def gather(
    phrases: Sequence[Phrase], barred: frozenset[str] = frozenset(), common: frozenset[str] = frozenset()
) -> Phrases:
    """Phrases that are compiled already. `common` words stand in most texts: no phrase is looked for because
    of one where it needs a rarer."""
    rare, starts = index(phrases, common)
    return Phrases(rare, starts, lambda number: sought_of(phrases[number]), words_of(phrases), barred)


def lazily(
    texts: Sequence[str],
    rare: Mapping[str, Sequence[int]],
    starts: Sequence[int],
    compiler: Compiler,
    barred: frozenset[str],
) -> Phrases:
    """Phrases whose index was made before (`index`), compiled one by one when they are needed."""
    sought = cache(lambda number: sought_of(compiler.phrase(texts[number])))
    return Phrases(rare, starts, sought, frozenset(), barred)


def index(phrases: Sequence[Phrase], common: frozenset[str]) -> tuple[dict[str, list[int]], list[int]]:
    """The numbers of phrases by each of the rarest words that they need; and of those that need none."""
    rare: dict[str, list[int]] = {}
    starts: list[int] = []
    for number, phrase in enumerate(phrases):
        needs = [need for need in map(_needs, phrase) if need is not None]
        if needs:
            rarest: frozenset[str] = min(needs, key=lambda need: _weight(need, common))
            for word in sorted(rarest):
                rare.setdefault(word, []).append(number)
        else:
            starts.append(number)
    return rare, starts


def sought_of(phrase: Phrase) -> tuple[Sought, ...]:
    return tuple(map(_sought, beginnings(phrase)))


def _sought(phrase: Phrase) -> Sought:
    needs = tuple(need for need in map(_needs, phrase) if need is not None)
    first = phrase[0]
    turns = [turn for some in first.turns.values() for turn in some]
    rests = [*(turn + phrase[1:] for turn in turns), *([phrase[1:]] if first.words or first.starts else [])]
    seconds = [_first_words(rest) for rest in rests]
    known = [one for one in seconds if one is not None]
    return Sought(phrase, needs, _same(frozenset().union(*known)) if len(known) == len(seconds) else None)


def _first_words(phrase: Phrase) -> frozenset[str] | None:
    """With one of these it begins; None where that cannot be told, or it may be empty."""
    words: frozenset[str] = frozenset()
    for element in phrase:
        if element.gap or element.starts:
            return None
        words |= element.first_words
        if not element.optional:
            return words
    return None


def words_of(phrases: Sequence[Phrase]) -> frozenset[str]:
    """Every word, and every beginning of one, that stands in the phrases."""
    words: set[str] = set()
    seen: set[int] = set()  # a class is one element's turns in many phrases
    ahead = list(phrases)
    while ahead:
        for element in ahead.pop():
            words.update(element.words, element.starts, element.turns)
            for some in element.turns.values():
                for turn in some:
                    if id(turn) not in seen:
                        seen.add(id(turn))
                        ahead.append(turn)
    return frozenset(words)


def _weight(need: frozenset[str], common: frozenset[str]) -> int:
    return len(need) + (_COMMON - 1) * len(need & (common | _FREQUENT))


def _needs(element: Element) -> frozenset[str] | None:
    """One of these stands wherever the element does; none can be told for a gap, or the beginning of a word."""
    return None if element.gap or element.optional or element.starts else _same(element.first_words)


@cache
def _same(some: frozenset[str]) -> frozenset[str]:
    """One object for equal sets: of many phrases that need the same, it is looked for once, and kept once."""
    return some
