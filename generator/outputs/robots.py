"""``robots.txt``: everything may be read but the function and the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.material import Material
from generator.views.plan import Frames, Planned


def plan_robots(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    for root in material.site.permalinks.roots:
        if only and root.condition not in only:
            continue
        text = (
            "User-agent: *\n"
            f"Disallow: {root.base_path}api/\n"
            f"Disallow: {root.base_path}desk/\n"
            f"Sitemap: {root.permalink('/sitemap.xml')}\n"
        )
        yield planned_file(root, "/robots.txt", text.encode())
