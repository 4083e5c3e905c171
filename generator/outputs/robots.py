"""``robots.txt``: crawlers may read everything except the function and the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned


def plan_robots(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    endpoint = context.site.config.widgets.endpoint
    # A path is an endpoint on the site's own host, outside its base path. A function on another host has its own file.
    closed = f"Disallow: {endpoint}/\nDisallow: /desk/\n" if endpoint.startswith("/") else "Disallow:\n"
    for root in context.part.roots:
        text = f"User-agent: *\n{closed}Sitemap: {root.permalink('/sitemap.xml')}\n"
        yield planned_file(root, "/robots.txt", text.encode())
