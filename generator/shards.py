"""What a build of some conditions alone must know of the others: little, and found out when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.bodies import Bodies, Digest
from generator.permalinks import Root
from generator.project import PORTFOLIO
from generator.read import Document
from generator.site import Site, guests


def built_documents(site: Site, documents: Iterable[Document], only: Sequence[str]) -> dict[str, Document]:
    """The documents that have a page in this build: not what is withheld, nor drafts among the policies.

    Without *only* these are all that are shown; people and policies may stand on every host.
    """
    policies = {policy.document.source_path for group in site.policies.values() for policy in group}
    return {
        document.source_path: document
        for document in documents
        if (not only or not document.condition or document.condition in only)
        and (
            document.source_path in site.articles
            or document.kind in ("hub", "person")
            or document.source_path in policies
        )
    }


def built_roots(site: Site, only: Sequence[str]) -> Iterator[Root]:
    """The hosts to which this build writes."""
    for root in site.permalinks.roots:
        if not only or any(site.permalinks.root_of(condition) == root for condition in only):
            yield root


def sharing(site: Site) -> Iterator[str]:
    """The conditions on the portfolio's host."""
    return (condition for condition in site.conditions if condition not in site.permalinks.own)


def neighbours(site: Site, only: Sequence[str]) -> Iterator[Document]:
    """Articles of other conditions of which this build shows more than a link: those that are listed under its own,
    those that may ask a poll (the manifest holds all polls), and with the portfolio those on its host.
    """
    for article in site.articles.values() if only else ():
        if article.condition not in only and (
            article.document.parsed.asks
            or not set(only).isdisjoint(article.matter.conditions)
            or (PORTFOLIO in only and article.root.condition == PORTFOLIO)
        ):
            yield article.document


def pictured(site: Site, only: Sequence[str]) -> Iterator[Document]:
    """Articles of other conditions whose picture may stand in a list of this build."""
    if PORTFOLIO in only:
        yield from (article.document for article in site.articles.values() if article.condition not in only)
    else:
        yield from (article.document for condition in only for article in guests(site, condition))


class LateBodies(dict[str, Digest]):
    """Bodies by source path, the last few of which are made when somebody asks for them.

    *known* are made; *make* makes the body of one of *documents*. *rendered* counts those that no cache knew.
    """

    def __init__(
        self, known: Mapping[str, Digest], documents: Iterable[Document], make: Callable[[Document], Bodies]
    ) -> None:
        super().__init__(known)
        self._documents = {document.source_path: document for document in documents}
        self._make = make
        self.rendered = 0

    def __missing__(self, path: str) -> Digest:
        made = self._make(self._documents[path])
        self.rendered += made.rendered
        found = self[path] = made.by_path[path]
        return found

    def get(self, path: str, default: Any = None) -> Any:
        return self[path] if path in self or path in self._documents else default
