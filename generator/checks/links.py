"""Internal links lead to a page, a file and an anchor that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import HubFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import LinkSlot
from generator.site.context import SiteContext


def check_links(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    permalinks = context.site.permalinks
    for path, document in documents.items():
        root = permalinks.root_of(document.condition)
        for slot in context.bodies.of(path).slots:
            if isinstance(slot, LinkSlot):
                problem = context.links.resolve(document, root, slot)[1]
                if problem is not None:
                    yield problem
        front_matter = document.front_matter
        if isinstance(front_matter, HubFrontMatter):
            for index, written in enumerate(front_matter.start_here):
                target = context.links.target_of(document, written)
                if target is None or target.source_path not in context.site.articles:
                    hint = "write it as a path from this file: basics/what-is-it.md"
                    yield document.problem(
                        f"start_here.{index}", f"there is no article '{written}'", hint, rule="links"
                    )
