"""Images lie where the text and the front matter say, and can be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.model import ImageSlot
from generator.read import Document
from generator.text import did_you_mean
from generator.views.material import Material, relative, shown_images


def check_images(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in material.bodies[path].slots:
            if isinstance(slot, ImageSlot) and relative(path, slot.source) not in material.images:
                line = slot.line + document.parsed.body_line - 1
                message, hint = _missing(material, path, slot.source)
                yield Problem(message, line, slot.column, hint, path, rule="images")
        for key in ("image", "photo"):
            written = getattr(document.matter, key, "")
            if written and relative(path, written) not in material.images:
                message, hint = _missing(material, path, written)
                yield document.problem(key, message, hint, rule="images")
            shown = shown_images(path, material.bodies[path])
            alt = getattr(document.matter, "image_alt", "")
            if written and key == "image" and not alt and relative(path, written) not in shown:
                hint = "add a line `image_alt: …` that says what it shows"
                yield document.problem(key, "the image has no text for those who cannot see it", hint, "warning", "alt")


def _missing(material: Material, path: str, written: str) -> tuple[str, str]:
    folder = posixpath.dirname(relative(path, written))
    near = [posixpath.basename(other) for other in material.known_files if posixpath.dirname(other) == folder]
    hint = did_you_mean(posixpath.basename(written), near) or "put the file beside the article"
    return f"there is no image '{written}'", hint
