"""Owns the private feed (RFC 4287): that there is news, on which day, and where one's own page is. No word of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.function.http.answers import NO_STORE
from widgets.function.http.routing import PREFIX
from widgets.function.strings import language, phrase
from widgets.rules.keys import Keys

_NEVER: Final = "1970-01-01"
HEADERS: Final = {**NO_STORE, "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def feed_path(manifest: Manifest, token: str, origin: str, lang: str) -> str:
    """Where the feed lies. Where the site has several hosts it says whose page it leads to: each has its own."""
    at = f"&at={origin.partition('://')[2]}" if len(manifest.you) > 1 and origin in manifest.you else ""
    return f"{PREFIX}/news/{token}?lang={language(lang)}{at}"


def own_page(manifest: Manifest, at: str, lang: str) -> str:
    """The address of the page of one's own contributions on the host *at*, else on the first."""
    of_host = {origin.partition("://")[2]: origin for origin in manifest.you}
    origin = of_host.get(at) or next(iter(manifest.you), manifest.origins[0])
    pages = manifest.you.get(origin)
    return origin + (manifest.page_path(pages, lang) if pages else "/you/")


def news_feed(keys: Keys, token: str, page: str, lang: str, days: Sequence[str]) -> Response:
    words = escape(phrase(lang, "news"))
    link = f"<link rel='alternate' type='text/html' href={quoteattr(page)}/>"

    def head(day: str) -> str:
        id_ = keys.news_entry(token, day)
        return f"<id>urn:gatherwell:news:{id_}</id><title>{words}</title>{link}"

    entries = [f"<entry>{head(day)}<updated>{day}T00:00:00Z</updated></entry>" for day in days]
    updated = days[0] if days else _NEVER
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">{head("")}',
        f"<updated>{updated}T00:00:00Z</updated><author><name>{words}</name></author>",
        *entries,
        "</feed>",
    ]
    return Response("\n".join(lines).encode(), 200, HEADERS, "application/atom+xml")
