"""Owns the pages that tell what became of a response: taken, with its receipt shown once; found by it; withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.responses import Response

from widgets.function.pages.help_lines import help_parts, help_title
from widgets.function.pages.page import html_page, link, link_to_own, paragraph
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help


@dataclass(frozen=True, slots=True)
class Kept:
    """A response that was taken. `page` is the survey's; `first`: a cookie was set."""

    lang: str
    receipt: str
    counted: bool
    page: str
    first: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A response that its receipt led to; `receipt` as it was typed, for the form that withdraws."""

    lang: str
    title: str
    day: str
    receipt: str
    page: str


def notice(lang: str, counted: bool) -> str:
    """When a response shows, and what a withdrawal does."""
    return phrase(lang, "survey-counted" if counted else "survey-uncounted")


def kept_page(kept: Kept, given: Help) -> Response:
    """With lines of help these come first. The receipt is in this answer and nowhere else."""
    lang = language(kept.lang)
    parts = [*help_parts(lang, "survey", given)] if given else []
    parts += [
        paragraph(notice(lang, kept.counted)),
        f"<h2>{escape(phrase(lang, 'receipt-title'))}</h2>",
        f"<p><strong>{escape(kept.receipt)}</strong></p>",
        paragraph(phrase(lang, "survey-receipt")),
    ]
    if kept.first:
        parts.append(paragraph(phrase(lang, "cookie")))
    parts += [
        link(kept.page, phrase(lang, "back")),
        link_to_own(lang),
    ]
    title = help_title(lang, given) if given else phrase(lang, "survey-done-title")
    return html_page(lang, title, parts)


def found_page(found: Found, *, withdrawn: bool) -> Response:
    lang = language(found.lang)
    back = [link(found.page, phrase(lang, "back"))] if found.page else []
    if withdrawn:
        parts = [paragraph(phrase(lang, "receipt-withdrawn")), *back]
        return html_page(lang, phrase(lang, "receipt-withdrawn-title"), parts)
    said = phrase(lang, "receipt-kept").format(title=found.title, day=found.day)
    return html_page(
        lang, phrase(lang, "receipt-title"), [paragraph(said), _button(lang, found.receipt), *back]
    )


def _button(lang: str, receipt: str) -> str:
    return (
        f'<form method="post" action="/api/v1/receipts"><input type="hidden" name="lang" value="{lang}">'
        f'<input type="hidden" name="receipt" value="{escape(receipt)}">'
        f'<button name="action" value="withdraw">{escape(phrase(lang, "receipt-withdraw"))}</button></form>'
    )
