"""Headings: the ids that writers give them, and ids made from their text, unique within the body."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

from generator.markdown.attributes import is_class, is_id, is_language, parse_attributes
from generator.markdown.findings import Findings, Place
from generator.text import slugify

HEADING_ATTRIBUTES = {"id": is_id, "class": is_class, "lang": is_language}

# What every article's page has below its body; texts may link there.
PAGE_IDS = frozenset({"comments", "reactions"})
# These, the ids of citations and of the notes that they lead to, and those of the theme.
_RESERVED = re.compile(r"(?:cite|ref)-\d+(?:-\d+)?|comments|reactions|page-.+")
_BRACES = re.compile(r"(?:^|[ \t])(\{(?=[#.]|[a-z]+=)[^{}\n]*\})$")


def heading_attributes(state: StateCore) -> None:
    """Core rule: takes ``{#id .class}`` off the end of headings before their text is parsed."""
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
            token.meta["attributes"] = parsed[0]
            findings: Findings = state.env["findings"]
            token.meta["place"] = findings.place(inline, braces.start(1))
            inline.content = inline.content[: braces.start()].rstrip()


class Anchors:
    """Every id of a body: explicit ones are claimed as they come, automatic ones made at the end."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._lines: dict[str, int] = {}
        self._next: dict[str, int] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def claim(self, name: str, place: Place) -> None:
        """Take an id that the writer gave; a second one of the same name is a problem."""
        if _RESERVED.fullmatch(name):
            self._findings.add(
                "anchor", place, f"the id '{name}' is kept for the page itself", "choose another id"
            )
        elif name in self._lines:
            self._findings.add(
                "anchor",
                place,
                f"the id '{name}' is used twice",
                f"it stands first on line {self._lines[name]}; choose another one here",
            )
        else:
            self._lines[name] = place[0]

    def make(self, text: str, line: int) -> str:
        """A free id for a heading: from its text, with ``-2``, ``-3`` … where that is taken."""
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
