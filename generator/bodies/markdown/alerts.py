"""Alerts as GitHub and Obsidian write them, ``> [!NOTE]``: they become notes, tips and warnings."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.directives.form import Call
from generator.bodies.markdown.findings import Findings
from generator.ground.errors import Position
from generator.ground.text import did_you_mean

KINDS: dict[str, str] = {
    **dict.fromkeys(("note", "important", "info", "abstract", "summary", "tldr", "todo", "example"), "note"),
    **dict.fromkeys(("question", "help", "faq", "success", "check", "done", "quote", "cite"), "note"),
    **dict.fromkeys(("tip", "hint"), "tip"),
    **dict.fromkeys(
        ("warning", "caution", "attention", "danger", "error", "failure", "fail", "bug"), "warning"
    ),
}
"""The directive that each kind of alert becomes."""

_MARK = re.compile(r"\[!([A-Za-z][\w-]*)\][-+]?[ \t]*(.*)")


def alerts(state: StateCore) -> None:
    """Core rule: makes an alert of each quote whose first line begins with ``[!KIND]``."""
    tokens = state.tokens
    made: list[Token] = []
    open_quotes: list[Token | None] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        made.append(token)
        index += 1
        if token.type == "blockquote_close" and open_quotes.pop():
            token.type = "alert_close"
        if token.type != "blockquote_open":
            continue
        label = _take_mark(token, tokens[index : index + 2], state.env["findings"])
        open_quotes.append(token if token.type == "alert_open" else None)
        if label:
            made.append(label)
        if token.type == "alert_open" and not tokens[index + 1].content:
            index += 3  # the paragraph held the mark alone
    state.tokens[:] = made


def _take_mark(quote: Token, following: list[Token], findings: Findings) -> Token | None:
    """Make *quote* an alert where its first paragraph begins with a mark, which is cut off; returns its title, if any."""
    if len(following) < 2 or following[0].type != "paragraph_open":
        return None
    inline = following[1]
    first, _, rest = inline.content.partition("\n")
    mark = _MARK.match(first)
    if mark is None or (mark[2] and mark[2][0] in "([:"):
        return None
    kind = KINDS.get(mark[1].lower())
    if kind is None:
        hint = did_you_mean(mark[1], KINDS) or "known are NOTE, TIP, IMPORTANT, WARNING and CAUTION"
        place = findings.place(inline, 0)
        findings.add("foreign", place, f"'[!{mark[1]}]' is no alert that is known here", hint, "warning")
        return None
    start = inline.map[0] if inline.map else 0
    call = Call(kind, "container", Position(start + 1, 1))
    quote.type = "alert_open"
    quote.meta["call"] = call
    inline.content, inline.map = rest, [start + 1, inline.map[1] if inline.map else start + 1]
    if mark[2]:
        call.label = Token("inline", "", 0, map=[start, start + 1], content=mark[2].rstrip(), children=[])
    return call.label
