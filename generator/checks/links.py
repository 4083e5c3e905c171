"""Internal links lead to a page, a file and an anchor that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.matter import HubMatter
from generator.model import LinkSlot
from generator.read import Document
from generator.views.material import Material


def check_links(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    permalinks = material.site.permalinks
    for path, document in documents.items():
        root = permalinks.root_of(document.condition)
        for slot in material.bodies[path].slots:
            if isinstance(slot, LinkSlot):
                problem = material.links.resolve(document, root, slot)[1]
                if problem is not None:
                    yield problem
        matter = document.matter
        if isinstance(matter, HubMatter):
            for written in matter.start_here:
                target = material.links.target_of(document, written)
                if target is None or target.source_path not in material.site.articles:
                    hint = "write it as a path from this file: basics/what-is-it.md"
                    yield document.problem(
                        "start_here", f"there is no article '{written}'", hint, rule="links"
                    )
