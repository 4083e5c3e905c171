"""The images and other files that documents show or link to, by source path."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.bodies import Digest
from generator.images import SUFFIXES, Use
from generator.model import ImageSlot, LinkSlot
from generator.permalinks import Root
from generator.read import Document
from generator.site import Site, guests
from generator.tree import relative


class ShownFiles(NamedTuple):
    """The files that pages need: images with the place of each use, and all others."""

    images: list[tuple[str, Use]]
    files: list[str]

    @property
    def paths(self) -> set[str]:
        return {path for path, _ in self.images}.union(self.files)


def shown_files(
    documents: Iterable[Document], bodies: Mapping[str, Digest], pictured: Iterable[Document] = ()
) -> ShownFiles:
    """What *documents* show or link to, and the pictures that stand for *pictured* in lists.

    A linked image tells as much of its maker as one that is shown.
    """
    shown = ShownFiles([], [])
    for document in documents:
        path = document.source_path
        first = document.parsed.body_line - 1
        for slot in bodies[path].slots:
            if isinstance(slot, ImageSlot):
                use = Use(path, slot.line + first, slot.column)
                shown.images.append((relative(path, slot.source), use))
            elif isinstance(slot, LinkSlot) and not slot.target.endswith(".md"):
                target = _linked_file(slot)
                suffix = posixpath.splitext(target)[1].lower()
                if suffix in SUFFIXES:
                    use = Use(path, slot.line + first, slot.column)
                    shown.images.append((relative(path, target), use))
                elif suffix not in ("", ".md"):
                    shown.files.append(relative(path, target))
        shown.images.extend(_pictures(document))
    for document in pictured:
        shown.images.extend(_pictures(document))
    return shown


def _pictures(document: Document) -> Iterator[tuple[str, Use]]:
    for key in ("image", "photo"):
        written = getattr(document.matter, key, "")
        if written:
            path = document.source_path
            yield relative(path, written), Use(path, *document.place(key))


def _linked_file(slot: LinkSlot) -> str:
    """The file that a link names; empty for one that leads elsewhere."""
    return "" if slot.target.startswith(("/", "#")) else slot.target.partition("#")[0].partition("?")[0]


def files_on(
    root: Root, site: Site, documents: Iterable[Document], bodies: Mapping[str, Digest]
) -> set[str] | None:
    """The source paths of all files that pages on *root* need; None where there is no other root: then all of them."""
    if not site.permalinks.own:
        return None
    own = [d for d in documents if not d.condition or site.permalinks.root_of(d.condition) == root]
    others = guests(site, root.condition) if root.condition else iter(site.articles.values())
    return shown_files(own, bodies, (article.document for article in others)).paths
