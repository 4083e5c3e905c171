"""What may be said of a site's reviews and sources: counted over the pages that readers see."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median_low
from typing import NamedTuple

from generator.content.config import Config
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.text import slugify
from generator.schema.dates import local_day
from generator.site.reviews import review_of
from generator.site.types import Article

# Types whose texts state facts: who tells, asks or invites is not reviewed.
FACTUAL = ("article", "basics", "symptom", "diagnosis", "treatment", "living-with")


class ReviewFigures(NamedTuple):
    """*pages* state facts; the review of *reviewed* of them holds, the oldest is of the day *oldest*.

    *reviewers* are who made these reviews, as front matter names them, most pages first. *sources* is the median number
    of references of these pages, *unsourced* how many have none. *sponsors* are (name, pages), of pages of all types.
    """

    pages: int
    reviewed: int
    oldest: dt.date | None
    reviewers: tuple[str, ...]
    sources: int
    unsourced: int
    sponsors: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> int:
        """The share of pages reviewed, rounded down: 100 means all."""
        return self.reviewed * 100 // self.pages if self.pages else 0


def review_figures(articles: Iterable[Article], config: Config, now: str) -> ReviewFigures:
    """The figures of the published ones among *articles*. Nobody reviews a demonstration."""
    public = [article.front_matter for article in articles if article.is_public]
    factual = [front_matter for front_matter in public if front_matter.type in FACTUAL]
    reviewed = [front_matter for front_matter in factual if _holds(front_matter, config, now)]
    sources = [len(front_matter.references) for front_matter in factual]
    by_reviewer = _by_reviewer(front_matter.reviewer for front_matter in reviewed)
    sponsors = Counter(front_matter.payer for front_matter in public if front_matter.payer)
    return ReviewFigures(
        pages=len(factual),
        reviewed=len(reviewed),
        oldest=min((local_day(one.last_reviewed, config.zone) for one in reviewed), default=None),
        reviewers=tuple(sorted(by_reviewer, key=lambda name: (-by_reviewer[name], name))),
        sources=median_low(sources) if sources else 0,
        unsourced=sources.count(0),
        sponsors=tuple(sorted(sponsors.items())),
    )


def _by_reviewer(names: Iterable[str]) -> Counter[str]:
    """How often each is named: spellings that lead to one profile (``doc``, ``Doc``) are one, by the most frequent."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[slugify(name) or name][name] += 1
    return Counter({min(found, key=lambda name: (-found[name], name)): found.total() for found in spellings.values()})


def _holds(front_matter: ArticleFrontMatter, config: Config, now: str) -> bool:
    if not front_matter.reviewer or config.demonstration:
        return False
    return review_of(front_matter, config.zone, now).holds
