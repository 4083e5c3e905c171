"""Owns phrases: how one is written, and how many are found in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from widgets.function.rules.words import Word, plain

GAP: Final = "..."
_GAP_WORDS: Final = 4
_MOST_GAPS: Final = 3
_COMMON: Final = 20  # how much sooner a phrase is looked for because of a rare word than of a common one


class PhraseError(ValueError):
    """A phrase or a file of them that cannot be read; the message says where, and the remedy."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: any of these words, one that begins so, or one of these turns of several words;
    or up to four words of any kind. `turns` are by the word that they begin with, and without it."""

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False
    turns: Mapping[str, Sequence[Phrase]] = field(default_factory=dict)

    @property
    def first_words(self) -> frozenset[str]:
        return self.words | self.turns.keys()


Phrase = tuple[Element, ...]
_Rest = tuple[Phrase, int, Any] | None  # what follows a turn: the phrase, the place in it, and so on


@dataclass(frozen=True, slots=True)
class Span:
    """Words `begin` to `end` (exclusive) of a text."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sought:
    """A phrase, and one of the words of each of these sets stands in every text that holds it."""

    phrase: Phrase
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by the rarest words that they need. `barred` words are never swallowed by a gap."""

    by_word: Mapping[str, Sequence[int]]  # every word that one of them begins with
    by_rare: Mapping[str, Sequence[int]]
    by_start: Sequence[int]  # those that need no whole word
    sought: Sequence[_Sought]
    barred: frozenset[str]

    def find(self, words: Sequence[Word], places: Places | None = None) -> Iterator[Span]:
        """Every place where a phrase begins, with the first that fits there of each beginning. `places` spares
        the reader of many lists to look for the words in each."""
        if not self.sought:
            return
        places = places_of(words) if places is None else places
        possible = set(self.by_start)
        for word in places.keys() & self.by_rare.keys():
            possible.update(self.by_rare[word])
        for number in sorted(possible):
            sought = self.sought[number]
            if any(need.isdisjoint(places) for need in sought.needs):
                continue
            for begin in self._beginnings(sought.phrase[0], places):
                end = self._first(sought.phrase, words, begin)
                if end is not None:
                    yield Span(begin, end)

    def _beginnings(self, first: Element, places: Places) -> Iterator[int]:
        for word in first.words & places.keys() if first.words else ():
            yield from places[word]
        for word in first.turns.keys() & places.keys() if first.turns else ():
            if word not in first.words:
                yield from places[word]
        if first.starts:
            for word, where in places.items():
                if word.startswith(first.starts) and word not in first.words:
                    yield from where

    def _first(self, phrase: Phrase, words: Sequence[Word], begin: int) -> int | None:
        return self._end(phrase, 0, None, words, begin, words[begin].sentence)

    def _end(
        self, phrase: Phrase, place: int, rest: _Rest, words: Sequence[Word], at: int, sentence: int
    ) -> int | None:
        """Where the phrase from `place` on, and the `rest` after it, ends when it begins at `at`. With three
        gaps of four words at most the branches stay few, whatever the text."""
        if place == len(phrase):
            return at if rest is None else self._end(*rest, words, at, sentence)
        element = phrase[place]
        if element.gap:
            for skipped in range(_GAP_WORDS + 1):
                end = self._end(phrase, place + 1, rest, words, at + skipped, sentence)
                if end is not None:
                    return end
                if at + skipped < len(words) and words[at + skipped].text in self.barred:
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


Places = Mapping[str, Sequence[int]]


def places_of(words: Sequence[Word]) -> Places:
    """Where each word of a text stands."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word.text, []).append(at)
    return places


def gather(
    phrases: Sequence[Phrase], barred: frozenset[str] = frozenset(), common: frozenset[str] = frozenset()
) -> Phrases:
    """`common` words stand in most texts: no phrase is looked for because of one where it needs a rarer."""
    by_word: dict[str, list[int]] = {}
    by_rare: dict[str, list[int]] = {}
    by_start: list[int] = []
    sought: list[_Sought] = []
    for phrase in phrases:
        for whole in _beginnings(phrase):
            needs = [need for need in map(_needs, whole) if need is not None]
            for word in sorted(whole[0].first_words):
                by_word.setdefault(word, []).append(len(sought))
            if needs:
                rarest = min(needs, key=lambda need: _weight(need, common))
                for word in sorted(rarest):
                    by_rare.setdefault(word, []).append(len(sought))
            else:
                by_start.append(len(sought))
            sought.append(_Sought(whole, tuple(needs)))
    return Phrases(by_word, by_rare, tuple(by_start), tuple(sought), barred)


