"""Finds what looks like a note among writers but is no comment, so that it would be shown to readers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.signs import holds_any
from generator.ground.errors import Position, Severity

_OPENING = ("{>>", "{++", "{--", "{~~", "{==")
_CLOSING = ("<<}", "++}", "--}", "~~}", "==}")
SIGNS = (
    "<!",
    "< !",
    "-->",
    "]: #",
    "]:#",
    "]: <>",
    "]:<>",
    "{/*",
    "*/}",
    "#}",
    "/*",
    "<?",
    *_OPENING,
    *_CLOSING,
)
"""A text without any of these holds nothing that :func:`find_comments` finds."""

_SUSPECT = re.compile(
    r"(?P<comment>< ?! ?[-\u2010-\u2015\u2212]|<![ \t]+(?=\w)|<\?(?!xml))"
    r"|(?P<critic>" + "|".join(map(re.escape, _OPENING)) + ")"
    r"|(?P<critic_end>" + "|".join(map(re.escape, _CLOSING)) + ")"
    r"|(?P<mdx>\{/\*)|(?P<mdx_end>\*/\})"
    r"|(?P<template>\{#(?=[^{}\n]{0,1000}#\}))|^[ \t]*(?P<program>/\*)"
    r"|^[ \t]*(?P<reference>\[[^\]\n]*\]: ?(?:#|<>)(?=[ \t]|$))"
    r"|(?P<end>-->)",
    re.MULTILINE,
)
_ENDS = {"critic_end": "critic", "mdx_end": "mdx", "end": "comment"}
_SHOWN = "this is not read as a comment, so readers would see it"
_CLOSE = "begin a line of its own with <!-- and end it with -->; within a paragraph keep it free of blank lines and bars"
_CRITIC = (
    "marks of CriticMarkup would be shown to readers",
    "accept or reject the change, or write notes as <!-- … -->; put an example between backticks",
)
_MDX = (_SHOWN, "write it as <!-- … -->; put an example between backticks")
_FAULTS: dict[str, tuple[str, str, Severity]] = {
    "comment": (_SHOWN, _CLOSE, "error"),
    "critic": (*_CRITIC, "error"),
    "critic_end": (*_CRITIC, "error"),
    "mdx": (*_MDX, "error"),
    "mdx_end": (*_MDX, "error"),
    "template": (*_MDX, "error"),
    "program": (*_MDX, "error"),
    "reference": (
        _SHOWN,
        "put a blank line before it and no parenthesis in it, or write <!-- … -->",
        "error",
    ),
    "end": (
        "this looks like the end of a comment that has no beginning",
        "delete it; for an arrow write →, for an example put it between backticks",
        "warning",
    ),
}
_INDENTED = (
    "this comment is shown to readers as code, since four blanks stand before it",
    "begin it at the margin; an example goes between ``` lines",
)
NESTED = ("a comment in a comment: it ends at the first -->", "delete the inner <!-- and its -->")
ABRUPT = ("this comment ends where it begins, so what follows is shown", "write it as <!-- … -->")
_MARK_SIGNS = ("`", "\\", "<!--")  # without any of these there is nothing to blank out
_MARK = re.compile(r"\\.|`+|<!--", re.DOTALL)
_MARK_OR_LESS = re.compile(r"`+|<!--")


def find_comments(state: StateCore) -> None:
    """Core rule: reports comments that are none in running text, in titles of links, and in indented code."""
    findings: Findings = state.env["findings"]
    references: dict[str, dict[str, str]] = state.env.get("references", {})
    notes = {found["title"] for found in references.values() if found["href"] in ("#", "") and found["title"]}
    begun: set[str] = set()  # kinds of mark whose end has not been seen
    for token in state.tokens:
        if token.type == "inline":
            if holds_any(token.content, SIGNS):
                _find_in(token, begun, findings)
            _find_in_titles(token, notes, "<!--" in state.src, findings)
        elif token.type == "code_block" and "<!--" in token.content:
            place = Position((token.map[0] if token.map else 0) + 1, 1)
            findings.add("comment", place, *_INDENTED, "warning")


def _find_in(inline: Token, begun: set[str], findings: Findings) -> None:
    """Report each mark in running text, but the end of one that is reported already only once."""
    for found in _SUSPECT.finditer(_blanked(inline.content, _MARK, inline, findings)):
        kind = found.lastgroup or ""
        if kind in _ENDS and _ENDS[kind] in begun:
            begun.discard(_ENDS[kind])
            continue
        begun.add(kind)
        message, hint, severity = _FAULTS[kind]
        findings.add("comment", findings.place(inline, found.start(kind)), message, hint, severity)


def without_code(text: str, escaped: bool = False) -> str:
    """Inline *text* with code and comments blanked out, and with escaped characters unless *escaped*."""
    return _blanked(text, _MARK_OR_LESS if escaped else _MARK)


def _blanked(
    text: str, mark_of: re.Pattern[str], inline: Token | None = None, findings: Findings | None = None
) -> str:
    """*text* with what *mark_of* begins blanked out; with *findings*, comments in comments are reported."""
    if not holds_any(text, _MARK_SIGNS):
        return text
    closers: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        closers[len(run[0])].append(run.start())
    parts: list[str] = []
    at = 0
    while (mark := mark_of.search(text, at)) is not None:
        start, end = mark.span()
        if mark[0] == "<!--":
            end = text.find("-->", start + 2) + 3
            if end < 3:
                break
            fault = ABRUPT if end < start + 7 else NESTED if "<!--" in text[start + 4 : end] else None
            if fault and inline and findings:
                findings.add("comment", findings.place(inline, start), *fault)
        elif mark[0][0] == "`":
            same = closers[len(mark[0])]
            following = bisect_right(same, start)
            end = same[following] + len(mark[0]) if following < len(same) else end
        parts += [text[at:start], _blank(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else "\0" for character in text)


def _find_in_titles(inline: Token, notes: set[str], typed: bool, findings: Findings) -> None:
    """Report comments in titles of links and images, and links made of definitions that were meant as notes.

    *typed*: the text holds ``<!--`` itself, not as entities.
    """
    for child in inline.children or ():
        title = str(child.attrs.get("title", ""))
        if (typed and "<!--" in title) or (title in notes and child.attrs.get("href") in ("#", "")):
            place = findings.place(inline, child.meta.get("at", 0))
            findings.add(
                "comment", place, "a title shows this comment to readers", "take it out of the title"
            )
