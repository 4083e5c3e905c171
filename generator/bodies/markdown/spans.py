"""Writes each kind of inline token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.bodies.markdown.attributes import Attributes, Check, checked
from generator.bodies.markdown.directives.syntax import call_of
from generator.bodies.markdown.images import IMAGE_ATTRIBUTES, image_slot
from generator.bodies.markdown.links import (
    DANGEROUS,
    LINK_ATTRIBUTES,
    external_href,
    local_target,
    misspelt_scheme,
    scheme_of,
)
from generator.bodies.markdown.prose import TAG_MARK, without_tags
from generator.bodies.markdown.raw_html import inspect, report_shown
from generator.bodies.markdown.writer import BodyWriter, WriteInline
from generator.ground.errors import Position
from generator.ground.model import LinkSlot

FIXED_SPANS: dict[str, str] = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
}
"""Inline tokens that are always written in the same way."""


def _text(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.prose.append(token.content)
    writer.out.append(escapeHtml(token.content))


def _code(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.prose.append(token.content)
    writer.out.append(f"<code>{escapeHtml(token.content)}</code>")


def _hard_break(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.prose.append("\n")
    writer.out.append("<br>\n")


def _shown_tag(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    report_shown(
        writer.findings, writer.place(token), token.meta.get("name") or token.meta.get("tag", ""), token
    )
    # Readers see the tag; descriptions, feeds and search do not.
    writer.prose.append(TAG_MARK if token.content == "<" else "")
    writer.tags_shown = True
    writer.out.append(escapeHtml(token.content))


def _dropped_tag(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    """Writes nothing: the tag was reported when it was left out."""


def _harmless_tag(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.out.append(token.content)


def _line_break(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.prose.append("\n")
    writer.out.append("<br>")


def _html(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    # The parser keeps no position of raw tags, so the first line of the text around the tag is reported.
    place = Position(writer.parent.map[0] + 1 if writer.parent.map else 1, 1)
    for name, where in inspect(token.content, writer.findings, place):
        writer.anchors.claim(name, where)
    writer.out.append(token.content)


def _link(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    href = str(token.attrs.get("href", ""))
    place = writer.place(token)
    address = None if writer.refuse("a link", token) else _address(writer, href, place)
    values = _values(writer, token, LINK_ATTRIBUTES, "a link")
    writer.open_links.append("" if address is None else "</a>")
    if address is None:
        return
    title = f' title="{escapeHtml(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    more = "".join(f' {name}="{value}"' for name, value in values.items())
    writer.out.append(f'<a href="{address}"{title}{more}>')


def _address(writer: BodyWriter, href: str, place: Position) -> str | None:
    """The escaped address of a link, or the mark of its slot; None where the link is refused."""
    scheme = scheme_of(href)
    add = writer.findings.add
    if not scheme:
        if href.startswith("#"):
            fragment = local_target(href[1:])
            if fragment and fragment != "top":
                writer.link_within(fragment, place)
            return external_href(href)
        if not href:
            hint = "write a path or an address between the parentheses"
            add("link", place, "this link leads nowhere", hint)
            return None
        return writer.slot(LinkSlot(local_target(href), *place))
    if scheme in DANGEROUS:
        add(
            "link",
            place,
            f"links of the kind '{scheme}:' are not allowed",
            "link to a page: https://… or a file",
        )
        return None
    if near := misspelt_scheme(scheme):
        add("link", place, f"links of the kind '{scheme}:' are not known", near)
    return external_href(href)


def _link_end(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    writer.out.append(writer.open_links.pop())


def _values(writer: BodyWriter, token: Token, allowed: Mapping[str, Check], owner: str) -> dict[str, str]:
    """The valid attributes of a link or an image; an explicit id is claimed."""
    attributes: Attributes = token.meta.get("attributes", ())
    if "unreadable" in token.meta:
        hint = 'attributes look like {#id .class key=value key="two words"}; a space before { makes it text'
        place = writer.place(token, "unreadable")
        writer.findings.add("attribute", place, f"the braces after {owner} cannot be read", hint)
    if not attributes:
        return {}
    place = writer.place(token, "braces")
    values = checked(attributes, allowed, owner, place, writer.findings)
    if "id" in values:
        writer.anchors.claim(values["id"], place)
    return values


def _image(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    alt = alt_text(token.children or ())
    if writer.refuse("an image", token, in_links=True):
        writer.out.append(escapeHtml(alt))
        return
    place = writer.place(token)
    values = _values(writer, token, IMAGE_ATTRIBUTES, "an image")
    source, title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
    slot = image_slot(source, alt, title, values, place, writer.findings)
    writer.out.append(writer.slot(slot) if slot else escapeHtml(alt))


_SILENT = frozenset(("citation", "harmless_tag", "line_break", "dropped_tag"))


def alt_text(children: Sequence[Token]) -> str:
    """The plain text of an image's description, as CommonMark defines it."""
    parts: list[str] = []
    for child in children:
        if child.type == "image":
            parts.append(alt_text(child.children or ()))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "shown_tag":
            parts.append(TAG_MARK if child.content == "<" else "")
        elif child.type not in _SILENT:
            parts.append(child.content)
    return without_tags("".join(parts))


def _citation(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    if not writer.refuse("a citation", token):
        writer.out.append(writer.mentions.mention(token.content, writer.place(token)))


def _inline_note(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    inner = until_close(siblings, "inline_note_open", "inline_note_close")
    if not writer.refuse("a note", token):
        place = writer.place(token)
        writer.out.append(writer.mentions.inline(inner, writer.parent, place, writer.definitions))


def _text_directive(writer: BodyWriter, token: Token, siblings: Iterator[Token]) -> None:
    inner = until_close(siblings, "text_directive_open", "text_directive_close")
    call = call_of(token, writer.place(token), writer.place(token, "braces"), writer.findings)
    call.label = Token("inline", "", 0, map=writer.parent.map, content=writer.parent.content, children=inner)
    if writer.refuse(f"a {call.name}", token):
        writer.spans(iter(inner))
    elif call.directive:
        call.directive.write(writer, call)


def until_close(siblings: Iterator[Token], opening: str, closing: str) -> list[Token]:
    """The tokens up to the closing token that belongs to an opening one, which was taken already."""
    taken: list[Token] = []
    depth = 1
    for token in siblings:
        if token.type == opening:
            depth += 1
        elif token.type == closing:
            depth -= 1
            if not depth:
                break
        taken.append(token)
    return taken


SPANS: dict[str, WriteInline] = {
    "text_special": _text,
    "code_inline": _code,
    "hardbreak": _hard_break,
    "shown_tag": _shown_tag,
    "dropped_tag": _dropped_tag,
    "harmless_tag": _harmless_tag,
    "line_break": _line_break,
    "html_inline": _html,
    "link_open": _link,
    "link_close": _link_end,
    "image": _image,
    "citation": _citation,
    "inline_note_open": _inline_note,
    "text_directive_open": _text_directive,
}
