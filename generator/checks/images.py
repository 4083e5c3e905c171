"""Images that the text and the front matter name exist; the front matter's has alternative text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.disk.content_tree import places, relative
from generator.ground.errors import Problem
from generator.ground.model import ImageSlot, MediaSlot, picture_of
from generator.site.context import SiteContext, image_alt
from generator.site.links import near_path


def check_images(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in context.bodies.of(path).slots:
            picture = picture_of(slot)
            if isinstance(slot, ImageSlot | MediaSlot) and picture and _is_missing(context, path, picture):
                line = slot.line + document.parsed.body_line - 1
                message, hint = _missing(context, path, picture)
                yield Problem(message, line, slot.column, hint, path, rule="images")
        for key in ("image", "photo", "logo"):
            written = getattr(document.front_matter, key, "")
            if written and _is_missing(context, path, written):
                message, hint = _missing(context, path, written)
                yield document.problem(key, message, hint, rule="images")
            if written and key == "image" and image_alt(context.bodies, document) is None:
                hint = "add a line `image_alt: …` that says what it shows"
                yield document.problem(
                    key, "the image has no text for those who cannot see it", hint, "warning", "alt"
                )


def _is_missing(context: SiteContext, path: str, written: str) -> bool:
    """Whether there is no such file; a file that cannot be read as an image has been reported by the image step."""
    return not any(place in context.images or place in context.known_files for place in places(path, written))


def _missing(context: SiteContext, path: str, written: str) -> tuple[str, str]:
    if written.startswith("/"):
        hint = "put the file into static/, where it has this address, or beside the article"
    else:
        hint = (
            near_path(path, relative(path, written), context.known_files) or "put the file beside the article"
        )
    return f"there is no image '{written}'", hint
