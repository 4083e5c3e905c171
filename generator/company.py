"""Which articles stand beside one another: kin by topic, and neighbours in the reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator.related import Kinship
from generator.site import Article, Edition

RELATED = 4


class Company:
    """Related articles and neighbours in the reading order, of each article when asked for."""

    def __init__(self, by_edition: Mapping[Edition, Sequence[Article]]) -> None:
        self._by_edition = by_edition
        self._kinships: dict[Edition, tuple[Kinship, Sequence[Article], dict[str, int]]] = {}
        self._orders: dict[Edition, dict[str, tuple[Article | None, Article | None]]] = {}

    def related(self, article: Article) -> tuple[Article, ...]:
        """Up to four articles of the same edition that share its topics, nearest first."""
        edition = (article.condition, article.language)
        if edition not in self._kinships:
            articles = self._by_edition[edition][::-1]
            days = [other.day.toordinal() if other.day else 0 for other in articles]
            places = {other.source_path: index for index, other in enumerate(articles)}
            self._kinships[edition] = Kinship([other.topics for other in articles], days), articles, places
        kinship, articles, places = self._kinships[edition]
        return tuple(articles[index] for index in kinship.of(places[article.source_path], RELATED))

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles before and after it, among those of its type."""
        edition = (article.condition, article.language)
        if edition not in self._orders:
            self._orders[edition] = _reading_neighbours(self._by_edition[edition])
        return self._orders[edition][article.source_path]


def _reading_neighbours(articles: Iterable[Article]) -> dict[str, tuple[Article | None, Article | None]]:
    by_type: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_type[article.matter.type].append(article)
    neighbours: dict[str, tuple[Article | None, Article | None]] = {}
    for group in by_type.values():
        group.sort(key=reading_order)
        for index, article in enumerate(group):
            before = group[index - 1] if index else None
            after = group[index + 1] if index + 1 < len(group) else None
            neighbours[article.source_path] = (before, after)
    return neighbours


def reading_order(article: Article) -> tuple[bool, float, str, str]:
    """Articles with an ``order`` first, by it; then by date, oldest first; then by path."""
    order = article.matter.order
    return (order is None, order or 0.0, article.moment, article.source_path)
