"""Blocks of WordPress that hold no HTML, since the server fills them in: links of networks stay, all else is told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Final

from generator.importing.html.shortcodes import Told

_BLOCK: Final = re.compile(r"<!-- wp:([a-z][\w/-]{0,80})(?:\s((?:(?!-->).){0,4000}?))?\s*/-->", re.DOTALL)
# They show nothing of their own, or what each page here has anyway.
_SILENT: Final = frozenset(
    {
        *("footnotes", "more", "nextpage", "spacer", "separator", "paragraph", "post-title", "post-content"),
        *(
            "post-date",
            "post-author",
            "post-author-name",
            "post-excerpt",
            "post-featured-image",
            "post-terms",
        ),
        *("site-title", "site-logo", "site-tagline", "navigation", "template-part", "search", "breadcrumbs"),
        *("table-of-contents", "comments", "post-comments-form", "post-navigation-link", "loginout"),
    }
)


def fill_blocks(text: str, synced: Mapping[str, str], told: Told) -> str:
    """*text* with the HTML of blocks that are kept elsewhere (*synced*, by number) in their places."""

    def filled(found: re.Match[str]) -> str:
        name, values = found[1], _values(found[2])
        kept = synced.get(str(values.get("ref"))) if name == "block" else None
        if kept is not None:
            return kept
        if name == "social-link" and str(values.get("url", "")).startswith("http"):
            words = str(values.get("label") or values.get("service") or values["url"])
            return f'<li><a href="{escape(str(values["url"]))}">{escape(words)}</a></li>'
        if name not in _SILENT:
            line = text.count("\n", 0, found.start()) + 1
            told("lost", line, f"the block '{name}' was taken out; what it showed is to be written anew")
        return ""

    return _BLOCK.sub(filled, text)


def _values(written: str | None) -> Mapping[str, object]:
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
