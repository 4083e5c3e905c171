"""``_redirects``: one line for each alias, for hosting services that read this file; redirect pages serve on all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.content.front_matter.addresses import query_of
from generator.outputs.planned_file import planned_file
from generator.site.permalinks import Root
from generator.site.sections import sections_with_pages
from generator.site.types import Site
from generator.views.aliases import alias_path, article_aliases
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned


class Redirect(NamedTuple):
    """One alias on *root*, the url_path to which it leads, and the file that names it."""

    root: Root
    alias: str
    target: str
    origin: str

    @property
    def query(self) -> str:
        """``p=123`` of an alias like ``/?p=123``, which no page can lie at; else empty."""
        return query_of(self.alias)

    @property
    def path(self) -> str:
        """The path as a link on the root."""
        return self.root.href(self.alias.partition("?")[0] if self.query else alias_path(self.alias))

    @property
    def line(self) -> str:
        """As Netlify reads it: with `!` where a page lies at the path too. Hosts that know no queries skip four words."""
        target = self.root.href(self.target)
        return f"{self.path} {self.query} {target} 301!\n" if self.query else f"{self.path} {target} 301\n"


def plan_redirects(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    """The redirect pages of articles and policies, and on each host the list of all redirects."""
    yield from article_aliases(context, frames)
    lines: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for redirect in redirects_of(context.site):
        lines[redirect.root.folder].add((bool(redirect.query), redirect.line))
    for root in context.part.roots:
        content = "".join(line for _, line in sorted(lines[root.folder]))
        yield planned_file(root, "/_redirects", content.encode())


def numbered_redirects(site: Site) -> Iterator[Redirect]:
    """Those by number, at which no page can lie."""
    return (redirect for redirect in redirects_of(site) if redirect.query)


def numbered_target(site: Site, root: Root, path: str, query: Mapping[str, str]) -> str:
    """The link to which a request by number leads; empty for one that is no alias."""
    asked = {f"{path}?{name}={query[name]}" for name in ("p", "page_id") if name in query}
    if not asked:
        return ""
    found = (
        one for one in numbered_redirects(site) if one.root == root and f"{one.path}?{one.query}" in asked
    )
    return next((root.href(one.target) for one in found), "")


def redirects_of(site: Site) -> Iterator[Redirect]:
    """Every alias of what is published."""
    for article in site.articles.values():
        for alias in article.front_matter.aliases:
            yield Redirect(article.root, alias, article.url_path, article.source_path)
    for condition in site.conditions.values():
        for hub in condition.hubs.values():
            for alias in hub.front_matter.aliases if hub.document else ():
                origin = hub.document.source_path if hub.document else ""
                yield Redirect(condition.root, alias, hub.url_path, origin)
    for section in sections_with_pages(site):
        for alias in section.front_matter.aliases:
            yield Redirect(section.root, alias, section.url_path, section.document.source_path)
    for policies in site.policies.values():
        for policy in policies:
            for alias in policy.front_matter.aliases:
                for root in site.permalinks.roots:
                    yield Redirect(root, alias, policy.url_path, policy.document.source_path)
