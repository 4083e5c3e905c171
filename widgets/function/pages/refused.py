"""Owns the page that tells a form's sender why a post was refused, and what to do."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from widgets.contract.problems import Problem
from widgets.function.pages.again import form_again
from widgets.function.pages.help_lines import help_parts, help_title
from widgets.function.pages.page import html_page, paragraph
from widgets.function.strings import language, phrase, remedy
from widgets.function.text.refused_pleas import RefusedPlea


def refusal_page(
    problem: Problem, accept_language: str, path: str, plea: RefusedPlea | None = None
) -> Response:
    """Words come from the contract's codes, and for a locked thread from staff. What was sent is shown again to who wrote a
    plea, below help, and to whom something is missing or must be changed: in a form that posts to `path`."""
    asked = plea.words.fields.get("lang", "") if plea else ""
    lang = language(asked or accept_language)
    parts = [paragraph(remedy(lang, problem))]
    if problem.code == "thread-locked" and problem.detail:
        parts.append(paragraph(problem.detail))
    if problem.retry_after is not None:
        parts.append(paragraph(phrase(lang, "wait").format(seconds=problem.retry_after)))
    parts.append(f"<p><small>{phrase(lang, 'code')} <code>{problem.code}</code></small></p>")
    if plea is None:
        parts.insert(-1, paragraph(phrase(lang, "go-back")))
        return html_page(lang, phrase(lang, f"title.{problem.code}"), parts, problem.status)
    if not plea.given:
        parts.append(form_again(lang, path, plea, problem))
        return html_page(lang, phrase(lang, f"title.{problem.code}"), parts, problem.status)
    refused = f"<h2>{escape(phrase(lang, f'title.{problem.code}'))}</h2>"
    again = [] if plea.place.flags else [form_again(lang, path, plea, problem)]
    shown = [*help_parts(lang, plea.said, plea.given), refused, *parts, *again]
    return html_page(lang, help_title(lang, plea.given), shown, problem.status)
