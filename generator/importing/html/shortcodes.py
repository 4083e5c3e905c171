"""Shortcodes of WordPress as HTML: translated where they have a meaning here, else taken off and told."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_CODE = re.compile(
    r"""\[(?P<double>\[?)(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>(?:[\s=]|[^\s\[\]"'=/]|/(?!\])|"[^"]{0,2000}"|'[^']{0,2000}'){0,3000}+)/?\]"""
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|(?<=[\s"'])([^\s="']+)""")
_CLOSED = re.compile(r"\[/([A-Za-z][\w-]{0,60})\]")
_STRAY = re.compile(r"\[/[A-Za-z][\w-]{0,60}\]")
_VERBATIM = re.compile(
    r"<(pre|code|script|style)\b.*?</\1\s*>|<[^<>\[\]]*\[[^<>]*>", re.DOTALL | re.IGNORECASE
)
_MEDIUM = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
# One-word names that are shortcodes though they have no attributes; others might be words in brackets, as in [sic].
_KNOWN = frozenset(
    {
        *(
            "audio",
            "buddypress",
            "calendar",
            "caption",
            "carousel",
            "column",
            "columns",
            "comments",
            "embed",
            "footnote",
        ),
        *(
            "footnotes",
            "forminator",
            "gallery",
            "gform",
            "iframe",
            "jwplayer",
            "map",
            "mc4wp",
            "newsletter",
            "one",
            "playlist",
        ),
        *(
            "poll",
            "polls",
            "quiz",
            "recaptcha",
            "ref",
            "row",
            "share",
            "sitemap",
            "slider",
            "slideshow",
            "survey",
            "tabs",
        ),
        *("toc", "video", "vimeo", "woocommerce", "wpforms", "youtube"),
    }
)
_NOTES = frozenset({"footnote", "ref", "fn", "note_ref", "efn_note"})


class GalleryItem(NamedTuple):
    address: str
    alt: str
    caption: str


Gallery = Callable[[tuple[str, ...]], tuple[GalleryItem, ...]]
"""Pictures by id; without ids those that were uploaded to the entry."""
Told = Callable[[str, int, str], None]
"""Takes a cause, a line and what happened."""


class Shortcode(NamedTuple):
    """*inner* is None where it encloses nothing."""

    name: str
    attributes: dict[str, str]
    words: tuple[str, ...]
    inner: str | None
    line: int


def translate(text: str, gallery: Gallery, told: Told) -> str:
    """*text* with its shortcodes as HTML; line breaks stay where they are."""
    return "".join(_translated(text, 1, gallery, told))


def _translated(text: str, line: int, gallery: Gallery, told: Told) -> Iterator[str]:
    closed = set(_CLOSED.findall(text))
    at = 0
    for start, end, code in _codes(text, line, closed):
        if start < at:
            continue
        yield text[at:start]
        if code is None:
            yield text[start:end].replace("[[", "&#91;").replace("[", "&#91;").replace("]]", "&#93;")
        else:
            inner = None
            if code.inner is not None:
                inner = "".join(_translated(code.inner, code.line, gallery, told))
            yield _as_html(code._replace(inner=inner), gallery, told)
        at = end
    yield text[at:]


def _codes(text: str, line: int, closed: set[str]) -> Iterator[tuple[int, int, Shortcode | None]]:
    """Start, end and shortcode of each; None for one in double brackets, which stands for itself."""
    verbatim = [found.span() for found in _VERBATIM.finditer(text)]
    at, counted, here = 0, 0, line
    while found := _CODE.search(text, at):
        inside = next((end for start, end in verbatim if start <= found.start() < end), 0)
        if inside:
            at = max(inside, found.start() + 1)
            continue
        here += text.count("\n", counted, found.start())
        counted = found.start()
        at = found.end()
        name = found["name"].lower()
        if found["double"]:
            if text[at : at + 1] == "]":
                yield found.start(), at + 1, None
                at += 1
            continue
        values, words = _attributes(found["attributes"])
        close = text.find(f"[/{found['name']}]", at) if found["name"] in closed else -1
        if close >= 0:
            end = close + len(name) + 3
            yield found.start(), end, Shortcode(name, values, words, text[at:close], here)
            at = end
        elif values or name in _KNOWN or "_" in name or ("-" in name and len(name) > 8):
            yield found.start(), at, Shortcode(name, values, words, None, here)


def _attributes(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    values: dict[str, str] = {}
    words: list[str] = []
    for key, double, single, bare, word in _ATTRIBUTE.findall(f" {text}"):
        if word:
            words.append(word)
        else:
            values[key.lower()] = html.unescape(double or single or bare)
    return values, tuple(words)


def _as_html(code: Shortcode, gallery: Gallery, told: Told) -> str:
    inner = code.inner or ""
    breaks = "\n" * (code.inner or "").count("\n")
    if code.name in ("caption", "wp_caption") and code.inner is not None:
        return _caption(code)
    if code.name == "gallery":
        return _gallery(code, gallery, told) + breaks
    if code.name in _NOTES and code.inner is not None:
        return f"<gw-note>{inner}</gw-note>"
    if code.name in ("embed", "youtube", "vimeo", "audio", "video", "playlist", "iframe", "soundcloud"):
        return _medium(code, told) + breaks
    if code.name in ("toc", "footnotes", "sitemap"):
        told("changed", code.line, f"[{code.name}] was taken off; the page makes this itself")
        return inner
    if code.inner is not None:
        told("changed", code.line, f"the shortcode [{code.name}] was taken off; what it enclosed stays")
        return inner
    told(
        "lost", code.line, f"the shortcode [{code.name}] was taken out; what it showed is to be written anew"
    )
    return ""


def _caption(code: Shortcode) -> str:
    inner = code.inner or ""
    found = _MEDIUM.search(inner)
    if found is None:
        return inner
    words = inner[: found.start()] + inner[found.end() :]
    caption = words.strip() or html.escape(code.attributes.get("caption", ""))
    lost = "\n" * (inner.count("\n") - found[0].count("\n") - caption.count("\n"))
    return f"<figure>{found[0]}<figcaption>{caption}</figcaption></figure>{lost}"


def _gallery(code: Shortcode, gallery: Gallery, told: Told) -> str:
    ids = tuple(re.findall(r"\d+", code.attributes.get("ids", code.attributes.get("include", ""))))
    items = gallery(ids)
    if not items:
        told("lost", code.line, "a gallery whose pictures the export does not name")
        return ""
    told("changed", code.line, f"a gallery became {len(items)} pictures one below the other")
    return "".join(
        f'<figure><img src="{html.escape(item.address)}" alt="{html.escape(item.alt)}">'
        f"<figcaption>{html.escape(item.caption)}</figcaption></figure>"
        for item in items
    )


def _medium(code: Shortcode, told: Told) -> str:
    keys = ("src", "url", "id", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav")
    address = html.unescape(re.sub(r"<[^>]*>", "", code.inner or "")).strip()
    address = address or next((code.attributes[key] for key in keys if code.attributes.get(key)), "")
    address = address or next(iter(code.words), "")
    if address and "/" not in address and code.name in ("youtube", "vimeo"):
        host = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}[code.name]
        address = host + address
    if "/" not in address:
        told("lost", code.line, f"the shortcode [{code.name}] names no address")
        return ""
    told("changed", code.line, f"what [{code.name}] played in the page is a link now")
    shown = html.escape(address)
    return f'<p><a href="{shown}">{shown}</a></p>'
