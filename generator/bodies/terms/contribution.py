"""What one page contributes to the index: a weight for each word, pairs of neighbouring words, and written forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.bodies.terms.parts import Part
from generator.bodies.terms.stems import Analyzer
from generator.bodies.terms.words import tokens_of

HEAVIEST = 15
# The points of a word by how often the text holds it, saturated.
_COUNTS = (0, 1, 2, 3, 3, 4, 4, 4, 4, 5)
# So often or more often is the same.
MOST = len(_COUNTS) - 1
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
    """*counts* says how often each token stands in the text; 0 where only the title or other words have it. *points* by
    key come from particular places, those of *pairs* of neighbours from titles and headings (two keys joined by a blank).
    """

    counts: Counter[bytes]
    points: dict[str, int]
    pairs: dict[str, int]


def contribution(texts: Texts, analyzer: Analyzer) -> Contribution:
    """What a page contributes: a pure function of its texts."""
    headings = [part.heading for part in texts.parts if part.heading]
    counts = Counter(tokens_of(" ".join((texts.summary, *headings, *(part.text for part in texts.parts)))))
    pairs: dict[str, int] = {}
    points: dict[str, int] = {}
    for heading in headings:
        _raise_to(points, pairs, tokens_of(heading), _HEADINGS, analyzer)
    best: dict[str, int] = {}
    title = tokens_of(texts.title)
    _raise_to(best, pairs, title, _TITLES, analyzer)
    _add(points, best)
    _mention(counts, title)
    for text, more in ((texts.summary, _SUMMARY), (texts.also, _ALSO), (texts.meanings, _MEANING)):
        if text:
            found = tokens_of(text)
            _mention(counts, found)
            _add(points, {key: more for token in found for key in analyzer.keyed(token).keys})
    return Contribution(counts, points, pairs)


def weight_of(count: int, points: int = 0) -> int:
    """The weight (1 to 15) of a key that stands so often in a text and has so many points elsewhere."""
    return min(HEAVIEST, _COUNTS[min(count, MOST)] + points)


def _mention(counts: Counter[bytes], tokens: Iterable[bytes]) -> None:
    for token in tokens:
        counts.setdefault(token, 0)


def _add(points: dict[str, int], more: Mapping[str, int]) -> None:
    for key, few in more.items():
        points[key] = points.get(key, 0) + few


def _raise_to(
    best: dict[str, int],
    pairs: dict[str, int],
    tokens: Iterable[bytes],
    scale: Iterable[tuple[int, int]],
    analyzer: Analyzer,
) -> None:
    """Enter the words of a title or heading, stop words too, and the pairs of its other words, with its points."""
    every = [analyzer.keyed(token) for token in tokens]
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
