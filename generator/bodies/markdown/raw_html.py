"""Raw HTML: shown as text where the option is off; where it is on, passed through and checked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.unparsed_comments import ABRUPT, NESTED
from generator.ground.errors import Position

_TAG = re.compile(HTML_OPEN_CLOSE_TAG_STR.removeprefix("^"))
_FORBIDDEN = frozenset(
    (
        "applet",
        "base",
        "body",
        "embed",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "link",
        "listing",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "plaintext",
        "portal",
        "script",
        "style",
        "template",
        "textarea",
        "title",
        "xmp",
    )
)
_NAME = re.compile(r"/?([A-Za-z][\w:-]*)")
_LOADING = frozenset(("background", "data", "poster", "src", "srcset"))
_ADDRESSES = frozenset(("action", "cite", "formaction", "href")) | _LOADING
_FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]+:|[/\\]{2})", re.IGNORECASE)
_DANGEROUS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_BLANKS = re.compile(r"[\x00-\x20]")


def shown_tag(state: StateInline, silent: bool) -> bool:
    """Inline rule where raw HTML is off: makes a token of a tag's ``<``, so that it is reported; the tag stays text."""
    if state.html_terminator_last(">") < state.pos + 2 or not _TAG.match(state.src, state.pos):
        return False
    if not silent:
        token = state.push("shown_tag", "", 0)
        token.content = "<"
        token.meta["at"] = state.pos
        token.meta["closes"] = state.src[state.pos + 1] == "/"
        found = _NAME.match(state.src, state.pos + 1)
        token.meta["name"] = found[1].lower() if found else ""
    state.pos += 1
    return True


def report_shown(findings: Findings, place: Position, name: str, token: Token) -> None:
    """Warn that raw HTML is off; not for the closing tag of one that was told."""
    first = findings.once(f"<{name}>")
    if token.meta.get("closes") and not first:
        return
    findings.add(
        "html",
        place,
        "raw HTML is off, so this tag is shown to readers as text",
        "write it in Markdown, or between backticks; `markdown: {raw_html: clean}` in gatherwell.yaml leaves it out",
        "warning",
    )


def without_comments(html: str, findings: Findings, place: Position) -> str:
    """Raw HTML that begins at *place* without its comments, which are notes among writers; reports those in doubt."""
    if "<!--" not in html:
        return html
    for comment in _COMMENT.findall(html):
        if fault := ABRUPT if len(comment) < len("<!---->") else NESTED if "<!--" in comment[4:] else None:
            findings.add("comment", place, *fault)
    html = _COMMENT.sub("", html)
    if "<!--" in html:
        message, hint = (
            "this comment does not end in its block of HTML",
            "close it with --> before a blank line",
        )
        findings.add("comment", place, message, hint)
    return html


class HtmlId(NamedTuple):
    """An ``id`` in raw HTML, and the position of its tag."""

    name: str
    position: Position


class _Tags(HTMLParser):
    """Checks the start tags of one piece of raw HTML."""

    def __init__(self, findings: Findings, place: Position) -> None:
        super().__init__(convert_charrefs=True)
        self.findings, self.first = findings, place
        self.ids: list[HtmlId] = []

    def _place(self) -> Position:
        line, offset = self.getpos()
        return Position(self.first.line + line - 1, offset + (self.first.column if line == 1 else 1))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self._report(
                f"<{tag}> is not allowed in an article", "remove it; the theme holds scripts and styles"
            )
        for name, value in attrs:
            if wrong := _wrong(name, value or ""):
                self._report(*wrong)
            elif name == "id" and value:
                self.ids.append(HtmlId(value, self._place()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _report(self, message: str, hint: str) -> None:
        self.findings.add("raw-html", self._place(), message, hint)


def _wrong(name: str, value: str) -> tuple[str, str] | None:
    if name == "style":
        return "'style' attributes are not allowed", 'use a class of the theme: class="wide"'
    if name.startswith("on"):
        return f"'{name}' runs a script, which is not allowed", "remove the attribute"
    if name == "srcdoc":
        return "'srcdoc' is not allowed", "remove the attribute"
    if name not in _ADDRESSES:
        return None
    address = _BLANKS.sub("", value)
    if _DANGEROUS.match(address):
        return f"'{name}' may not hold a script", "use an address that begins with https:"
    if name in _LOADING and any(_FOREIGN.match(_BLANKS.sub("", part)) for part in value.split(",")):
        return f"'{name}' loads from another origin, which is not allowed", "put the file beside the article"
    if address and address[0] != "#" and not _FOREIGN.match(address):
        return (
            f"a path in '{name}' is not followed in raw HTML",
            "write it in Markdown: [text](path), ![text](path)",
        )
    return None


def inspect(html: str, findings: Findings, place: Position) -> list[HtmlId]:
    """Report forbidden tags, attributes and addresses in raw HTML that begins at *place*; returns its ids."""
    tags = _Tags(findings, place)
    try:
        tags.feed(html)
        tags.close()
    except (AssertionError, ValueError):  # the standard parser raises these for malformed declarations
        findings.add("raw-html", place, "this HTML cannot be read", "check its tags and quotes")
    return tags.ids
