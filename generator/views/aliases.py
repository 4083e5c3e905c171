"""Redirect pages for the ``aliases`` of hubs, articles and policies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.content.front_matter.addresses import paths_of
from generator.site.partial import built_articles
from generator.views.context import ViewContext
from generator.views.frame import Frame
from generator.views.planned import Frames, Planned
from generator.views.small_pages import redirect_page


def alias_path(alias: str) -> str:
    """The url_path of an alias: from the root, a folder unless it names a file."""
    path = "/" + alias.strip("/")
    return path if path.endswith((".html", ".htm", ".php")) else path + "/"


def plan_redirect(frame: Frame, alias: str, target: str, origin: str, title: str) -> Planned:
    """The page at *alias* that leads to the url_path *target*; *origin* is the source path that names the alias."""
    url_path = alias_path(alias)
    make = partial(redirect_page, frame, url_path, frame.root.permalink(target), title)
    return Planned(frame.root.output_path(url_path), origin, make, frame.encoded_chrome, root=frame.root)


def article_aliases(context: ViewContext, frames: Frames) -> Iterator[Planned]:
    """Redirect pages for the old addresses of articles and policies; those of hubs are planned with the hub."""
    site, part = context.site, context.part
    for article in built_articles(site, part):
        for alias in paths_of(article.front_matter.aliases):
            frame = frames.get(article.root, article.language, site.conditions[article.condition])
            title = article.front_matter.title
            yield plan_redirect(frame, alias, article.url_path, article.source_path, title)
    for policies in site.policies.values():
        for policy in policies:
            path, title = policy.document.source_path, policy.front_matter.title
            for root in part.roots:
                frame = frames.get(root, policy.language, site.conditions.get(root.condition))
                for alias in paths_of(policy.front_matter.aliases):
                    yield plan_redirect(frame, alias, policy.url_path, path, title)
