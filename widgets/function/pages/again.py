"""Owns the form that comes back with a refusal: what its writer wrote stands in it, to be mended and sent again, or to be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from widgets.contract.problems import Problem
from widgets.function.pages.page import paragraph
from widgets.function.strings import phrase
from widgets.function.text.refused_pleas import RefusedPlea

# What a form sent beside what its writer wrote; a parent only where it can be one.
_CARRIED: Final = ("parent", "lang", "action", "passage", "form")
_ID: Final = re.compile(r"[0-9a-z]{26}")
_TICKS: Final = ("publish", "edit", "share", "archive")
_NEEDED: Final = ("age", "publish")


def form_again(lang: str, path: str, refused: RefusedPlea, problem: Problem) -> str:
    """Posts to `path`, which was posted to. Of a survey the words alone: its own form is handed back by itself; and of what came
    from another site's page, since one press would send that site's words as the reader's own."""
    elsewhere = problem.code == "origin-refused"
    if refused.place.survey or refused.place.voice or elsewhere:
        return f"{_field(lang, 'text', 'your-words', refused.words.text)}{paragraph(phrase(lang, 'go-back'))}"
    fields = refused.words.fields
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(fields[name])}">'
        for name in _CARRIED
        if fields.get(name) and (name != "parent" or _ID.fullmatch(fields[name]))
    )
    inside = _voice(lang, refused) if refused.place.voices else _comment(lang, refused, problem)
    button = f"<p><button>{escape(phrase(lang, 'send-again'))}</button></p>"
    return f'<form method="post" action="{escape(path)}">{hidden}{"".join(inside)}{button}</form>'


def _comment(lang: str, refused: RefusedPlea, problem: Problem) -> Iterator[str]:
    fields, place = refused.words.fields, refused.place
    yield _field(lang, "text", "your-words", refused.words.text)
    if not (place.comment or place.mistake):
        yield _line(lang, "pseudonym", "your-pseudonym", fields.get("pseudonym", ""), 40)
    if fields.get("age") or problem.code == "age-missing":
        yield _tick(_age(lang, refused), "age", checked=bool(fields.get("age")))


def _voice(lang: str, refused: RefusedPlea) -> Iterator[str]:
    """The whole form of a story or question."""
    fields = refused.words.fields
    yield _line(lang, "title", "voice-title", fields.get("title", ""), 120)
    for number, prompt in enumerate(refused.prompts, 1):
        name = f"q.{number}"
        yield _area(name, prompt, refused.words.answers.get(name, ""))
    yield _field(lang, "text", "voice-text", refused.words.free)
    yield _line(lang, "pseudonym", "your-pseudonym", fields.get("pseudonym", ""), 40)
    yield f"<fieldset><legend>{escape(phrase(lang, 'voice-consents'))}</legend>"
    yield _tick(_needed(lang, _age(lang, refused)), "age", checked=bool(fields.get("age")))
    for name in _TICKS:
        words = phrase(lang, f"voice-consent.{name}")
        words = _needed(lang, words) if name in _NEEDED else words
        yield _tick(words, name, checked=bool(fields.get(name)))
    yield _tick(phrase(lang, "voice-carer"), "carer", checked=bool(fields.get("carer")))
    yield "</fieldset>"


def _needed(lang: str, words: str) -> str:
    return f"{words} {phrase(lang, 'voice-needed')}"


def _age(lang: str, refused: RefusedPlea) -> str:
    return phrase(lang, "survey-age").format(age=refused.age)


def _tick(words: str, name: str, *, checked: bool) -> str:
    mark = " checked" if checked else ""
    return f'<label><input type="checkbox" name="{name}" value="1"{mark}> {escape(words)}</label>'


def _field(lang: str, name: str, label: str, words: str) -> str:
    return _area(name, phrase(lang, label), words)


def _area(name: str, label: str, words: str) -> str:
    return (
        f'<p><label for="{name}">{escape(label)}</label>'
        f'<textarea id="{name}" name="{name}" rows="10">\n{escape(words)}</textarea></p>'
    )


def _line(lang: str, name: str, label: str, words: str, longest: int) -> str:
    return (
        f'<p><label for="{name}">{escape(phrase(lang, label))}</label>'
        f'<input id="{name}" name="{name}" maxlength="{longest}" value="{escape(words)}"></p>'
    )
