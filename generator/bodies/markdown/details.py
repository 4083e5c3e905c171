"""``<details>`` and ``<summary>`` on lines of their own, as GitHub reads them: a text that opens on demand."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings, block_place
from generator.ground.errors import Position

SIGNS = ("<details", "</details", "<DETAILS", "</DETAILS", "<Details", "</Details")
_OPENING = re.compile(
    r"<details(?P<open>\s+open(?:=(?:\"(?:open)?\"|'(?:open)?'|open))?)?\s*>\s*(?P<rest>.*)", re.I
)
_SUMMARY = re.compile(r"<summary\s*>(?P<text>.*?)</summary\s*>\s*(?P<rest>.*)", re.I)
_CLOSING = re.compile(r"</details\s*>", re.I)
_FRAMES = {"list_item": 1, "blockquote": 1, "dd": 1, "footnote_reference": 1, "directive": 1}


def details_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: the line that opens or closes such a text; :func:`pair_details` pairs them."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start + 1 : start + 9].lower() not in (
        "details>",
        "details ",
        "/details",
    ) or state.is_code_block(start_line):
        return False
    line = state.src[start : state.eMarks[start_line]].strip()
    place = block_place(state, start_line, start)
    if _CLOSING.fullmatch(line):
        if not silent:
            _push(state, "details_close", start_line, place)
            state.line = start_line + 1
        return True
    opening = _OPENING.fullmatch(line)
    found = _summary(state, opening["rest"], start_line, end_line) if opening else None
    if opening is None or found is None:
        return False
    if not silent:
        summary, last = found
        token = _push(state, "details_open", start_line, place)
        token.meta["open"] = bool(opening["open"])
        _inline(state, summary["text"], last)
        _rest(state, summary["rest"], last, place)
        state.line = last + 1
    return True


def _summary(state: StateBlock, rest: str, line: int, end_line: int) -> tuple[re.Match[str], int] | None:
    """The summary behind the opening tag or on the next line that is not empty, and its line."""
    while not rest and line + 1 < end_line:
        line += 1
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return None
        rest = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    found = _SUMMARY.fullmatch(rest)
    return (found, line) if found and found["text"].strip() else None


def _rest(state: StateBlock, rest: str, line: int, place: Position) -> None:
    """What stands behind the summary on its line: a paragraph, and perhaps the closing tag."""
    closing = _CLOSING.search(rest)
    text = rest[: closing.start()] if closing and closing.end() == len(rest) else rest
    if text.strip():
        state.push("paragraph_open", "p", 1).map = [line, line + 1]
        _inline(state, text.strip(), line)
        state.push("paragraph_close", "p", -1)
    if text is not rest:
        _push(state, "details_close", line, place)


def _push(state: StateBlock, kind: str, line: int, place: Position) -> Token:
    token = state.push(kind, "", 0)
    token.map = [line, line + 1]
    token.meta["place"] = place
    return token


def _inline(state: StateBlock, text: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text.strip(), [line, line + 1], []


def pair_details(state: StateCore) -> None:
    """Core rule: each text ends within its list item, quote or directive, so that HTML nests; runs before indexes of
    tokens are noted.
    """
    findings: Findings = state.env["findings"]
    frames: list[list[Token]] = [[]]
    paired: list[Token] = []
    for token in state.tokens:
        name, _, side = token.type.rpartition("_")
        if token.type == "details_open":
            frames[-1].append(token)
        elif token.type == "details_close":
            if not frames[-1]:
                findings.add("html", token.meta["place"], "this closes no <details>", "remove it", "warning")
                continue
            frames[-1].pop()
        elif name in _FRAMES and side == "open":
            frames.append([])
        elif name in _FRAMES and side == "close" and len(frames) > 1:
            paired += _abandoned(frames.pop(), findings)
        paired.append(token)
    while frames:
        paired += _abandoned(frames.pop(), findings)
    state.tokens[:] = paired


def _abandoned(frame: list[Token], findings: Findings) -> list[Token]:
    """A closing token for each text of *frame*, which is reported."""
    closing = []
    for token in frame:
        hint = "write </details> on a line of its own"
        findings.add("html", token.meta["place"], "this <details> is never closed", hint, "warning")
        closing.append(Token("details_close", "", 0))
    return closing
