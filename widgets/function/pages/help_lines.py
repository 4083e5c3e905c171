"""Owns crisis lines as answers show them: the list, and the words around it, which are the same in JSON and on pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from widgets.contract.manifest import HelpLine
from widgets.function.pages.page import paragraph
from widgets.function.strings import language, phrase, said
from widgets.function.text.crisis_help import Help

AWAY: Final = "https://www.wikipedia.org/"  # where somebody goes who has to leave the page at once


def help_words(lang: str, what: str, given: Help) -> dict[str, str]:
    """What is said with lines of help; `what` (`held`, `published`, `flagged`, `refused`, `flag-refused`) says what became of
    the text or of the flag. `screen`, `leave` and `away` only where somebody else may see the screen."""
    lang = language(lang)
    keys = {"title": "help-title", "intro": "help-intro", "after": f"help-{what}"}
    words = {part: said(lang, f"{key}-{given.tone}", key) for part, key in keys.items()}
    if given.young:
        words["intro"] += " " + phrase(lang, "help-young")
    if given.tone == "abuse":
        words |= {part: phrase(lang, f"help-{part}") for part in ("screen", "leave")} | {"away": AWAY}
    return words


def help_fields(given: Help, lang: str, what: str) -> dict[str, Any]:
    """The part of a JSON answer about help; without lines no words."""
    return {"help": given.lines, **({"help_words": help_words(lang, what, given)} if given else {})}


def help_parts(lang: str, what: str, given: Help) -> tuple[str, ...]:
    """The paragraphs of an answer page: what is said before the lines, the lines, what became of the text."""
    words = help_words(lang, what, given)
    return (*_before(words), help_list(given.lines), paragraph(words["after"]))


def help_beside(lang: str, given: Help) -> str:
    """HTML beside a decision on a plea: what is said before the lines, and the lines; empty without them."""
    if not given:
        return ""
    lang = language(lang)
    before = "".join(_before(help_words(lang, "held", given)))
    return f'<div class="answers" lang="{lang}">{before}{help_list(given.lines)}</div>'


def help_title(lang: str, given: Help) -> str:
    return said(lang, f"help-title-{given.tone}", "help-title")


def _before(words: Mapping[str, str]) -> Iterator[str]:
    yield paragraph(words["intro"])
    if "screen" in words:
        way = f'<a href="{escape(words["away"])}" rel="noreferrer">{escape(words["leave"])}</a>'
        yield f"<p>{escape(words['screen'])} {way}</p>"


def help_list(lines: Sequence[HelpLine]) -> str:
    return '<ul class="lines">' + "".join(f"<li>{_line(line)}</li>" for line in lines) + "</ul>"


def _dialled(number: str) -> str:
    """What a device dials; empty where the text is no number but words about one."""
    digits = "".join(one for one in number if one.isdigit() or one == "+")
    return "" if any(one.isalpha() for one in number) else digits


def _line(line: HelpLine) -> str:
    """The name, below it what to press, below that the hours."""
    ways = []
    for scheme, number in (("tel", line.phone), ("sms", line.text)):
        before = "SMS " if scheme == "sms" else ""
        if number and _dialled(number):
            ways.append(f'{before}<a href="{scheme}:{_dialled(number)}">{escape(number)}</a>')
        elif number:
            ways.append(before + escape(number))
    if line.url:
        ways.append(f'<a href="{escape(line.url)}">{escape(line.url)}</a>')
    rows = (
        f"<strong>{escape(line.name)}</strong>",
        " ".join(ways),
        f"<small>{escape(line.hours)}</small>" if line.hours else "",
    )
    return "<br>".join(row for row in rows if row)
