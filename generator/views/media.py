"""Films and recordings of the site's own: where their file, their captions and their poster lie."""

from __future__ import annotations

import posixpath
import re

from generator.content.read import Document
from generator.ground.model import MediaSlot
from generator.views import types as shapes
from generator.views.frame import Frame
from generator.views.shared_parts import image_view

# pacing.es.vtt, pacing.pt-BR.vtt
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)$")
# The shape of a film without a poster and without a size: space is kept for it before anything is fetched.
_WIDTH, _HEIGHT = 1280, 720


def media_value(frame: Frame, document: Document, slot: MediaSlot) -> shapes.MediaValue:
    """What the page plays for *slot*; without an address where there is no such file, which the check reports."""
    links, root = frame.context.links, frame.root
    still = None
    if slot.poster:
        still = image_view(frame.context, root, frame.context.picture(document.source_path, slot.poster), "")
    width, height = _size(slot, still) if slot.kind == "video" else (0, 0)
    captions = (
        shapes.Captions(links.file_address(document, root, path), language_of(path, document.language))
        for path in slot.captions
    )
    return shapes.MediaValue(
        kind=slot.kind,
        url=links.file_address(document, root, slot.source),
        label=slot.label,
        poster=still.src if still else "",
        captions=tuple(one for one in captions if one.url),
        width=width,
        height=height,
    )


def language_of(path: str, default: str) -> str:
    """The language of captions by their file's name: ``pacing.es.vtt``; *default* where it names none."""
    found = _LANGUAGE.search(posixpath.splitext(path)[0])
    return found[1] if found else default


def _size(slot: MediaSlot, still: shapes.Image | None) -> tuple[int, int]:
    """Width and height: the writer's, a missing one by the shape of the poster."""
    wide, high = (still.width, still.height) if still and still.width and still.height else (_WIDTH, _HEIGHT)
    width = slot.width or (round(slot.height * wide / high) if slot.height else wide)
    return width, slot.height or round(width * high / wide)
