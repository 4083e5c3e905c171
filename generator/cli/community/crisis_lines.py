"""Crisis lines with a source, for the countries that a community is for; nobody has called them yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.cli.community.bundled import CRISIS_LINES, bundled

_BLOCK = re.compile(r"^([a-z]{2,3}(?:-[A-Z]{2})?):\n(?:(?:[ #].*)?\n)*", re.MULTILINE)
_HEAD = """\
# Where to turn in a crisis, per locale. A page shows its own locale's lines; those of a language alone (`en`) are shown
# where no country is known.
#
# NOT CHECKED: nobody has called these lines yet, so `checked` is null. Before you invite people, call or write to every
# line, write the date into `checked`, and repeat that once a year. `gatherwell doctor` names those that are left.
#
# `text` is a number for text messages. `kinds` is what a line helps with: emergency, listening, suicide, abuse, child,
# poisoning, directory; without kinds it serves everybody. `search_words` are words by which the search finds it.

"""
_NOTES = (
    (" Not checked in this demonstration.", " Not checked yet."),
    (" No comprobado en esta demostración.", " Sin comprobar todavía."),
)


class Chosen(NamedTuple):
    """The text of ``_crisis.yaml``, and the countries for which there is no line with a source."""

    text: str
    without: tuple[str, ...]


def crisis_lines(languages: Sequence[str], countries: Sequence[str]) -> Chosen:
    """The blocks of *languages*, alone and in *countries*; those of English where none is in these languages."""
    blocks = {match[1]: match[0] for match in _BLOCK.finditer(bundled(CRISIS_LINES).read_text("utf-8"))}
    primary = {language.split("-")[0] for language in languages}
    wanted = [name for name in blocks if _suits(name, primary, countries)] or ["en"]
    text = _HEAD + "\n".join(blocks[name].rstrip("\n") + "\n" for name in wanted)
    for old, new in _NOTES:
        text = text.replace(old, new)
    known = {name.partition("-")[2] for name in wanted}
    return Chosen(text, tuple(country for country in countries if country not in known))


def known_countries() -> list[str]:
    """The countries for which there are lines with a source."""
    names = _BLOCK.findall(bundled(CRISIS_LINES).read_text("utf-8"))
    return sorted({name.partition("-")[2] for name in names} - {""})


def _suits(locale: str, languages: set[str], countries: Sequence[str]) -> bool:
    language, _, country = locale.partition("-")
    return language in languages and (not country or country in countries)
