"""Owns phrases: how one is written, and how many are found in a text in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from widgets.function.rules.words import Word, plain

GAP: Final = "..."
_GAP_WORDS: Final = 4
_MOST_GAPS: Final = 3


class PhraseError(ValueError):
    """A phrase or a file of them that cannot be read; the message says where, and the remedy."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: any of these words, or one that begins so; or up to four words of any kind."""

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def takes(self, word: str) -> bool:
        return word in self.words or (bool(self.starts) and word.startswith(self.starts))


Phrase = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words `begin` to `end` (exclusive) of a text."""

    begin: int
    end: int

    def touches(self, others: Collection[Span]) -> bool:
        return any(self.begin < other.end and other.begin < self.end for other in others)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by the words that they begin with. `barred` words are never swallowed by a gap."""

    by_word: Mapping[str, Sequence[Phrase]]
    by_start: Sequence[Phrase]
    barred: frozenset[str]
    starts: tuple[str, ...] = ()  # of all in `by_start`

    def find(self, words: Sequence[Word]) -> Iterator[Span]:
        """Every place where a phrase begins, with the first that fits there of each beginning."""
        for begin, word in enumerate(words):
            text = word.text
            for phrase in self.by_word.get(text, ()):
                end = self._end(phrase, 1, words, begin + 1, word.sentence)
                if end is not None:
                    yield Span(begin, end)
            if not text.startswith(self.starts):
                continue
            for phrase in self.by_start:
                if text.startswith(phrase[0].starts):
                    end = self._end(phrase, 1, words, begin + 1, word.sentence)
                    if end is not None:
                        yield Span(begin, end)

    def _end(self, phrase: Phrase, place: int, words: Sequence[Word], at: int, sentence: int) -> int | None:
        """Where the phrase from `place` on ends when it begins at `at`. With three gaps of four words at
        most the branches stay few, whatever the text."""
        if place == len(phrase):
            return at
        element = phrase[place]
        if element.gap:
            for skipped in range(_GAP_WORDS + 1):
                end = self._end(phrase, place + 1, words, at + skipped, sentence)
                if end is not None:
                    return end
                if at + skipped < len(words) and words[at + skipped].text in self.barred:
                    return None
            return None
        if at < len(words) and words[at].sentence == sentence and element.takes(words[at].text):
            end = self._end(phrase, place + 1, words, at + 1, sentence)
            if end is not None:
                return end
        return self._end(phrase, place + 1, words, at, sentence) if element.optional else None


def gather(phrases: Sequence[Phrase], barred: frozenset[str] = frozenset()) -> Phrases:
    by_word: dict[str, list[Phrase]] = {}
    by_start: list[Phrase] = []
    for phrase in phrases:
        for whole in _beginnings(phrase):
            if whole[0].starts:
                by_start.append(whole)
            for word in sorted(whole[0].words):
                by_word.setdefault(word, []).append(whole)
    starts = {start for phrase in by_start for start in phrase[0].starts}
    return Phrases(by_word, tuple(by_start), barred, tuple(sorted(starts)))


def _beginnings(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase, and without its first word where that may be missing."""
    while phrase[0].optional:
        yield (Element(phrase[0].words, phrase[0].starts), *phrase[1:])
        phrase = phrase[1:]
    yield phrase


def compile_phrase(text: str, groups: Mapping[str, Sequence[str]]) -> Phrase:
    """Raises PhraseError."""
    elements = tuple(_element(part, groups, text) for part in text.split())
    if not elements or elements[0].gap or elements[-1].gap or elements[-1].optional:
        raise PhraseError(f"'{text}' must begin with a word and end with one that may not be missing")
    if sum(element.gap for element in elements) > _MOST_GAPS:
        raise PhraseError(f"'{text}' has more than {_MOST_GAPS} gaps; write two phrases")
    return elements


def _element(part: str, groups: Mapping[str, Sequence[str]], text: str) -> Element:
    if part == GAP:
        return Element(frozenset(), gap=True)
    words: set[str] = set()
    starts: set[str] = set()
    for choice in part.removesuffix("?").split("|"):
        if choice.startswith("@"):
            if choice[1:] not in groups:
                raise PhraseError(f"'{choice}' in '{text}' is not listed under `words`")
            words.update(groups[choice[1:]])
        elif choice.endswith("*"):
            starts.add(plain(choice[:-1]))
        else:
            words.add(plain(choice))
    if not all(word.isalnum() for word in words | starts):
        raise PhraseError(f"'{part}' in '{text}' holds more than letters, digits, `|`, `?`, `*` and `@name`")
    return Element(frozenset(words), tuple(sorted(starts)), part.endswith("?"))
