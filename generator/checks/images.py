"""Images lie where the text and the front matter say, and can be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.model import ImageSlot
from generator.read import Document
from generator.text import did_you_mean
from generator.tree import relative
from generator.views.material import Material, image_alt


def check_images(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in material.bodies[path].slots:
            if isinstance(slot, ImageSlot) and _is_missing(material, relative(path, slot.source)):
                line = slot.line + document.parsed.body_line - 1
                message, hint = _missing(material, path, slot.source)
                yield Problem(message, line, slot.column, hint, path, rule="images")
        for key in ("image", "photo"):
            written = getattr(document.matter, key, "")
            if written and _is_missing(material, relative(path, written)):
                message, hint = _missing(material, path, written)
                yield document.problem(key, message, hint, rule="images")
            if written and key == "image" and image_alt(material, document) is None:
                hint = "add a line `image_alt: …` that says what it shows"
                yield document.problem(
                    key, "the image has no text for those who cannot see it", hint, "warning", "alt"
                )


def _is_missing(material: Material, path: str) -> bool:
    """Whether there is no such file; what is wrong with one that is there was said when it was read."""
    return path not in material.images and path not in material.known_files


def _missing(material: Material, path: str, written: str) -> tuple[str, str]:
    folder = posixpath.dirname(relative(path, written))
    near = [posixpath.basename(other) for other in material.known_files if posixpath.dirname(other) == folder]
    hint = did_you_mean(posixpath.basename(written), near) or "put the file beside the article"
    return f"there is no image '{written}'", hint
