"""Owns the second opinion on a text: how much its words and letters, taken together, are those of one kind of text.

Phrases find what is said plainly; most is not. A file here holds a weight for each word, each pair of words and each
few letters in a row that tell the labelled texts of a kind from the others (tests/widgets/rules/labelled, `learn.py` there makes
the files), so that anybody can read what counts and how much. docs/decisions/0018 says why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, Literal

from widgets.rules.weights.senses import pairs_of_senses
from widgets.rules.words import Word

Name = Literal["crisis", "claims", "now", "other"]

FOLDER: Final = Path(__file__).parent
SCALE: Final = 100  # weights are kept as whole hundredths
NEVER: Final = 1_000_000  # a likeness that no text reaches
_LETTERS: Final = (3, 4, 5)
_LONGEST: Final = 24  # letters of a word that are looked at: what is longer tells no more
FEWEST: Final = 4  # words of a text that can be weighed
_MOST_WORDS: Final = 1_500  # words of a text that are looked at


@dataclass(frozen=True, slots=True)
class Weights:
    """Those of the file `name`. `of` are the weights in hundredths; `bias` that of a text of which nothing is known; `least` the likeness from
    which a text counts, `sure` that from which it counts without any other sign."""

    name: Name
    bias: int
    least: int
    sure: int
    of: Mapping[str, int]

    def likeness(self, found: Iterable[str]) -> float:
        """In hundredths, no measure of risk: the sum of the weights, evened out by their number."""
        return self._sum(frozenset(found) & self.of.keys())

    def likeness_of(self, words: Sequence[Word]) -> float:
        """That of the features of these words."""
        read = words[:_MOST_WORDS]
        known = set(filter(self.of.__contains__, _several(read)))
        known.update(*(_known_of_word(self.name, text) for text in _texts(read)))
        return self._sum(known)

    def _sum(self, known: Collection[str]) -> float:
        return self.bias + sum(map(self.of.__getitem__, known)) / math.sqrt(len(known) or 1)

    def counts(self, words: Sequence[Word]) -> bool:
        """Whether a text is so like its kind that a second opinion speaks; of a few words it says nothing."""
        return len(words) >= FEWEST and self.likeness_of(words) >= self.least


def features(words: Sequence[Word]) -> frozenset[str]:
    """Each word, each two that follow one another in a sentence, each three to five letters in a row (``#uici``; a word's
    ends are ``_``), and the senses of words that stand together (``@kin die``)."""
    read = words[:_MOST_WORDS]
    return frozenset(chain(*map(_of_word, _texts(read)), _of_several(read)))


def _texts(words: Sequence[Word]) -> set[str]:
    return {word.text[:_LONGEST] for word in words}


def _of_several(words: Sequence[Word]) -> Iterator[str]:
    yield from pairs_of_senses(words)
    for before, word in pairwise(words):
        if before.sentence == word.sentence:
            yield f"{before.text[:_LONGEST]} {word.text[:_LONGEST]}"


@lru_cache(maxsize=1)  # several files weigh the same words
def _several(words: Sequence[Word]) -> Sequence[str]:
    return tuple(_of_several(words))


def _of_word(word: str) -> Sequence[str]:
    letters = f"_{word}_"
    rows = ("#" + letters[at : at + size] for size in _LETTERS for at in range(len(letters) - size + 1))
    return (word, *rows)


@lru_cache(maxsize=16_384)
def _known_of_word(name: Name, word: str) -> Collection[str]:
    """The features of a word of which a file knows the weight. Most words of most texts are the same few thousand."""
    return read_weights(name).of.keys() & _of_word(word)


@cache
def read_weights(name: Name) -> Weights:
    document = json.loads((FOLDER / f"{name}.json").read_bytes())
    of = {one: int(weight) for weight, many in document["weights"].items() for one in many.split("\t")}
    return Weights(name, document["bias"], document["least"], document["sure"], of)
