"""``_redirects``: one line for each alias, for hosting services that read this file; redirect pages serve on all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.site.permalinks import Root
from generator.site.sections import sections_with_pages
from generator.site.types import Site
from generator.views.aliases import alias_path, article_aliases
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned


def plan_redirects(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    """The redirect pages of articles and policies, and on each host the list of all redirects."""
    yield from article_aliases(context, frames)
    lines: dict[str, set[str]] = defaultdict(set)
    for root, alias, target in _redirects(context.site):
        lines[root.folder].add(f"{root.href(alias_path(alias))} {root.href(target)} 301\n")
    for root in context.part.roots:
        yield planned_file(root, "/_redirects", "".join(sorted(lines[root.folder])).encode())


def _redirects(site: Site) -> Iterator[tuple[Root, str, str]]:
    """Every alias as (root, alias, target's url_path)."""
    for article in site.articles.values():
        for alias in article.front_matter.aliases:
            yield article.root, alias, article.url_path
    for condition in site.conditions.values():
        for hub in condition.hubs.values():
            for alias in hub.front_matter.aliases if hub.document else ():
                yield condition.root, alias, hub.url_path
    for section in sections_with_pages(site):
        for alias in section.front_matter.aliases:
            yield section.root, alias, section.url_path
    for policies in site.policies.values():
        for policy in policies:
            for alias in policy.front_matter.aliases:
                for root in site.permalinks.roots:
                    yield root, alias, policy.url_path
