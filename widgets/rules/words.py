"""Owns how a text is read by lists of phrases: plain words in their sentences, disguises taken off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from widgets.rules.marks import normal, unmarked
from widgets.rules.spelling import corrected, depends_on_context, in_context, respelt, sounding, unstarred

# One character at a time and no repetition within a repetition: the time grows with the text and no faster.
# Chinese and Japanese are written without spaces: each sign is a word.
_SIGN: Final = "\u3040-\u30ff\u3400-\u9fff"
_PIECE: Final = re.compile(
    rf"[{_SIGN}]|[^\W_{_SIGN}](?:[^\W_{_SIGN}]|[*@$]|[!.](?=[^\W_]))*|[.!?;:\n…。！？]|,"
)
_IS_SIGN: Final = re.compile(f"[{_SIGN}]")
_PICTURES: Final = str.maketrans(
    {"🪦": " die ", "⚰": " die ", "🔫": " gun ", "🔪": " knife ", "💊": " pills "}
)
_ADDRESS: Final = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)  # no words of its writer
_DRAWN: Final = re.compile(r"(.)\1\1", re.DOTALL)
_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ`´‘")
_DISGUISED: Final = str.maketrans("013457@$!", "oieastasi")
_LONGEST: Final = 60  # letters of a word; what is longer is no word of a list
_PARTS: Final = frozenset(",:")  # end a clause and no sentence
_TO: Final = "2"  # where it stands for `to`
_SPELLED: Final = 4  # single letters in a row that are a word spelled out
_BEFORE_TO: Final = frozenset({"want", "wanna", "need", "going", "ready", "about", "nothing", "try", "like"})

Knows = Callable[[str], bool]


class Word(NamedTuple):
    """A word as lists know it; which sentence, and which clause between commas, it stands in."""

    text: str
    sentence: int
    clause: int


class Words(tuple[Word, ...]):
    """The words of one text."""

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self):
            places.setdefault(word.text, []).append(at)
        return places

    @cached_property
    def texts(self) -> frozenset[str]:
        return frozenset(self.places)


class Reader:
    """Reads texts as one list of words does. Most words of most texts are the same few thousand: what is meant by one is
    remembered."""

    def __init__(self, knows: Knows) -> None:
        self._knows = knows
        self._meant = lru_cache(maxsize=8_192)(self._meant_by)

    def read(self, text: str) -> Words:
        """The words of `text`; one that is not known is tried without its disguise: accents, digits and signs for
        letters, letters drawn out, letters apart."""
        raw = _plain_pieces(text)
        if raw is None:
            raw = _placed(in_context(list(_joined(_known_pieces(text, self._knows), self._knows))))
        if self._all_as_written(raw):
            return raw
        found: list[Word] = []
        for word in raw:
            written, sentence, clause = word
            if written == _TO and found and found[-1].text in _BEFORE_TO:
                found.append(Word("to", sentence, clause))
            elif len(written) > _LONGEST or (meant := self._meant(written)) == written:
                found.append(word)
            else:
                found += [Word(one, sentence, clause) for one in meant.split()]
        return Words(found)

    def _all_as_written(self, words: Words) -> bool:
        """Most texts: then their words are the same for every list, and what is known of them too."""
        return _TO not in words.texts and all(
            len(text) <= _LONGEST and self._meant(text) == text for text in words.texts
        )

    def _meant_by(self, word: str) -> str:
        return respelt(_known(word, self._knows))


def read_words(text: str, knows: Knows) -> Words:
    """The words of one text as `Reader` reads them."""
    return Reader(knows).read(text)


def plain(word: str) -> str:
    """A word of a list in the form that texts are read in."""
    return _folded(word)


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_APOSTROPHES).casefold()
    text = text.replace("mató", "matado").replace("Mató", "matado")  # "me mato" is another verb
    # Apostrophes first: decomposed, an acute that stands for one would leave a space.
    return unmarked(normal("NFKD", text.translate(_APOSTROPHES)).casefold())


@lru_cache(maxsize=1)  # the same text is read with the lists of pleas, of claims and of harm
def _plain_pieces(text: str) -> Words | None:
    """The words as they are written, each with its sentence and clause; None where it depends on the list which words
    there are: some hold a point, or are letters that stand apart."""
    bare = _bare(text)
    pieces = _PIECE.findall(bare)
    if "*" in bare:
        pieces = [piece.rstrip("*") for piece in pieces]
    single = False
    for piece in pieces:
        before, single = single, len(piece) == 1 and piece.isalnum()
        if (single and before) or ("." in piece and len(piece) > 1):
            return None
    return _placed(in_context(pieces) if depends_on_context(pieces) else pieces)


def _placed(pieces: Iterable[str]) -> Words:
    found: list[Word] = []
    sentence = clause = 0
    for piece in pieces:
        if len(piece) > 1 or piece.isalnum():
            found.append(Word(piece, sentence, clause))
        else:
            clause += 1
            sentence += piece not in _PARTS
    return Words(found)


@lru_cache(maxsize=1)
def _bare(text: str) -> str:
    """The text without addresses, its pictures as words, as `_folded` folds it."""
    return _folded(_ADDRESS.sub(" ", text).translate(_PICTURES))


@lru_cache(maxsize=1)  # the same text is read with the lists of pleas, of claims and of harm
def _pieces(text: str) -> Sequence[tuple[str, int]]:
    """Each word or mark, and how far it stands from the one before."""
    pieces, end = [], 0
    for match in _PIECE.finditer(_bare(text)):
        pieces.append((match.group().rstrip("*"), match.start() - end))
        end = match.end()
    return pieces


def _known_pieces(text: str, knows: Knows) -> Iterator[tuple[str, int]]:
    """The pieces; what points part is one word where that is known, else several."""
    for piece, distance in _pieces(text):
        if "." not in piece or len(piece) == 1:
            yield piece, distance
        elif len(piece) <= _LONGEST and knows(whole := piece.replace(".", "")):
            yield whole, distance
        else:
            for part in re.split(r"(\.)", piece):
                yield part, distance
                distance = 0


def _joined(pieces: Iterator[tuple[str, int]], knows: Knows) -> Iterator[str]:
    """The pieces, with letters that stand apart (`w o r d`) put together again."""
    letters: list[str] = []
    for piece, distance in pieces:
        single = len(piece) == 1 and piece.isalnum() and not _IS_SIGN.match(piece)
        if letters and not (single and distance <= 1):
            yield from _spelled(letters, knows)
            letters = []
        if single:
            letters.append(piece)
        elif piece:
            yield piece
    yield from _spelled(letters, knows)


def _spelled(letters: list[str], knows: Knows) -> Iterator[str]:
    word = "".join(letters)
    if 1 < len(letters) <= _LONGEST and knows(word):
        yield word
    elif len(letters) < _SPELLED or len(letters) > _LONGEST:
        yield from letters
    else:
        yield from _parted(word, knows)


def _parted(word: str, knows: Knows) -> Iterator[str]:
    """The longest known words that it begins with, one after the other; what is left stays whole."""
    while word:
        size = next((size for size in range(len(word), 1, -1) if knows(word[:size])), len(word))
        yield word[:size]
        word = word[size:]


def _known(word: str, knows: Knows) -> str:
    if knows(word) or len(word) > _LONGEST or word.isdigit():
        return word
    if word.isalpha() and not _DRAWN.search(word):
        return _meant(word)  # nothing is disguised: most words that no list knows
    if "*" in word and (hidden := unstarred(word)) != word:
        return hidden
    for tried in (word, word.translate(_DISGUISED)):
        for most in (2, 1):
            shorter = _undrawn(tried, most)
            if knows(shorter):
                return shorter
            if knows(meant := corrected(shorter)):
                return meant
    return word


@lru_cache(maxsize=8_192)
def _meant(word: str) -> str:
    """What is meant by a word in plain letters. Most words of most texts are the same few thousand."""
    meant = corrected(word)
    return sounding(word) if meant == word else meant


def _undrawn(word: str, most: int) -> str:
    """Letters drawn out three times and more come `most` times; for 1 every pair counts as drawn out."""
    if not _DRAWN.search(word):
        return word
    kept: list[str] = []
    run = 0
    for letter in word:
        run = run + 1 if kept and kept[-1] == letter else 1
        if run <= most:
            kept.append(letter)
    return "".join(kept)
