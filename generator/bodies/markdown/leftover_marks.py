"""Finds marks that were meant for Markdown and that readers would see: ``[a][b]`` of no definition, ``**`` that closes nothing."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.signs import holds_any
from generator.bodies.markdown.unparsed_comments import without_code
from generator.ground.errors import Position

SIGNS = ("][", "**", "##", "---")
"""A text without any of these holds nothing that :func:`find_leftover_marks` finds."""

_REFERENCE = re.compile(r"\[[^\[\]\n]{1,300}\]\[(?P<label>[^\[\]\n^]{1,200})\](?![(\[])")
_STARS = re.compile(r"\*\*")
_HEADING = re.compile(r"#{2,6}[^\s#]")
_KEY = re.compile(r"[A-Za-z_]+:(?:\s|$)")
_SEEN = "so readers would see it as it is written"


def find_leftover_marks(state: StateCore) -> None:
    """Core rule: reports links to definitions that are not there, stars that are no emphasis, headings without a blank,
    and a second front matter. Each once in a paragraph.
    """
    findings: Findings = state.env["findings"]
    tokens = state.tokens
    if (
        len(tokens) > 2
        and tokens[0].type == "hr"
        and tokens[1].markup == "-"
        and _KEY.match(tokens[2].content)
    ):
        line = (tokens[0].map[0] if tokens[0].map else 0) + 1
        message = "a second front matter, which readers would see as a heading"
        findings.add("front-matter", Position(line, 1), message, "keep one; is this two files in one?")
    for token in tokens:
        if token.type == "inline" and holds_any(token.content, SIGNS):
            _find_in(token, findings)


def _find_in(inline: Token, findings: Findings) -> None:
    shown = "".join(child.content for child in inline.children or () if child.type == "text")
    if "][" in shown and (found := _REFERENCE.search(without_code(inline.content))):
        message = f"nothing is defined as [{found['label']}], {_SEEN}"
        hint = f"write `[{found['label']}]: address` below, or [text](address)"
        findings.add("links", findings.place(inline, found.start()), message, hint, "warning")
    if shown.count("**") > 1 and (found := _STARS.search(without_code(inline.content))):
        hint = "put no blank right inside of the stars; beside 。，（ and their kin put these signs outside of the stars"
        message = f"a ** in this paragraph is no emphasis, {_SEEN}"
        findings.add("emphasis", findings.place(inline, found.start()), message, hint, "warning")
    if _HEADING.match(inline.content) and shown.startswith("##"):
        message = f"this is no heading, {_SEEN}"
        findings.add("heading", findings.place(inline, 0), message, "put a blank behind the #", "warning")
