"""The related articles of an article, and the previous and the next one in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.ground.reads import Reads
from generator.site.related import RelatedIndex
from generator.site.types import Article, Edition

RELATED = 4


class Adjacent(NamedTuple):
    """The articles before and after one in reading order; None at either end."""

    before: Article | None
    after: Article | None


class _Related(NamedTuple):
    """The index of one edition, its articles oldest first, and their positions by source path."""

    by_topic: RelatedIndex
    articles: Sequence[Article]
    positions: Mapping[str, int]


class Neighbours:
    """Related articles and neighbours in reading order; computed by edition when first asked for.

    Both follow from the lists of the article's condition, which is noted in *reads*.
    """

    def __init__(self, by_edition: Mapping[Edition, Sequence[Article]], reads: Reads) -> None:
        self._by_edition = by_edition
        self._reads = reads
        self._related: dict[Edition, _Related] = {}
        self._adjacent: dict[Edition, dict[str, Adjacent]] = {}

    def related(self, article: Article) -> tuple[Article, ...]:
        """Up to four articles of the same edition that share topics with it, the most similar first."""
        self._reads.names.add(article.condition)
        edition = (article.condition, article.language)
        if edition not in self._related:
            self._related[edition] = _index(self._by_edition[edition])
        found = self._related[edition]
        nearest = found.by_topic.nearest(found.positions[article.source_path], RELATED)
        return tuple(found.articles[position] for position in nearest)

    def previous_and_next(self, article: Article) -> Adjacent:
        """The articles before and after it, among those of its edition and type."""
        self._reads.names.add(article.condition)
        edition = (article.condition, article.language)
        if edition not in self._adjacent:
            self._adjacent[edition] = _adjacent(self._by_edition[edition])
        return self._adjacent[edition][article.source_path]


def _index(newest_first: Sequence[Article]) -> _Related:
    articles = newest_first[::-1]
    days = [article.day.toordinal() if article.day else 0 for article in articles]
    positions = {article.source_path: position for position, article in enumerate(articles)}
    return _Related(RelatedIndex([article.topics for article in articles], days), articles, positions)


def _adjacent(articles: Iterable[Article]) -> dict[str, Adjacent]:
    """The neighbours of each article by source path."""
    by_type: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_type[article.front_matter.type].append(article)
    neighbours: dict[str, Adjacent] = {}
    for group in by_type.values():
        group.sort(key=reading_order)
        for index, article in enumerate(group):
            before = group[index - 1] if index else None
            after = group[index + 1] if index + 1 < len(group) else None
            neighbours[article.source_path] = Adjacent(before, after)
    return neighbours


def reading_order(article: Article) -> tuple[bool, float, str, str]:
    """Sorts articles with ``order`` first, by its value; then by date, oldest first; then by path."""
    order = article.front_matter.order
    return (order is None, order or 0.0, article.moment, article.source_path)
