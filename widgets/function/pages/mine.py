"""Owns the page of one's own contributions, for those without JavaScript."""

from __future__ import annotations

from html import escape
from typing import Any

from starlette.responses import Response

from widgets.function.manifest import Manifest
from widgets.function.pages.page import html_page, language, paragraph, phrase


def contributions_page(manifest: Manifest, document: dict[str, Any], lang_asked: str) -> Response:
    """`document` is the answer of `me`; comments' HTML in it was cleaned when it was written."""
    lang = language(lang_asked)
    parts = [paragraph(phrase(lang, "mine-intro"))]
    for vote in document["votes"]:
        poll = manifest.polls.get(vote["poll"])
        labels = {option.key: option.label for option in poll.options} if poll else {}
        chosen = ", ".join(labels.get(key, key) for key in vote["choices"])
        parts.append(paragraph(f"{poll.question if poll else vote['poll']} — {chosen}"))
    if document["reactions"]:
        parts.append(paragraph(f"{phrase(lang, 'reactions')}: {len(document['reactions'])}"))
    for comment in document["comments"]:
        parts.append(
            f"<article><h2>{escape(comment['pseudonym'])}</h2>"
            f"<p>{escape(phrase(lang, 'state.' + comment['state']))}</p>"
            + (paragraph(comment["reason"]["text"]) if comment["reason"] else "")
            + comment["html"]
            + _button(lang, f"/api/v1/comments/{comment['id']}", "withdraw", phrase(lang, "withdraw"))
            + "</article>"
        )
    parts.append(_button(lang, "/api/v1/me", "erase", phrase(lang, "erase")))
    return html_page(lang, phrase(lang, "mine-title"), parts)


def _button(lang: str, target: str, action: str, words: str) -> str:
    return (
        f'<form method="post" action="{escape(target)}"><input type="hidden" name="lang" value="{lang}">'
        f'<button name="action" value="{action}">{escape(words)}</button></form>'
    )
