"""``_redirects``: one line an alias, for hosts that know the file; the redirect pages serve all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.outputs.planned_file import planned_file
from generator.views.material import Material
from generator.views.plan import alias_path, article_aliases
from generator.views.planned import Frames, Planned


def plan_redirects(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    yield from article_aliases(frames, material, only)
    lines: dict[str, set[str]] = {root.folder: set() for root in material.site.permalinks.roots}
    for article in material.site.articles.values():
        for alias in article.matter.aliases:
            root = article.root
            lines[root.folder].add(f"{root.href(alias_path(alias))} {root.href(article.url_path)} 301")
    for condition in material.site.conditions.values():
        for hub in condition.hubs.values():
            for alias in hub.matter.aliases if hub.document else ():
                root = condition.root
                lines[root.folder].add(f"{root.href(alias_path(alias))} {root.href(hub.url_path)} 301")
    for policies in material.site.policies.values():
        for policy in policies:
            for root in material.site.permalinks.roots:
                for alias in policy.matter.aliases:
                    lines[root.folder].add(f"{root.href(alias_path(alias))} {root.href(policy.url_path)} 301")
    for root in material.site.permalinks.roots:
        if not only or root.condition in only:
            text = "".join(f"{line}\n" for line in sorted(lines[root.folder]))
            yield planned_file(root, "/_redirects", text.encode())
