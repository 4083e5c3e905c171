"""Owns how much each condition saw on each level of engagement: of one month, beside the month before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from generator.insights.threshold import Sum, shown, sum_of
from generator.site.permalinks import Root
from generator.site.types import Article, Site

Level = Literal["reading", "reacting", "voting", "commenting", "writing", "surveys"]
# From the lightest to what takes most. `writing`: people who wrote the posts that `commenting` counts.
LEVELS: Final[tuple[Level, ...]] = ("reading", "reacting", "voting", "commenting", "writing", "surveys")

Reads = Mapping[
    str, Mapping[str, int]
]  # by the condition whose own host was counted, "" for the portfolio's; by path


class Counts(NamedTuple):
    """What a month brought: people who reacted and posts by thread, votes by poll, writers by condition, responses by survey.
    `reads` is None where reading was not counted."""

    reads: Reads | None
    reactions: Mapping[str, int]
    votes: Mapping[str, int]
    comments: Mapping[str, int]
    writers: Mapping[str, int]
    responses: Mapping[str, int]


class Figure(NamedTuple):
    """A number of this month and of the one before, None where it is kept back."""

    level: Level
    now: int | None
    before: int | None


class Row(NamedTuple):
    condition: str
    title: str
    figures: tuple[Figure, ...]


class Total(NamedTuple):
    level: Level
    now: Sum
    before: Sum


def condition_rows(site: Site, now: Counts, before: Counts) -> tuple[Row, ...]:
    """One row a condition, in the site's order."""
    language = site.config.language
    counted = {
        level: (_by_condition(site, now, level), _by_condition(site, before, level)) for level in LEVELS
    }
    return tuple(
        Row(
            condition.id,
            condition.hub(language).front_matter.title,
            tuple(
                Figure(level, shown(counted[level][0][condition.id]), shown(counted[level][1][condition.id]))
                for level in counted_levels(now)
            ),
        )
        for condition in site.conditions.values()
    )


def totals(site: Site, now: Counts, before: Counts) -> tuple[Total, ...]:
    """What the shown numbers of all conditions add to."""

    def total(counts: Counts, level: Level) -> Sum:
        found = _by_condition(site, counts, level)
        return sum_of(found[condition] for condition in site.conditions)

    return tuple(Total(level, total(now, level), total(before, level)) for level in counted_levels(now))


def counted_levels(now: Counts) -> tuple[Level, ...]:
    return tuple(level for level in LEVELS if level != "reading" or now.reads is not None)


def _by_condition(site: Site, counts: Counts, level: Level) -> Counter[str]:
    if level == "writing":
        return Counter(counts.writers)
    found: Counter[str] = Counter()
    if level == "reading":
        for host, path, number in _requests(counts):
            found[_condition_of(site, host, path)] += number
        return found
    own = {article.thread: article.condition for article in site.articles.values()}
    numbers = {
        "reacting": counts.reactions,
        "voting": counts.votes,
        "commenting": counts.comments,
        "surveys": counts.responses,
    }[level]
    for name, number in numbers.items():
        found[own.get(name) or name.partition("~")[0]] += number
    return found


def _requests(counts: Counts) -> Iterator[tuple[str, str, int]]:
    for host, paths in (counts.reads or {}).items():
        yield from ((host, path, number) for path, number in paths.items())


def _condition_of(site: Site, host: str, path: str) -> str:
    """Whose page an address is; empty for a page that is no condition's."""
    if host:
        return host
    below = path.removeprefix(site.permalinks.portfolio.base_path).partition("/")[0]
    return below if below in site.conditions else ""


def page_responses(site: Site, counts: Counts) -> Counter[str]:
    """By source path: reactions and posts of a page's thread, which all its translations share: the first of them has them."""
    first: dict[str, str] = {}
    for path, article in site.articles.items():
        if article.is_public:
            first.setdefault(article.thread, path)
    return Counter(
        {
            path: number
            for thread, path in first.items()
            if (number := counts.reactions.get(thread, 0) + counts.comments.get(thread, 0))
        }
    )


def page_reads(articles: Sequence[Article], counts: Counts) -> Mapping[str, int] | None:
    """By source path: requests of a page; None where reading was not counted."""
    reads = counts.reads
    if reads is None:
        return None
    return {
        one.source_path: reads.get(one.root.condition, {}).get(_path(one.root, one), 0) for one in articles
    }


def _path(root: Root, article: Article) -> str:
    return root.href(article.url_path)
