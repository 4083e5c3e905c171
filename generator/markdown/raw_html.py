"""Raw HTML: shown as text where it is off, passed through but looked at where it is on."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR
from markdown_it.rules_inline import StateInline

from generator.markdown.findings import Findings, Place

_TAG = re.compile(HTML_OPEN_CLOSE_TAG_STR.removeprefix("^"))
_FORBIDDEN = frozenset(
    (
        "applet",
        "base",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "link",
        "meta",
        "object",
        "portal",
        "script",
        "style",
    )
)
_LOADING = frozenset(("background", "data", "poster", "src", "srcset"))
_ADDRESSES = frozenset(("action", "cite", "formaction", "href")) | _LOADING
_FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]+:|[/\\]{2})", re.IGNORECASE)
_DANGEROUS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20]")


def shown_tag(state: StateInline, silent: bool) -> bool:
    """Inline rule where raw HTML is off: marks where a tag begins; the tag itself stays text."""
    if state.html_terminator_last(">") < state.pos + 2 or not _TAG.match(state.src, state.pos):
        return False
    if not silent:
        token = state.push("shown_tag", "", 0)
        token.content = "<"
        token.meta["at"] = state.pos
    state.pos += 1
    return True


def report_shown(findings: Findings, place: Place) -> None:
    """Say once per body that raw HTML is off."""
    if findings.once("raw-html"):
        findings.add(
            "raw-html",
            place,
            "raw HTML is off, so this tag is shown to readers as text",
            "write it in Markdown, or between backticks; 'markdown.raw_html' in gatherwell.yaml allows HTML",
            "warning",
        )


class _Tags(HTMLParser):
    """Looks at the start tags of one piece of raw HTML."""

    def __init__(self, findings: Findings, place: Place) -> None:
        super().__init__(convert_charrefs=True)
        self.findings, self.first = findings, place
        self.ids: list[tuple[str, Place]] = []

    def _place(self) -> Place:
        line, offset = self.getpos()
        return self.first[0] + line - 1, offset + (self.first[1] if line == 1 else 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self._report(
                f"<{tag}> is not allowed in an article", "remove it; the theme holds scripts and styles"
            )
        for name, value in attrs:
            if wrong := _wrong(name, value or ""):
                self._report(*wrong)
            elif name == "id" and value:
                self.ids.append((value, self._place()))

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


def inspect(html: str, findings: Findings, place: Place) -> list[tuple[str, Place]]:
    """Report what raw HTML may not hold; returns the ids in it with their places."""
    tags = _Tags(findings, place)
    try:
        tags.feed(html)
        tags.close()
    except (AssertionError, ValueError):  # what the standard parser makes of mangled declarations
        findings.add("raw-html", place, "this HTML cannot be read", "check its tags and quotes")
    return tags.ids
