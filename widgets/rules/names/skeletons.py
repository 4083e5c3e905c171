"""Owns skeletons of names: what is left when accents, case, blanks and look-alikes are taken for the same (UTS 39)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "lookalikes.json"
_PAIRS: Final = (("rn", "m"), ("vv", "w"))  # two letters that pass for one


def skeleton_of(name: str) -> str:
    """Equal for two names that look alike; the name itself, folded, where it holds neither letter nor digit.

    Case is folded first, unless the letters as they are written read as Latin ones (ΕΜΜΑ in Greek capitals).
    """
    written = as_written(name)
    return (written if written.isascii() else plain(name)) or unicodedata.normalize("NFKC", name).casefold()


def other_skeletons(name: str) -> tuple[str, ...]:
    """Those of the same name in other case, where they differ: who holds one of them holds the name too."""
    cased = (one for one in map(as_written, (name.upper(), name.title())) if one.isascii())
    every = dict.fromkeys(one for one in (plain(name), *cased) if one)
    return tuple(one for one in every if one != skeleton_of(name))


@lru_cache(maxsize=4_096)  # a name is read in several ways, word by word, and each of these often
def plain(name: str) -> str:
    """The skeleton's letters and digits; empty where there are none."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    if folded.isascii():
        kept = "".join(filter(str.isalnum, folded))
    else:
        kept = "".join(character for character in folded if unicodedata.category(character)[0] in "LN")
    shown = kept.translate(lookalikes())
    for pair, letter in _PAIRS:
        shown = shown.replace(pair, letter)
    return shown


@lru_cache(maxsize=4_096)
def as_written(name: str) -> str:
    """`plain`, with capitals that look like a Latin letter taken for it before case is folded."""
    return plain(unicodedata.normalize("NFKD", name).translate(_capitals()))


@cache
def _capitals() -> Mapping[int, str]:
    return {point: shown for point, shown in lookalikes().items() if chr(point).isupper()}


@cache
def lookalikes() -> Mapping[int, str]:
    """Character (code point), folded unless its capital looks like another → what it looks like. Made by `make`."""
    grouped: dict[str, str] = json.loads(_FILE.read_text("utf-8"))
    return {ord(source): target for target, sources in grouped.items() for source in sources}
