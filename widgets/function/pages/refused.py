"""Owns the page that tells a form's sender why a post was refused, and what to do."""

from __future__ import annotations

from starlette.responses import Response

from widgets.function.pages.page import html_page, language, paragraph, phrase
from widgets.function.problems import Problem


def refusal_page(problem: Problem, accept_language: str) -> Response:
    """Words come from the contract's codes, and for a locked thread from staff; nothing that was sent is
    shown again."""
    lang = language(accept_language)
    parts = [paragraph(phrase(lang, f"remedy.{problem.code}"))]
    if problem.code == "thread-locked" and problem.detail:
        parts.append(paragraph(problem.detail))
    if problem.retry_after is not None:
        parts.append(paragraph(phrase(lang, "wait").format(seconds=problem.retry_after)))
    parts.append(paragraph(phrase(lang, "go-back")))
    parts.append(f"<p><small>{phrase(lang, 'code')} <code>{problem.code}</code></small></p>")
    return html_page(lang, phrase(lang, f"title.{problem.code}"), parts, problem.status)
