"""Images in Markdown: their attributes, their description, and which sources are allowed."""

from __future__ import annotations

from collections.abc import Mapping

from generator.bodies.markdown.attributes import (
    Check,
    is_class,
    is_flag,
    is_id,
    is_language,
    is_set,
    one_of,
    whole_number,
)
from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.links import local_target, scheme_of
from generator.ground.errors import Position
from generator.ground.model import ImageSlot

IMAGE_ATTRIBUTES: dict[str, Check] = {
    "id": is_id,
    "class": is_class,
    "width": whole_number(1),
    "height": whole_number(1),
    "loading": one_of("lazy", "eager"),
    "lang": is_language,
    "decorative": is_flag,
}


def image_slot(
    source: str, alt: str, title: str, values: Mapping[str, str], place: Position, findings: Findings
) -> ImageSlot | None:
    """The slot of an image beside the article; None where *source* is empty or on another site, which is reported."""
    if scheme_of(source):
        message = "images from other sites are not allowed: those sites would learn of each reader's visit"
        findings.add("image", place, message, "put the file beside the article and write its name")
        return None
    if not source:
        findings.add("image", place, "this image has no file", "write its path between the parentheses")
        return None
    decorative = is_set(values, "decorative")
    if decorative and alt.strip():
        message = "an image cannot be decorative and have a description"
        findings.add("alt", place, message, "remove the description or the word 'decorative'")
    elif not decorative and not alt.strip():
        hint = "describe it for those who cannot see it: ![what it shows](file); or add {decorative}"
        findings.add("alt", place, "this image has no description", hint)
    attributes = tuple(
        (name, values[name]) for name in IMAGE_ATTRIBUTES if name in values and name != "decorative"
    )
    line, column = place
    return ImageSlot(local_target(source), alt, line, column, title, decorative, attributes)
