"""Owns phrases: how a list of them is written, read from its file, and found in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from widgets.function.rules.words import Word, plain

FOLDER: Final = Path(__file__).parent
GAP: Final = "..."
_GAP_WORDS: Final = 4
_MOST_GAPS: Final = 3


class PhraseError(ValueError):
    """A list that cannot be read; the message names the file, the phrase and the remedy."""


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

    def find(self, words: Sequence[Word]) -> Iterator[Span]:
        """Every place where a phrase begins, with the first that fits there of each beginning."""
        for begin, word in enumerate(words):
            for phrase in (*self.by_word.get(word.text, ()), *self.by_start):
                end = self._end(phrase, 0, words, begin, word.sentence)
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


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """What a file holds: named lists of phrases, named sets of words, and every word that occurs."""

    name: str
    language: str
    lists: Mapping[str, Phrases]
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()


def read_phrases(path: Path, *, lists: Collection[str], sets: Collection[str] = ()) -> PhraseFile:
    """Raises PhraseError. `lists` and `sets` are exactly the keys that the file must hold beside
    `language`, `sources` and `words`."""
    document = _read(path)
    wanted = {"language", "sources", "words", *lists, *sets}
    for key in document.keys() ^ wanted:
        raise PhraseError(f"{path.name}: `{key}` is {'unknown' if key in document else 'missing'}")
    if not document["sources"]:
        raise PhraseError(f"{path.name}: say under `sources` where the phrases come from")
    groups = {name: tuple(map(plain, words)) for name, words in document["words"].items()}
    known_sets = {name: frozenset(map(plain, document[name])) for name in sets}
    barred = known_sets.get("negations", frozenset())
    compiled = {name: [compile_phrase(text, groups, path.name) for text in document[name]] for name in lists}
    elements = [element for every in compiled.values() for phrase in every for element in phrase]
    vocabulary = frozenset().union(
        *(element.words | frozenset(element.starts) for element in elements), *known_sets.values()
    )
    ready = {name: gather(phrases, barred) for name, phrases in compiled.items()}
    return PhraseFile(path.name, document["language"], ready, known_sets, vocabulary)


def gather(phrases: Sequence[Phrase], barred: frozenset[str] = frozenset()) -> Phrases:
    by_word: dict[str, list[Phrase]] = {}
    by_start: list[Phrase] = []
    for phrase in phrases:
        for whole in _beginnings(phrase):
            if whole[0].starts:
                by_start.append(whole)
            for word in sorted(whole[0].words):
                by_word.setdefault(word, []).append(whole)
    return Phrases(by_word, tuple(by_start), barred)


def _beginnings(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase, and without its first word where that may be missing."""
    while phrase[0].optional:
        yield (Element(phrase[0].words, phrase[0].starts), *phrase[1:])
        phrase = phrase[1:]
    yield phrase


def compile_phrase(text: str, groups: Mapping[str, Sequence[str]], where: str) -> Phrase:
    """Raises PhraseError."""
    elements = tuple(_element(part, groups, text, where) for part in text.split())
    if not elements or elements[0].gap or elements[-1].gap or elements[-1].optional:
        raise PhraseError(
            f"{where}: '{text}' must begin with a word and end with one that may not be missing"
        )
    if sum(element.gap for element in elements) > _MOST_GAPS:
        raise PhraseError(f"{where}: '{text}' has more than {_MOST_GAPS} gaps; write two phrases")
    return elements


def _element(part: str, groups: Mapping[str, Sequence[str]], text: str, where: str) -> Element:
    if part == GAP:
        return Element(frozenset(), gap=True)
    words: set[str] = set()
    starts: set[str] = set()
    for choice in part.removesuffix("?").split("|"):
        if choice.startswith("@"):
            if choice[1:] not in groups:
                raise PhraseError(f"{where}: '{choice}' in '{text}' is not listed under `words`")
            words.update(groups[choice[1:]])
        elif choice.endswith("*"):
            starts.add(plain(choice[:-1]))
        else:
            words.add(plain(choice))
    if not all(word.isalnum() for word in words | starts):
        raise PhraseError(f"{where}: '{part}' in '{text}': letters and digits alone, `|`, `?`, `*`, `@name`")
    return Element(frozenset(words), tuple(sorted(starts)), part.endswith("?"))


def _read(path: Path) -> dict[str, Any]:
    import yaml  # with the first text that is judged: reading does not pay for it

    class Strict(yaml.BaseLoader):  # every value is a string: `no` is a word here
        pass

    def mapping(loader: Any, node: Any) -> dict[str, Any]:
        pairs = [
            (loader.construct_object(key), loader.construct_object(value, deep=True))
            for key, value in node.value
        ]
        if len(dict(pairs)) != len(pairs):
            raise PhraseError(f"{path.name}: a key stands there twice")
        return dict(pairs)

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Strict)  # noqa: S506  (a BaseLoader makes strings alone)
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise PhraseError(f"{path.name} cannot be read: {type(error).__name__}") from None
    if not isinstance(document, dict):
        raise PhraseError(f"{path.name} must hold keys with lists of phrases")
    return document
