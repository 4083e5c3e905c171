"""``robots.txt``: everything may be read but the function and the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.material import Material
from generator.views.planned import Frames, Planned


def plan_robots(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    endpoint = material.site.config.widgets.endpoint
    # The function lies beside the sites, not below their base path; on a host of its own it speaks for itself.
    closed = f"Disallow: {endpoint}/\nDisallow: /desk/\n" if endpoint.startswith("/") else "Disallow:\n"
    for root in material.site.permalinks.roots:
        if only and root.condition not in only:
            continue
        text = f"User-agent: *\n{closed}Sitemap: {root.permalink('/sitemap.xml')}\n"
        yield planned_file(root, "/robots.txt", text.encode())
