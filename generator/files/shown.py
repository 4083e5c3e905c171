"""The images and other files that documents show or link to, as source paths."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.bodies.table import BodyTable
from generator.content.read import Document
from generator.content.surveys.files import is_survey_file
from generator.disk.content_tree import STATIC_DIR, places, relative
from generator.disk.names import is_markdown
from generator.files.images import SUFFIXES, Use, WantedImage
from generator.ground.model import ImageSlot, LinkSlot, MediaSlot, picture_of
from generator.site.context import site_logo
from generator.site.permalinks import Root
from generator.site.types import Site, guests


class ShownFiles(NamedTuple):
    """The files that pages need: images, each with its place of use, and the source paths of all others."""

    images: list[WantedImage]
    files: list[str]

    @property
    def paths(self) -> set[str]:
        return {image.path for image in self.images}.union(self.files)


def shown_files(
    documents: Iterable[Document], bodies: BodyTable, pictured: Iterable[Document] = ()
) -> ShownFiles:
    """What *documents* show or link to, and the pictures that lists show for *pictured*.

    A linked image is treated like one that is shown, so that its metadata is removed too.
    """
    shown = ShownFiles([], [])
    for document in documents:
        path = document.source_path
        first = document.parsed.body_line - 1
        body = bodies.of(path)
        for slot in body.slots if body.files else ():
            if isinstance(slot, ImageSlot | MediaSlot) and (picture := picture_of(slot)):
                use = Use(path, slot.line + first, slot.column)
                shown.images.extend(WantedImage(place, use) for place in places(path, picture))
            if isinstance(slot, MediaSlot):
                for named in (slot.source, *slot.captions):
                    shown.files.extend(_in_content(path, named))
            elif isinstance(slot, LinkSlot) and not is_markdown(slot.target):
                target = _linked_file(slot)
                suffix = posixpath.splitext(target)[1].lower()
                if suffix in SUFFIXES:
                    use = Use(path, slot.line + first, slot.column)
                    shown.images.extend(WantedImage(place, use) for place in _in_content(path, target))
                elif suffix and not is_markdown(target) and not is_survey_file(relative(path, target)):
                    shown.files.extend(_in_content(path, target))
        shown.images.extend(_pictures(document))
    for document in pictured:
        shown.images.extend(_pictures(document))
    return shown


def _pictures(document: Document) -> Iterator[WantedImage]:
    """The picture that a document's front matter names."""
    for key in ("image", "photo", "logo"):
        written = getattr(document.front_matter, key, "")
        if written:
            path = document.source_path
            use = Use(path, *document.place(key))
            yield from (WantedImage(place, use) for place in places(path, written))


def _in_content(path: str, target: str) -> Iterator[str]:
    """The files that a link may name; what lies below ``static/`` is published as it is, under its own name."""
    return (place for place in places(path, target) if not place.startswith(f"{STATIC_DIR}/"))


def _linked_file(slot: LinkSlot) -> str:
    """The path that a link names, without query and fragment; empty for one within the page."""
    return "" if slot.target.startswith("#") else slot.target.partition("#")[0].partition("?")[0]


def files_on(root: Root, site: Site, documents: Iterable[Document], bodies: BodyTable) -> set[str] | None:
    """The source paths of all files that pages on *root* need; None (all of them) where it is the only root."""
    if not site.permalinks.own:
        return None
    own = [d for d in documents if not d.condition or site.permalinks.root_of(d.condition) == root]
    others = guests(site, root.condition) if root.condition else iter(site.articles.values())
    paths = shown_files(own, bodies, (article.document for article in others)).paths
    return paths | ({site_logo(site.config)} - {""})
