"""Links: where they stand, their attributes, and what becomes of their addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.common import normalize_url
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline, autolink, image, link

from generator.markdown.attributes import is_class, is_id, is_language, parse_attributes
from generator.text import did_you_mean

LINK_ATTRIBUTES = {"id": is_id, "class": is_class, "lang": is_language, "hreflang": is_language}

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
DANGEROUS = frozenset(("javascript", "vbscript", "file", "data", "blob"))
_KNOWN = ("http", "https", "mailto", "tel", "sms", "geo")
# What stays as it is under markdown-it's normalization, which costs ten times as much.
_PLAIN = re.compile(
    r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/?=,;:@!$()*+-]*(?:#[A-Za-z0-9._~/?=-]*)?)?"
)


def placed_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: CommonMark's links, with attributes in braces after them."""
    return _placed(state, silent, "link_open")


def placed_image(state: StateInline, silent: bool) -> bool:
    """Inline rule: CommonMark's images, with attributes in braces after them."""
    return _placed(state, silent, "image")


def placed_autolink(state: StateInline, silent: bool) -> bool:
    """Inline rule: CommonMark's addresses in angle brackets."""
    position = state.pos
    if not autolink(state, silent):
        return False
    if not silent:
        state.tokens[-3].meta["at"] = position  # after it come its text and its end
    return True


def _placed(state: StateInline, silent: bool, kind: str) -> bool:
    position = state.pos
    index = len(state.tokens)
    if not (image if kind == "image" else link)(state, silent):
        return False
    after = state.pos
    braces = None
    if after < state.posMax and state.src[after] == "{":
        braces = parse_attributes(state.src, after)
        if braces and braces[1] <= state.posMax:
            state.pos = braces[1]
    if not silent:
        token = state.tokens[index]
        if token.type != kind:  # the text before it went first
            token = state.tokens[index + 1]
        token.meta["at"] = position
        if braces:
            token.meta["attributes"] = braces[0]
            token.meta["braces"] = after
        elif state.src[after : after + 1] == "{":
            token.meta["unreadable"] = after
    return True


def raw_address(url: str) -> str:
    """Stands in for ``MarkdownIt.normalizeLink``: addresses are kept as written until they are sorted."""
    return url


def any_address(url: str) -> bool:
    """Stands in for ``MarkdownIt.validateLink``: the renderer refuses, since it knows the place."""
    return True


def scheme_of(url: str) -> str:
    """The scheme in lower case, ``//`` for an address without one on another host, else ``""``."""
    if url.startswith(("//", "\\\\", "/\\", "\\/")):
        return "//"
    found = SCHEME.match(url)
    return found.group(1).lower() if found else ""


def misspelt_scheme(scheme: str) -> str:
    """A suggestion for a scheme that looks like a slip of the pen, else ``""``."""
    return "" if scheme in _KNOWN or scheme == "//" else did_you_mean(scheme, _KNOWN)


def external_href(url: str) -> str:
    """An address of another site, normalized as markdown-it does and escaped."""
    if _PLAIN.fullmatch(url):
        return url
    try:
        return escapeHtml(normalize_url.normalizeLink(url))
    except ValueError:  # hosts that are no hosts
        return escapeHtml(url)


def local_target(url: str) -> str:
    """A path as its file is named: percent escapes decoded, but for ``%23``, which would read as ``#``."""
    if "%" not in url:
        return url
    return "%23".join(unquote(part) for part in url.split("%23"))
