"""Headings: ids that writers give them, and ids made of their text, unique within the body."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

from generator.bodies.markdown.attributes import is_class, is_id, is_language, parse_attributes
from generator.bodies.markdown.findings import Findings
from generator.ground.errors import Position
from generator.ground.text import slugify

HEADING_ATTRIBUTES = {"id": is_id, "class": is_class, "lang": is_language}

# Ids that writers cannot use: those of the page, of citations and their notes, and of the theme.
_RESERVED = re.compile(r"(?:cite|ref)-\d+(?:-\d+)?|comments|reactions|page-.+")
_BRACES = re.compile(r"(?:^|[ \t])(\{(?=[#.]|[a-z]+=)[^{}\n]*\})$")


def heading_attributes(state: StateCore) -> None:
    """Core rule: removes ``{#id .class}`` from the end of headings before their text is parsed."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        inline = tokens[index + 1]
        if not inline.content.endswith("}"):
            continue
        braces = _BRACES.search(inline.content)
        parsed = parse_attributes(inline.content, braces.start(1)) if braces else None
        if braces and parsed:
            token.meta["attributes"] = parsed.attributes
            findings: Findings = state.env["findings"]
            token.meta["place"] = findings.place(inline, braces.start(1))
            inline.content = inline.content[: braces.start()].rstrip()


class Anchors:
    """All ids of a body: explicit ones are claimed while it is written, those of other headings made at the end."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._lines: dict[str, int] = {}
        self._next: dict[str, int] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def claim(self, name: str, place: Position) -> None:
        """Reserve an id that the writer gave; reports it where it is used already or reserved for the page."""
        if _RESERVED.fullmatch(name):
            self._findings.add(
                "anchor", place, f"the id '{name}' is reserved for the page itself", "choose another id"
            )
        elif name in self._lines:
            self._findings.add(
                "anchor",
                place,
                f"the id '{name}' is used twice",
                f"it is first used on line {self._lines[name]}; choose another one here",
            )
        else:
            self._lines[name] = place.line

    def make(self, text: str, line: int) -> str:
        """A free id for a heading, made of its text; with ``-2``, ``-3`` … where that is used already."""
        base = slugify(text) or "section"
        if _RESERVED.fullmatch(base):
            base = f"section-{base}"
        name = base
        while name in self._lines:
            number = self._next.get(base, 2)
            self._next[base] = number + 1
            name = f"{base}-{number}"
        self._lines[name] = line
        return name
