"""Finds signs of numbers that Markdown takes away: the stars of ``2*5 mg``, the sign before ``> 140`` on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.unparsed_comments import without_code
from generator.ground.errors import Position

SIGNS = ("*", "\n>", "\n >", "\n  >", "\n   >")
"""A text without any of these holds nothing that :func:`find_lost_signs` finds."""

_EMPHASIS = frozenset(("em_open", "em_close", "strong_open", "strong_close"))
_STAR = re.compile(r"(?<=\d)\*{1,3}(?=\d)")
_MORE_THAN = re.compile(r" {0,3}>[ \t]*\d")
_TIMES = (
    "the star between two numbers becomes emphasis, so readers would see 25 for 2*5",
    "write × for times, or \\* for the star",
)
_QUOTE = (
    "this line becomes a quote, and its > is lost",
    "write \\> for more than, or put a blank line above a quote",
)


def find_lost_signs(state: StateCore) -> None:
    """Core rule: reports emphasis that begins or ends between two digits, and a number after ``>`` right below a paragraph."""
    findings: Findings = state.env["findings"]
    lines: list[str] | None = None
    above = -1  # the line after the last paragraph
    for token in state.tokens:
        if token.type == "inline":
            if "*" in token.content and token.children and _between_digits(token.children):
                found = _STAR.search(without_code(token.content))
                place = findings.place(token, found.start() if found else 0)
                findings.add("numbers", place, *_TIMES)
        elif token.type == "paragraph_open" and token.map:
            above = token.map[1]
        elif token.type == "blockquote_open" and token.map and token.map[0] == above:
            lines = lines or state.src.split("\n")
            if _MORE_THAN.match(lines[above]):
                findings.add("numbers", Position(above + 1, 1), *_QUOTE, "warning")


def _between_digits(children: Sequence[Token]) -> bool:
    for at in range(1, len(children) - 1):
        mark = children[at]
        if mark.type in _EMPHASIS and mark.markup[:1] == "*":
            before, after = children[at - 1], children[at + 1]
            if (
                before.content[-1:].isdigit()
                and after.content[:1].isdigit()
                and before.type == after.type == "text"
            ):
                return True
    return False
