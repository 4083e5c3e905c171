"""Owns scripts: whether a word mixes letters of two scripts of which one passes for the other."""

from __future__ import annotations

import unicodedata
from typing import Final

from widgets.rules.names.skeletons import lookalikes

# Written together by custom (UTS 39, 5.2, "highly restrictive").
_TOGETHER: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)


def mixes_lookalikes(word: str) -> bool:
    """Whether a letter looks like one of another script that the word holds too: `Herоn` with a Cyrillic о."""
    if word.isascii():
        return False
    letters = [
        one
        for one in unicodedata.normalize("NFKC", word)
        if unicodedata.category(one) in ("Ll", "Lu", "Lt", "Lo")
    ]
    scripts = {_script(letter) for letter in letters}
    if len(scripts) < 2 or any(scripts <= together for together in _TOGETHER):
        return False
    return any(_looks_like(letter) in scripts - {_script(letter)} for letter in letters)


def _looks_like(letter: str) -> str:
    """The script of what the letter looks like; empty where that is none of another script."""
    shown = lookalikes().get(ord(letter)) or lookalikes().get(ord(letter.casefold()[0]), "")
    return _script(shown[0]) if shown else ""


def _script(letter: str) -> str:
    """The script's name, which Unicode puts first in the names of letters."""
    return unicodedata.name(letter, "").partition(" ")[0]
