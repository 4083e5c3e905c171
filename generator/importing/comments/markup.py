"""HTML of old comments as the Markdown that comments may hold: paragraphs, emphasis, links, lists, quotations, code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from generator.importing.clean import fit, with_closed_tags, without_emails

_DEEPEST: Final = 16
_SPECIAL: Final = re.compile(r"([\\`*\[\]<&~])|(?<!\w)_|_(?!\w)")
_LINE_START: Final = re.compile(r"^(\s*)([-+>]|\d{1,9}[.)])(?=\s|$)|^(\s*)(>)", re.MULTILINE)
_NETWORK: Final = re.compile(
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]{1,4}\b"
    r"|(?<![\w:])[0-9a-f]{3,4}(?::[0-9a-f]{1,4}){0,5}:(?::[0-9a-f]{1,4}){1,6}\b",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r"(?<![\w/])@(?:(?=[\w.-]*[\d_-])[\w.-]*\w(?::disqus)?|\w+:disqus)")
_BLANKS: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SILENT: Final = frozenset(
    {"script", "style", "iframe", "object", "embed", "svg", "template", "noscript", "textarea", "select"}
)
_BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "section", "article", "figure"}
)
_EMPHASIS: Final = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
_NESTED: Final = frozenset({*_EMPHASIS, "a", "code", "pre", "blockquote", "ul", "ol", "li", "q"})
LARGEST: Final = 200_000  # characters of HTML that are read of one comment
_MD_IMAGE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_MD_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)


def html_as_comment(html: str, *, lines: bool) -> str:
    """*html* as Markdown; with *lines* a line end is one that readers saw, as WordPress shows it."""
    writer = _Writer(lines)
    writer.feed(with_closed_tags(fit(html[:LARGEST])))
    writer.close()
    return tidied(writer.written())


def markdown_as_comment(text: str) -> str:
    """Markdown of another system: without tags and pictures; the rest is read as ours."""
    return tidied(_MD_TAG.sub("", _MD_IMAGE.sub(r"\1", fit(text[:LARGEST]))))


def tidied(text: str) -> str:
    """Without addresses of people and machines, mentions that look like logins, and blank edges."""
    return _BLANKS.sub("\n\n", _MENTION.sub("@…", _NETWORK.sub("…", without_emails(text)))).strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


class _Writer(HTMLParser):
    """Writes as tags end: each nested element has a buffer of its own."""

    def __init__(self, lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = lines
        self._open: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._silent = 0

    def written(self) -> str:
        while len(self._open) > 1:
            self._close()
        return "".join(self._open[0][2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._put("\n")
        elif tag in _BLOCKS:
            self._put("\n\n")
        elif tag in _NESTED and len(self._open) < _DEEPEST and not self._raw:
            if tag == "li" and self._open[-1][0] == "li":
                self._close()
            self._open.append((tag, dict(attrs).get("href") or "", []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._put("\n\n")
        elif any(tag == name for name, _, _ in self._open):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._raw:
            self._put(data)
            return
        text = data if self._lines else re.sub(r"\s+", " ", data)
        text = _NETWORK.sub("…", without_emails(text))
        self._put(_LINE_START.sub(_escape_start, _escaped(text)))

    @property
    def _raw(self) -> bool:
        return self._open[-1][0] in ("code", "pre")

    def _put(self, text: str) -> None:
        if not self._silent:
            self._open[-1][2].append(text)

    def _close(self) -> str:
        tag, href, parts = self._open.pop()
        inside = "".join(parts)
        self._open[-1][2].append(_WRITERS[tag](inside, href, [name for name, _, _ in self._open]))
        return tag


def _escape_start(found: re.Match[str]) -> str:
    space, mark = (found[1], found[2]) if found[2] else (found[3], found[4])
    return f"{space}{mark[:-1]}\\{mark[-1]}"


def _emphasis(mark: str) -> Callable[[str, str, list[str]], str]:
    def write(inside: str, _: str, around: list[str]) -> str:
        bare = inside.strip()
        if not bare or "\n\n" in bare or any(_EMPHASIS.get(name) == mark for name in around):
            return inside
        before = " " if inside[0].isspace() else ""
        return f"{before}{mark}{bare}{mark}{' ' if inside[-1].isspace() else ''}"

    return write


def _link(inside: str, href: str, around: list[str]) -> str:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return inside
    shown = " ".join(inside.split())
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or "gravatar" in parts.hostname
        or not shown
        or "a" in around
    ):
        return inside
    address = (
        re.sub(r"[\s<>()\\\"`\[\]]", lambda sign: f"%{ord(sign[0]):02X}", href.strip())
        if href.isascii()
        else ""
    )
    return f"[{shown}]({address})" if address else inside


def _code(inside: str, _: str, __: list[str]) -> str:
    if not inside.strip():
        return ""
    if "\n" in inside.strip():
        return _fence(inside, "", [])
    ticks = "`" * (max(map(len, re.findall(r"`+", inside)), default=0) + 1)
    pad = " " if "`" in inside else ""
    return f"{ticks}{pad}{inside.strip()}{pad}{ticks}"


def _fence(inside: str, _: str, __: list[str]) -> str:
    ticks = "`" * max(3, max(map(len, re.findall(r"`+", inside)), default=0) + 1)
    return f"\n\n{ticks}\n{inside.strip(chr(10))}\n{ticks}\n\n"


def _quotation(inside: str, _: str, __: list[str]) -> str:
    lines = _BLANKS.sub("\n\n", inside).strip().split("\n")
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" if any(lines) else ""


def _item(inside: str, _: str, around: list[str]) -> str:
    mark = "1. " if around and around[-1] == "ol" else "- "
    lines = _BLANKS.sub("\n\n", inside).strip().split("\n")
    return f"{mark}{lines[0]}\n" + "".join(f"{' ' * len(mark)}{line}".rstrip() + "\n" for line in lines[1:])


def _list(inside: str, _: str, __: list[str]) -> str:
    items = "\n".join(line for line in inside.split("\n") if line.strip())
    return f"\n\n{items}\n\n" if items else ""


_WRITERS: Final[dict[str, Callable[[str, str, list[str]], str]]] = {
    **{tag: _emphasis(mark) for tag, mark in _EMPHASIS.items()},
    "a": _link,
    "code": _code,
    "pre": _fence,
    "blockquote": _quotation,
    "li": _item,
    "ul": _list,
    "ol": _list,
    "q": lambda inside, _, __: f"“{inside.strip()}”" if inside.strip() else "",
}
