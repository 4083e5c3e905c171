"""Owns how a text is read by lists of phrases: plain words in their sentences, disguises taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from widgets.rules.marks import normal
from widgets.rules.spelling import corrected, in_context, respelt, sounding, unstarred

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


def read_words(text: str, knows: Knows) -> Words:
    """The words of `text`; one that `knows` does not know is tried without its disguise: accents, digits
    and signs for letters, letters drawn out, letters apart."""
    found: list[Word] = []
    sentence = clause = 0
    for raw in in_context(list(_joined(_known_pieces(text, knows), knows))):
        if raw in (",", ":"):
            clause += 1
        elif len(raw) == 1 and not raw.isalnum():
            sentence += 1
            clause += 1
        elif raw == "2" and found and found[-1].text in _BEFORE_TO:
            found.append(Word("to", sentence, clause))
        else:
            found += [Word(word, sentence, clause) for word in respelt(_known(raw, knows)).split()]
    return Words(found)


def plain(word: str) -> str:
    """A word of a list in the form that texts are read in."""
    return _folded(word)


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_APOSTROPHES).casefold()
    text = text.replace("mató", "matado").replace("Mató", "matado")  # "me mato" is another verb
    # Apostrophes first: decomposed, an acute that stands for one would leave a space.
    decomposed = normal("NFKD", text.translate(_APOSTROPHES)).casefold()
    return "".join(one for one in decomposed if unicodedata.category(one) not in ("Mn", "Cf"))


@lru_cache(maxsize=1)  # the same text is read with the lists of pleas, of claims and of harm
def _pieces(text: str) -> Sequence[tuple[str, int]]:
    """Each word or mark, and how far it stands from the one before."""
    pieces, end = [], 0
    for match in _PIECE.finditer(_folded(_ADDRESS.sub(" ", text).translate(_PICTURES))):
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
