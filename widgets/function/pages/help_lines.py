"""Owns crisis lines as answers show them: the list, and the words around it, which are the same in JSON and on pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from widgets.contract.manifest import HelpLine
from widgets.function.pages.page import paragraph
from widgets.function.strings import language, phrase


def help_words(lang: str, what: str) -> dict[str, str]:
    """What is said with lines of help; `what` (`held`, `published`, `flagged`, `refused`, `flag-refused`) says what became of
    the text or of the flag."""
    lang = language(lang)
    keys = {"title": "help-title", "intro": "help-intro", "after": f"help-{what}"}
    return {part: phrase(lang, key) for part, key in keys.items()}


def help_fields(lines: Sequence[HelpLine], lang: str, what: str) -> dict[str, Any]:
    """The part of a JSON answer about help; without lines no words."""
    return {"help": lines, **({"help_words": help_words(lang, what)} if lines else {})}


def help_parts(lang: str, what: str, lines: Sequence[HelpLine]) -> tuple[str, ...]:
    """The paragraphs of an answer page: what is said before the lines, the lines, what became of the text."""
    said = help_words(lang, what)
    return paragraph(said["intro"]), help_list(lines), paragraph(said["after"])


def help_list(lines: Sequence[HelpLine]) -> str:
    return "<ul>" + "".join(f"<li>{_line(line)}</li>" for line in lines) + "</ul>"


def _dialled(number: str) -> str:
    """What a device dials; empty where the text is no number but words about one."""
    digits = "".join(one for one in number if one.isdigit() or one == "+")
    return "" if any(one.isalpha() for one in number) else digits


def _line(line: HelpLine) -> str:
    parts = [escape(line.name)]
    for scheme, number in (("tel", line.phone), ("sms", line.text)):
        if number and _dialled(number):
            parts.append(f'<a href="{scheme}:{_dialled(number)}">{escape(number)}</a>')
        elif number:
            parts.append(escape(number))
    if line.url:
        parts.append(f'<a href="{escape(line.url)}">{escape(line.url)}</a>')
    return " · ".join((*parts, *([escape(line.hours)] if line.hours else [])))
