"""What one page contributes to the index: a weight for each word, pairs of neighbouring words, and written forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.bodies.terms.parts import Part
from generator.bodies.terms.stems import Analyzer

HEAVIEST = 15
# The points of a word by how often the text holds it, saturated.
_COUNTS = (0, 1, 2, 3, 3, 4, 4, 4, 4, 5)
_MOST, _MANY = len(_COUNTS), _COUNTS[-1]
_SUMMARY, _ALSO, _MEANING = 2, 6, 1
# Points by the number of words of a title and a heading: (at most so many words, points).
_TITLES = ((2, 9), (4, 8), (7, 7), (1000, 6))
_HEADINGS = ((2, 4), (4, 3), (1000, 2))


class Texts(NamedTuple):
    """The texts of a page: *also* are other words that lead to it, *meanings* plain words of the terms it explains."""

    title: str
    summary: str
    also: str
    meanings: str
    parts: Sequence[Part]


class Contribution(NamedTuple):
    """*weights* (1 to 15) by key, *pairs* by two keys joined by a blank, and the distinct *tokens*."""

    weights: dict[str, int]
    pairs: dict[str, int]
    tokens: Collection[str]


def contribution(texts: Texts, analyzer: Analyzer) -> Contribution:
    """What a page contributes: a pure function of its texts."""
    headings = [part.heading for part in texts.parts if part.heading]
    whole = " ".join((texts.summary, *headings, *(part.text for part in texts.parts)))
    running = whole.lower().split()
    counts = _keys_counted(running, analyzer)
    weights = {key: _COUNTS[count] if count < _MOST else _MANY for key, count in counts.items()}
    pairs: dict[str, int] = {}
    best: dict[str, int] = {}
    for heading in headings:
        _raise_to(best, pairs, heading, _HEADINGS, analyzer)
    _add(weights, best)
    best = {}
    _raise_to(best, pairs, texts.title, _TITLES, analyzer)
    _add(weights, best)
    tokens = {*running, *texts.title.lower().split()}
    for text, points in ((texts.summary, _SUMMARY), (texts.also, _ALSO), (texts.meanings, _MEANING)):
        if text:
            found = text.lower().split()
            tokens.update(found)
            _add(weights, dict.fromkeys(_keys_counted(found, analyzer), points))
    return Contribution(weights, pairs, tokens)


def _add(weights: dict[str, int], points: Mapping[str, int]) -> None:
    for key, more in points.items():
        weights[key] = min(HEAVIEST, weights.get(key, 0) + more)


def _keys_counted(tokens: Iterable[str], analyzer: Analyzer) -> Counter[str]:
    """How often each key stands in a text, stop words left out."""
    counts = Counter(map(analyzer.key_or_name, tokens))
    for name in counts.keys() & analyzer.several.keys():
        count = counts.pop(name)
        for key in analyzer.several[name]:
            counts[key] += count
    return counts


def _raise_to(
    best: dict[str, int],
    pairs: dict[str, int],
    text: str,
    scale: Iterable[tuple[int, int]],
    analyzer: Analyzer,
) -> None:
    """Enter the words of a title or heading, stop words too, and the pairs of its other words, with its points."""
    every = [analyzer.keyed(token) for token in text.lower().split()]
    plain = [key for keyed in every for key in keyed.plain]
    points = next((points for most, points in scale if len(plain) <= most), 1)
    for keyed in every:
        for key in keyed.every:
            best[key] = max(best.get(key, 0), points)
    for one, other in pairwise(plain):
        if one != other:
            pair = f"{one} {other}" if utf16(one) < utf16(other) else f"{other} {one}"
            pairs[pair] = max(pairs.get(pair, 0), points)


def utf16(text: str) -> bytes:
    """*text* as bytes in the order in which JavaScript compares texts."""
    return text.encode("utf-16-be", "surrogatepass")