def _weight(need: frozenset[str], common: frozenset[str]) -> int:
    return len(need) + (_COMMON - 1) * len(need & common)


def _needs(element: Element) -> frozenset[str] | None:
    """One of these stands wherever the element does; none can be told for a gap, or the beginning of a word."""
    return None if element.gap or element.optional or element.starts else element.first_words


def _beginnings(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase, and without its first word where that may be missing."""
    while phrase[0].optional:
        yield (replace(phrase[0], optional=False), *phrase[1:])
        phrase = phrase[1:]
    yield phrase


def compile_phrase(text: str, groups: Mapping[str, Sequence[str]]) -> Phrase:
    """Raises PhraseError."""
    return Compiler(groups).phrase(text)


class Compiler:
    """Reads phrases that may name the classes in `groups`. A class holds words, turns of several words, and
    other classes."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups = groups
        self._classes: dict[str, Element] = {}
        self._open: list[str] = []  # the classes that are being read, to notice one within itself

    def phrase(self, text: str) -> Phrase:
        """Raises PhraseError."""
        elements = tuple(self._element(part, text) for part in text.split())
        if not elements or elements[0].gap or elements[-1].gap or elements[-1].optional:
            raise PhraseError(f"'{text}' must begin with a word and end with one that may not be missing")
        if _gaps(elements) > _MOST_GAPS:
            raise PhraseError(f"'{text}' has more than {_MOST_GAPS} gaps; write two phrases")
        return elements

    def _element(self, part: str, text: str) -> Element:
        if part == GAP:
            return Element(frozenset(), gap=True)
        words: set[str] = set()
        starts: set[str] = set()
        turns: dict[str, list[Phrase]] = {}
        for choice in part.removesuffix("?").split("|"):
            if choice.startswith("@"):
                named = self._class(choice[1:], text)
                words |= named.words
                starts.update(named.starts)
                for word, some in named.turns.items():
                    turns.setdefault(word, []).extend(some)
            elif choice.endswith("*"):
                starts.add(plain(choice[:-1]))
            else:
                words.add(plain(choice))
        if not all(word.isalnum() for word in words | starts):
            raise PhraseError(
                f"'{part}' in '{text}' holds more than letters, digits, `|`, `?`, `*` and `@name`"
            )
        return Element(frozenset(words), tuple(sorted(starts)), part.endswith("?"), turns=turns)

    def _class(self, name: str, text: str) -> Element:
        if name not in self._groups:
            raise PhraseError(f"'@{name}' in '{text}' is not listed under `words`")
        if name in self._open:
            raise PhraseError(f"'@{name}' holds itself")
        if name not in self._classes:
            self._open.append(name)
            try:
                self._classes[name] = self._read_class(name)
            finally:
                self._open.pop()
        return self._classes[name]

    def _read_class(self, name: str) -> Element:
        words: set[str] = set()
        starts: set[str] = set()
        turns: dict[str, list[Phrase]] = {}
        for item in self._groups[name]:
            for whole in _beginnings(self.phrase(item)):
                first = whole[0]
                if len(whole) == 1:
                    words |= first.words
                    starts.update(first.starts)
                    for word, some in first.turns.items():
                        turns.setdefault(word, []).extend(some)
                elif first.starts:
                    raise PhraseError(f"'{item}' of '@{name}' must begin with a whole word")
                else:
                    for word in sorted(first.words):
                        turns.setdefault(word, []).append(whole[1:])
                    for word, some in first.turns.items():
                        turns.setdefault(word, []).extend((*turn, *whole[1:]) for turn in some)
        return Element(frozenset(words), tuple(sorted(starts)), turns=turns)


def _gaps(phrase: Phrase) -> int:
    return sum(
        1 if one.gap else max((_gaps(turn) for some in one.turns.values() for turn in some), default=0)
        for one in phrase
    )
