"""Finds links and images that are none because a blank stands where none may, so that readers would see their source."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.signs import holds_any
from generator.bodies.markdown.unparsed_comments import without_code
from generator.ground.errors import Position

SIGNS = ("](", "] (")
"""A text without any of these holds nothing that :func:`find_unparsed_links` finds."""

_LABEL = r"(?P<image>!?)\[(?P<label>[^\[\]\n]{0,500})\]"
# An address with a blank in it: one that begins or ends as paths and addresses do.
_BLANK = re.compile(
    _LABEL
    + r"\([ \t]*(?P<target>(?![<\"'])[^()<>\"'\s][^()<>\"'\n]{0,500}?)(?P<title>[ \t]+\"[^\"\n]{0,300}\")?[ \t]*\)"
)
_APART = re.compile(
    _LABEL + r"[ \t]+\((?P<target>(?:https?://|mailto:)[^()\s]+|[^()\s]+\.(?:md|markdown)(?:#[^()\s]*)?)\)"
)
# What both patterns hold: they are tried only where this is found, since most links are whole.
_SUSPECT = re.compile(r"\](?:\([ \t]*[^()<>\"'\s][^()<>\"'\n \t]*[ \t]+[^()<>\"'\n \t]|[ \t]+\()")
_LIKE_A_PATH = re.compile(r"\S*[/:#]|.*\.[A-Za-z0-9]{1,8}(?:[?#].*)?$")
_SHOWN = "this is no {}, so readers would see it as it is written: "


def find_unparsed_links(state: StateCore) -> None:
    """Core rule: reports ``[text](my file.md)`` and ``[text] (file.md)``."""
    findings: Findings = state.env["findings"]
    for token in state.tokens:
        if token.type != "inline" or not holds_any(token.content, SIGNS):
            continue
        if not _SUSPECT.search(token.content):
            continue
        if not any(_is_unparsed(found) for found in _BLANK.finditer(token.content)) and not _APART.search(
            token.content
        ):
            continue
        text = without_code(token.content)
        for found in _BLANK.finditer(text):
            if _is_unparsed(found):
                target = found["target"].rstrip()
                message = f"a blank in '{target}'"
                remedy = f"write {found['image']}[{found['label']}](<{target}>{found['title'] or ''})"
                _report(findings, findings.place(token, found.start()), found, message, remedy)
        for found in _APART.finditer(text):
            remedy = f"write {found['image']}[{found['label']}]({found['target']})"
            _report(
                findings,
                findings.place(token, found.start()),
                found,
                "a blank before the parenthesis",
                remedy,
            )


def _is_unparsed(found: re.Match[str]) -> bool:
    target = found["target"].rstrip()
    return (" " in target or "\t" in target) and _LIKE_A_PATH.match(target) is not None


def _report(findings: Findings, place: Position, found: re.Match[str], message: str, remedy: str) -> None:
    kind, rule = ("image", "images") if found["image"] else ("link", "links")
    findings.add(rule, place, _SHOWN.format(kind) + message, remedy)
