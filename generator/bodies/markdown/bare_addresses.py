"""Bare addresses as GitHub links them (GFM, "Autolinks (extension)"), for sites whose settings ask for it."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

STARTS = "hHwW@"
SIGNS = ("://", "www.", "@")
_ADDRESS = re.compile(r"(?:https?://|www\.)([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)[^\s<]*", re.IGNORECASE)
_LOCAL_PART = re.compile(r"[A-Za-z0-9.+_-]+\Z")
_MAIL_HOST = re.compile(r"@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_BEFORE = "*_~("
_PUNCTUATION = "?!.,:*_~'\""
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")


def bare_address(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``https://…``, ``www.…`` and e-mail addresses become links."""
    if state.linkLevel > 0:
        return False
    if state.src[state.pos] == "@":
        return _mail(state, silent)
    before = state.src[state.pos - 1] if state.pos else " "
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    if found is None or not (before.isspace() or before in _BEFORE) or not _is_host(found[1]):
        return False
    text = _without_end(_before_bracket(found[0]))
    if len(text) < found.end(1) - found.start():  # nothing of the host belongs to the sentence
        return False
    if not silent:
        href = text if text[0] in "hH" else f"http://{text}"
        _push(state, href, text, state.pos)
    state.pos += len(text)
    return True


def _mail(state: StateInline, silent: bool) -> bool:
    name = _LOCAL_PART.search(state.pending)
    found = _MAIL_HOST.match(state.src, state.pos, state.posMax)
    if name is None or found is None or state.src[state.pos - len(name[0]) - 1 : state.pos].startswith("_"):
        return False  # an underscore before the name may be emphasis: better no link than one to half a name
    host = found[0].rstrip(".")
    if host[-1] in "-_":
        return False
    if not silent:
        state.pending = state.pending[: name.start()]
        _push(state, f"mailto:{name[0]}{host}", name[0] + host, state.pos - len(name[0]))
    state.pos += len(host)
    return True


def _is_host(host: str) -> bool:
    """A host with a dot, and without underscores in its last two parts."""
    parts = host.split(".")
    return len(parts) > 1 and "_" not in "".join(parts[-2:])


def _before_bracket(text: str) -> str:
    """*text* before a closing bracket that it does not open: the address stands in the text of a link."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return text[:index]
    return text


def _without_end(text: str) -> str:
    """*text* without what belongs to the sentence around it: punctuation, an entity, a bracket that it does not open."""
    while text:
        if text[-1] in _PUNCTUATION or (text[-1] == ")" and text.count(")") > text.count("(")):
            text = text[:-1]
        elif entity := _ENTITY.search(text):
            text = text[: entity.start()]
        else:
            break
    return text


def _push(state: StateInline, href: str, text: str, at: int) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "autolink", "auto"
    opening.meta["at"] = at
    state.push("text", "", 0).content = text
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
