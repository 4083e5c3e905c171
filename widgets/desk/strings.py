"""Owns the desk's words: every text that staff read, in every language, and times as people say them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from widgets.desk.plurals import FORMS, plural_form
from widgets.function.strings import LANGUAGES, language

FOLDER = Path(__file__).with_name("strings")


@cache
def _read(lang: str) -> Mapping[str, str]:
    found: dict[str, str] = json.loads((FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return found


class Words:
    def __init__(self, asked: str) -> None:
        self.lang = language(asked)
        self._words = _read(self.lang)

    def __call__(self, key: str, **values: Any) -> str:
        """Raises KeyError on a key without words: a bug, found by a test."""
        return self._words[key].format(**values) if values else self._words[key]

    def known(self, prefix: str, name: str) -> str:
        """Words for a name that rules may have made up since; the name itself where there are none."""
        return self._words.get(f"{prefix}.{name}", name)

    def count(self, key: str, n: int, **values: Any) -> str:
        """Words about *n* things, in the plural form that the language takes for it."""
        forms = [form for form in FORMS if f"{key}.{form}" in self._words]
        return self(f"{key}.{plural_form(self.lang, n, forms)}", n=n, **values)

    def ago(self, seconds: int) -> str:
        minutes = max(0, seconds) // 60
        if minutes < 1:
            return self("ago.now")
        for key, size in (("ago.days", 1440), ("ago.hours", 60), ("ago.minutes", 1)):
            if minutes >= size * (2 if size > 1 else 1):
                return self.count(key, minutes // size)
        return self.count("ago.minutes", minutes)


def moment_words(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def stamp(seconds: int) -> str:
    """The same for programs, as HTML's `datetime` asks for it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")


def day_words(seconds: int) -> str:
    """A day for itself: its hour is not known, or tells too much."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d UTC")


__all__ = ["FOLDER", "LANGUAGES", "Words", "day_words", "moment_words", "stamp"]
