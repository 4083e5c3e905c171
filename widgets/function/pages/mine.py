"""Owns the page of one's own contributions, for those without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.responses import Response

from widgets.function.pages.page import html_page, paragraph
from widgets.function.strings import phrase


def contributions_page(lang: str, parts: Sequence[str]) -> Response:
    """`parts` are the kinds' HTML; a button that erases everything comes last."""
    intro = paragraph(phrase(lang, "mine-intro"))
    erase = form_button(lang, "/api/v1/me", "erase", phrase(lang, "erase"))
    return html_page(lang, phrase(lang, "mine-title"), [intro, *parts, erase])


def appeal_form(lang: str, comment: str, label: str, button: str) -> str:
    return (
        f'<form method="post" action="/api/v1/appeals"><input type="hidden" name="lang" value="{lang}">'
        f'<input type="hidden" name="comment" value="{escape(comment)}">'
        f'<label>{escape(label)}<textarea name="text" rows="4" maxlength="1000" required></textarea></label>'
        f"<button>{escape(button)}</button></form>"
    )


def form_button(lang: str, target: str, action: str, words: str) -> str:
    return (
        f'<form method="post" action="{escape(target)}"><input type="hidden" name="lang" value="{lang}">'
        f'<button name="action" value="{action}">{escape(words)}</button></form>'
    )


def private_parts(lang: str, id_: str, html: str, button: str) -> list[str]:
    """A private answer to the comment, story or question, and the button that says that it was read."""
    target = f"/api/v1/answers/{id_}/read"
    return [
        f"<h3>{escape(phrase(lang, 'private-title'))}</h3>",
        html,
        *([form_button(lang, target, "read", button)] if button else ()),
    ]
