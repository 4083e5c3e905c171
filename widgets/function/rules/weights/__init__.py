"""Owns the second guess at a text: how much its words, taken together, are those of pleas and not of other texts.

Phrases find what is said plainly; most pleas are not. `crisis.json` holds a weight for each word and each pair of words
that came twice or more in the labelled texts (tests/widgets/function/labelled, `learn.py` there makes the file), so that
anybody can read which words count and how much. docs/decisions/0018 says why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from widgets.function.rules.words import Word

_STEM = 5
FILE = Path(__file__).parent / "crisis.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """`words` are words and pairs of words (`want die`); `bias` is the odds of a text of which nothing is known.
    `telling` are those without one of which no text is taken for a plea, whatever its words weigh together.
    """

    bias: float
    words: Mapping[str, float]
    telling: frozenset[str]

    def likeness(self, found: Collection[str]) -> float:
        """0 to 1: how much a text of these features is like the pleas among the labelled texts; no measure of risk."""
        known = [self.words[feature] for feature in sorted(found) if feature in self.words]
        odds = self.bias + sum(known) / math.sqrt(len(known) or 1)
        return 1 / (1 + math.exp(-odds))


def features(words: Sequence[Word]) -> Iterator[str]:
    """Each word, its first five letters (``suici*``), and each two words that follow one another in a sentence."""
    before = None
    for word in words:
        yield word.text
        if len(word.text) > _STEM:
            yield f"{word.text[:_STEM]}*"
        if before is not None and before.sentence == word.sentence:
            yield f"{before.text} {word.text}"
        before = word


@cache
def read_weights() -> Weights:
    document = json.loads(FILE.read_bytes())
    return Weights(document["bias"], document["words"], frozenset(document["telling"]))
