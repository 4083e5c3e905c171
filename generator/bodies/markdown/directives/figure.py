"""``:::figure`` around an image and its caption, or ``::figure[caption]{src=… alt=…}``."""

from __future__ import annotations

from markdown_it.token import Token

from generator.bodies.markdown.attributes import is_text
from generator.bodies.markdown.directives.form import Call, Directive, opening
from generator.bodies.markdown.directives.note import claim_id
from generator.bodies.markdown.images import IMAGE_ATTRIBUTES, image_slot
from generator.bodies.markdown.writer import BodyWriter

_BOX = ("id", "class", "lang")


def _write(writer: BodyWriter, call: Call) -> None:
    claim_id(writer, call)
    writer.out.append(opening("figure", "figure", call.values))
    if call.form == "leaf":
        _write_leaf(writer, call)
    else:
        _write_container(writer, call)
    writer.out.append("</figure>\n")


def _write_leaf(writer: BodyWriter, call: Call) -> None:
    values = {name: value for name, value in call.values.items() if name not in _BOX}
    slot = image_slot(values.get("src", ""), values.get("alt", ""), "", values, call.place, writer.findings)
    if slot:
        writer.out.append(writer.slot(slot) + "\n")
    if call.label:
        writer.out.append("<figcaption>")
        writer.inline(call.label)
        writer.out.append("</figcaption>\n")


def _write_container(writer: BodyWriter, call: Call) -> None:
    if call.label or set(call.values) - set(_BOX):
        hint = "write ::figure[caption]{src=… alt=…} alone, or the image and its caption inside"
        writer.findings.add(
            "directive", call.place, "':::figure' takes no label, source or description", hint
        )
    first = writer.tokens[call.start + 1] if call.start + 1 < call.end else None
    children = first.children if first and first.type == "inline" and first.children else []
    count = _leading_images(children)
    if first is None or not count:
        message = "a figure begins with an image"
        writer.findings.add(
            "directive", call.place, message, "write ![what it shows](file.svg), then the caption"
        )
        writer.blocks(call.start, call.end)
        return
    writer.parent = first
    for image in children[:count]:
        if image.type == "image":
            writer.spans(iter((image,)))
            writer.out.append("\n")
    rest = children[count:]
    after = call.start + 3
    if rest or after < call.end:
        _write_caption(writer, first, rest, after, call.end)


def _write_caption(writer: BodyWriter, first: Token, rest: list[Token], start: int, end: int) -> None:
    """Write the text after the image as caption: the content of a single paragraph, or else blocks."""
    tokens = writer.tokens
    writer.out.append("<figcaption>")
    if rest:
        writer.parent = first
        if start < end:
            writer.out.append("<p>")
        writer.spans(iter(rest))
        writer.prose.append("\n")
        if start < end:
            writer.out.append("</p>\n")
            writer.blocks(start, end)
    elif end - start == 3 and tokens[start].type == "paragraph_open":
        writer.inline(tokens[start + 1])
    else:
        writer.out.append("\n")
        writer.blocks(start, end)
    writer.out.append("</figcaption>\n")


def _leading_images(children: list[Token]) -> int:
    """The number of tokens at the beginning that are images or white space around them; 0 without an image."""
    count = 0
    seen = False
    for child in children:
        blank = child.type == "softbreak" or (child.type == "text" and not child.content.strip())
        if child.type == "image":
            seen = True
        elif not blank:
            break
        count += 1
    return count if seen else 0


FIGURE = Directive(
    "figure",
    ("container", "leaf"),
    _write,
    {**IMAGE_ATTRIBUTES, "src": is_text, "alt": is_text},
    "optional",
)
