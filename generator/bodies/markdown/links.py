"""Links in Markdown: their positions, their attributes, and how their addresses are normalized."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.common import normalize_url
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline, autolink, image, link

from generator.bodies.markdown.attributes import is_class, is_id, is_language, parse_attributes
from generator.ground.text import did_you_mean

LINK_ATTRIBUTES = {"id": is_id, "class": is_class, "lang": is_language, "hreflang": is_language}

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
DANGEROUS = frozenset(("javascript", "vbscript", "file", "data", "blob"))
_KNOWN = ("http", "https", "mailto", "tel", "sms", "geo")
# Addresses that markdown-it's normalization does not change; to match this takes a tenth of its time.
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
    """Inline rule: CommonMark's addresses in angle brackets, with their positions."""
    position = state.pos
    if not autolink(state, silent):
        return False
    if not silent:
        state.tokens[-3].meta["at"] = position  # the last two tokens are the link's text and its end
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
        if braces and braces.end <= state.posMax:
            state.pos = braces.end
    if not silent:
        token = state.tokens[index]
        if token.type != kind:  # the pending text before it was pushed first
            token = state.tokens[index + 1]
        token.meta["at"] = position
        if braces:
            token.meta["attributes"] = braces.attributes
            token.meta["braces"] = after
        elif state.src[after : after + 1] == "{":
            token.meta["unreadable"] = after
    return True


def raw_address(url: str) -> str:
    """Replaces ``MarkdownIt.normalizeLink``: addresses stay as written, because paths are resolved later."""
    return url


def any_address(url: str) -> bool:
    """Replaces ``MarkdownIt.validateLink``: the writer refuses addresses, because it knows their positions."""
    return True


def scheme_of(url: str) -> str:
    """The scheme in lower case, ``//`` for an address without one on another host, else ``""``."""
    if url.startswith(("//", "\\\\", "/\\", "\\/")):
        return "//"
    found = SCHEME.match(url)
    return found.group(1).lower() if found else ""


def misspelt_scheme(scheme: str) -> str:
    """A suggestion for a scheme that is similar to a known one, else ``""``."""
    return "" if scheme in _KNOWN or scheme == "//" else did_you_mean(scheme, _KNOWN)


def external_href(url: str) -> str:
    """An address of another site, normalized as markdown-it does and escaped."""
    if _PLAIN.fullmatch(url):
        return url
    try:
        return escapeHtml(normalize_url.normalizeLink(url))
    except ValueError:  # the host is invalid
        return escapeHtml(url)


def local_target(url: str) -> str:
    """The path of the file that a link names: percent escapes decoded, except ``%23``, which would become ``#``."""
    if "%" not in url:
        return url
    return "%23".join(unquote(part) for part in url.split("%23"))
