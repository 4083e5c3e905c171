"""The part of a site that one build makes: all of it, or some conditions and perhaps the portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.content.read import Document
from generator.ground.project import PORTFOLIO
from generator.site.permalinks import Root
from generator.site.types import Article, Condition, Site, guests


class Part(NamedTuple):
    """What is built.

    *conditions* are those whose pages are made, *roots* the hosts whose own pages are made (people, policies, 404,
    robots.txt), *asset_roots* the hosts to which anything is written. *whole* where nothing is left out; *portfolio*
    where the portfolio's own pages are made although conditions are left out.
    """

    conditions: tuple[Condition, ...]
    roots: tuple[Root, ...]
    asset_roots: tuple[Root, ...]
    whole: bool
    portfolio: bool

    def has(self, condition: str) -> bool:
        """Whether the pages of *condition* are made."""
        return self.whole or any(own.id == condition for own in self.conditions)


def part_of(site: Site, only: Sequence[str]) -> Part:
    """The part that *only* names: ids of conditions, and :data:`PORTFOLIO`; all of the site where it names nothing."""
    roots = site.permalinks.roots
    if not only:
        return Part(tuple(site.conditions.values()), tuple(roots), tuple(roots), whole=True, portfolio=False)
    homes = [site.permalinks.root_of(name) for name in only]
    return Part(
        conditions=tuple(condition for condition in site.conditions.values() if condition.id in only),
        roots=tuple(root for root in roots if root.condition in only),
        asset_roots=tuple(root for root in roots if root in homes),
        whole=False,
        portfolio=PORTFOLIO in only,
    )


def with_sharing(site: Site, part: Part) -> Part:
    """*part*, and with the portfolio the conditions on its host: its sitemap and feeds list their pages too."""
    if not part.portfolio:
        return part
    shared = [condition for condition in site.conditions if condition not in site.permalinks.own]
    return part_of(site, (PORTFOLIO, *(condition.id for condition in part.conditions), *shared))


def built_documents(site: Site, part: Part, documents: Iterable[Document]) -> dict[str, Document]:
    """The documents that have a page in this build: not what is withheld, nor drafts among the policies.

    People and policies may stand on every host.
    """
    policies = {policy.document.source_path for group in site.policies.values() for policy in group}
    return {
        document.source_path: document
        for document in documents
        if (not document.condition or part.has(document.condition))
        and (
            document.source_path in site.articles
            or document.kind in ("hub", "person")
            or document.source_path in policies
            or document.source_path in site.sections
        )
    }


def shown_in_part(site: Site, part: Part) -> Iterator[Document]:
    """Articles of other conditions of which this build shows more than a link: those that are listed under its own,
    those that may ask a poll (the manifest holds all polls), and with the portfolio those on its host.
    """
    if part.whole:
        return
    own = {condition.id for condition in part.conditions}
    for article in site.articles.values():
        if article.condition not in own and (
            article.document.parsed.asks
            or not own.isdisjoint(article.front_matter.conditions)
            or (part.portfolio and article.root.condition == PORTFOLIO)
        ):
            yield article.document


def pictured(site: Site, part: Part) -> Iterator[Document]:
    """Articles of other conditions whose picture may stand in a list of this build."""
    if part.portfolio:
        yield from (a.document for a in site.articles.values() if not part.has(a.condition))
    elif not part.whole:
        yield from (a.document for condition in part.conditions for a in guests(site, condition.id))


def built_articles(site: Site, part: Part) -> Iterator[Article]:
    """The shown articles whose pages are made, in the site's order."""
    return (article for article in site.articles.values() if part.has(article.condition))
