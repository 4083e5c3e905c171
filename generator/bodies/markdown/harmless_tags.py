"""HTML tags that are always read: those of running text, without attributes, that open and close within one block."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

NAMES = ("sub", "sup", "kbd", "abbr", "mark", "small", "b", "i", "em", "strong", "u", "s")
_TAG = re.compile(rf"<(/?)(?:({'|'.join(NAMES)})|(br))[ ]*(/?)>", re.IGNORECASE)


def harmless_tag(state: StateInline, silent: bool) -> bool:
    """Inline rule: makes a token of such a tag; :func:`pair_tags` decides whether it is read."""
    found = _TAG.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    closing, name, line_break, slash = found.groups()
    if (line_break and closing) or (name and slash):
        return False
    if not silent:
        token = state.push("line_break" if line_break else "shown_tag", "", 0)
        token.content, token.meta["at"] = found[0], state.pos
        if name:
            token.meta["tag"] = name.lower()
            token.meta["closes"] = bool(closing)
    state.pos = found.end()
    return True


def pair_tags(state: StateCore) -> None:
    """Core rule: tags with a partner in the same text, nested as HTML must be, are written; others stay text."""
    for token in state.tokens:
        if token.type == "inline" and "<" in token.content and token.children:
            _pair(token.children)


def _pair(children: list[Token]) -> None:
    open_tags: list[list[Token]] = [[]]  # one list for each pair of other tokens (emphasis, links) around
    for child in children:
        name = child.meta.get("tag") if child.type == "shown_tag" else None
        if child.nesting == 1:
            open_tags.append([])
        elif child.nesting == -1 and len(open_tags) > 1:
            open_tags.pop()
        elif name and not child.meta["closes"]:
            open_tags[-1].append(child)
        elif name:
            level = open_tags[-1]
            at = next((i for i in range(len(level) - 1, -1, -1) if level[i].meta["tag"] == name), -1)
            if at >= 0:
                level[at].type = child.type = "harmless_tag"
                level[at].content, child.content = f"<{name}>", f"</{name}>"
                del level[at:]
