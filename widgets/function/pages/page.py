"""Owns the frame of a plain answer page: its HTML and its policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from typing import Final

from starlette.responses import Response

from widgets.function.strings import phrase

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin-inline:auto;padding:2rem 1rem}"
    "*{overflow-wrap:anywhere}.lines{list-style:none;padding:0}.lines li{border-block-start:1px solid;padding-block:.5rem}"
    ".lines a{margin-inline-end:1rem}.lines a[href^=tel],.lines a[href^=sms]{font-weight:bold;font-size:1.25em}"
    "a,button{font:inherit;min-block-size:2.75rem}a{display:inline-block;padding-block:.5rem}"
    "button{padding-inline:1rem}textarea,input{font:inherit;box-sizing:border-box;inline-size:100%}article{border-block-start:1px solid;padding-block:1rem}"
    "input[type=radio],input[type=checkbox]{inline-size:1.25rem;block-size:1.25rem}label{display:block;padding-block:.5rem}"
    "fieldset{min-inline-size:0;margin-block:1rem;overflow-wrap:anywhere}legend{font-weight:bold;padding-inline:.25rem}"
    ".both{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));overflow-wrap:anywhere}"
    ".both h3{font-size:1em}ins{text-decoration-thickness:.15em}"
    ".visually-hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def html_page(lang: str, title: str, parts: Sequence[str], status: int = 200) -> Response:
    """`title` is text, `parts` are HTML of ours."""
    body = (
        f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(parts)
        + "\n</main></body>\n</html>\n"
    )
    return Response(body, status, HEADERS, "text/html; charset=utf-8")


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def link(href: str, text: str) -> str:
    return f'<p><a href="{escape(href)}">{escape(text)}</a></p>'


def link_to_own(lang: str) -> str:
    """The way to one's own contributions, in the language of the page that leads there."""
    return link(f"/api/v1/me?lang={lang}", phrase(lang, "see-mine"))
