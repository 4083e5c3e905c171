"""Owns the page that tells a form's sender why a post was refused, and what to do."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from starlette.responses import Response

from widgets.contract.problems import Problem
from widgets.function.pages.help_lines import help_parts, help_title
from widgets.function.pages.page import html_page, paragraph
from widgets.function.strings import language, phrase
from widgets.function.text.refused_pleas import RefusedPlea

# What the form sent beside what its writer wrote; a parent only where it can be one.
_CARRIED: Final = ("parent", "lang", "action", "passage", "age")
_ID: Final = re.compile(r"[0-9a-z]{26}")


def refusal_page(
    problem: Problem, accept_language: str, path: str, plea: RefusedPlea | None = None
) -> Response:
    """Words come from the contract's codes, and for a locked thread from staff. Nothing that was sent is shown
    again, but for a plea: its writer finds help, and the words in a form that posts to `path`."""
    asked = plea.words.fields.get("lang", "") if plea else ""
    lang = language(asked or accept_language)
    parts = [paragraph(phrase(lang, f"remedy.{problem.code}"))]
    if problem.code == "thread-locked" and problem.detail:
        parts.append(paragraph(problem.detail))
    if problem.retry_after is not None:
        parts.append(paragraph(phrase(lang, "wait").format(seconds=problem.retry_after)))
    parts.append(f"<p><small>{phrase(lang, 'code')} <code>{problem.code}</code></small></p>")
    if plea is None:
        parts.insert(-1, paragraph(phrase(lang, "go-back")))
        return html_page(lang, phrase(lang, f"title.{problem.code}"), parts, problem.status)
    refused = f"<h2>{escape(phrase(lang, f'title.{problem.code}'))}</h2>"
    again = [] if plea.place.flags else [_form(lang, path, plea)]
    shown = [*help_parts(lang, plea.said, plea.given), refused, *parts, *again]
    return html_page(lang, help_title(lang, plea.given), shown, problem.status)


def _form(lang: str, path: str, plea: RefusedPlea) -> str:
    """The words in their field, to be kept or sent again."""
    fields = plea.words.fields
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(fields[name])}">'
        for name in _CARRIED
        if fields.get(name) and (name != "parent" or _ID.fullmatch(fields[name]))
    )
    if (
        plea.place.survey or plea.place.voices
    ):  # the answers are still in the form: these are the words, to be kept
        return f"{_words_field(lang, plea.words.text)}{paragraph(phrase(lang, 'go-back'))}"
    name = "" if plea.place.comment or plea.place.mistake else _name_field(lang, fields.get("pseudonym", ""))
    return (
        f'<form method="post" action="{escape(path)}">{hidden}'
        f"{_words_field(lang, plea.words.text)}"
        f"{name}<p><button>{escape(phrase(lang, 'send-again'))}</button></p></form>"
    )


def _words_field(lang: str, words: str) -> str:
    return (
        f'<p><label for="text">{escape(phrase(lang, "your-words"))}</label><br>'
        f'<textarea id="text" name="text" rows="10">\n{escape(words)}</textarea></p>'
    )


def _name_field(lang: str, pseudonym: str) -> str:
    label = f'<label for="name">{escape(phrase(lang, "your-pseudonym"))}</label>'
    return f'<p>{label}<br><input id="name" name="pseudonym" maxlength="40" value="{escape(pseudonym)}"></p>'
