"""Owns a clinician's note as readers see it: its words, whose they are, and the source that it must name."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import urlsplit

from widgets.rules.text import render

_HOST: Final = re.compile(
    r"(?:\w(?:[\w-]*\w)?\.)*\w(?:[\w-]*\w)?\.?|[0-9a-f:.]*:[0-9a-f:.]*"
)  # of any script; IPv6
_ADDRESS: Final = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff@\"<>\\^`{|}]+"
)


def is_source(address: str) -> bool:
    """An https address that a browser opens as it is written, with nothing before the host that could pass for one."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(_HOST.fullmatch(host)) and _ADDRESS.fullmatch(address) is not None


def note_html(text: str, source: str, by: str) -> str:
    """The note's HTML with its author and source, so that no page can show it without them."""
    host = escape(urlsplit(source).hostname or "")
    link = f'<a href="{escape(source)}" rel="nofollow ugc noopener">{host}</a>'
    return f"{render(text)}<p>{escape(by)} · {link}</p>\n"
