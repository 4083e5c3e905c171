"""Owns every text of the function that people read, by language: answer pages, remedies, alerts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from widgets.contract.problems import Problem


@cache
def _phrases() -> Mapping[str, Mapping[str, Any]]:
    text = Path(__file__).with_name("strings.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


LANGUAGES: Final = tuple(_phrases())


def language(asked: str) -> str:
    """The page's language from a language code or an Accept-Language header; English where it is another."""
    for part in asked.replace(";", ",").split(","):
        code = part.strip().lower().partition("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


def said(lang: str, *keys: str) -> str:
    """The phrase of the first of the keys that there is."""
    return phrase(lang, next(key for key in keys if key in _phrases()[lang]))


def remedy(lang: str, problem: Problem) -> str:
    """What to do about a refusal; of a text that is too long also how long it is and may be."""
    told = phrase(lang, f"remedy.{problem.code}")
    if problem.length is None:
        return told
    length, limit = (_number(lang, n) for n in problem.length)
    return f"{told} {phrase(lang, 'length').format(length=length, limit=limit)}"


def _number(lang: str, n: int) -> str:
    return f"{n:,}".replace(",", phrase(lang, "thousands"))


def phrase(lang: str, key: str) -> str:
    return str(_phrases()[lang][key])
