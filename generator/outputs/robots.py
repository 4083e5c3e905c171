"""``robots.txt``: crawlers may read everything except the function and the desk; those that train models, by setting.

It works by page: it cannot let a crawler read an article and keep it from the comments below. It is a request, which
honest crawlers obey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned

# What collectors of texts for models call themselves, as their makers document it. Search engines are none of them, and
# Google-Extended and Applebot-Extended are no crawlers but names for the use of what was crawled.
AI_CRAWLERS = (
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)


def plan_robots(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    endpoint = context.site.config.widgets.endpoint
    # A path is an endpoint on the site's own host, outside its base path. A function on another host has its own file.
    closed = f"Disallow: {endpoint}/\nDisallow: /desk/\n" if endpoint.startswith("/") else "Disallow:\n"
    refused = "".join(f"User-agent: {name}\n" for name in AI_CRAWLERS) + "Disallow: /\n\n"
    others = "" if context.site.config.ai_crawlers == "allow" else refused
    for root in context.part.roots:
        text = f"{others}User-agent: *\n{closed}Sitemap: {root.permalink('/sitemap.xml')}\n"
        yield planned_file(root, "/robots.txt", text.encode())
