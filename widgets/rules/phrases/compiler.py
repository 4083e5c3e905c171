"""Owns the syntax of a phrase: what its parts mean, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from widgets.rules.words import plain

GAP: Final = "..."
_MOST_GAPS: Final = 3


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
        return self.words.union(self.turns) if self.turns else self.words

    def may_begin_with(self, word: str) -> bool:
        """Never wrongly no; it may be missing, or stand for any words."""
        return word in self.words or word in self.turns or self.optional or self.gap or bool(self.starts)


Phrase = tuple[Element, ...]


def beginnings(phrase: Phrase) -> Iterator[Phrase]:
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
            elif "_" in choice:
                first, *rest = choice.split("_")
                turns.setdefault(plain(first), []).append(self.phrase(" ".join(rest)))
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
            for whole in beginnings(self.phrase(item)):
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
