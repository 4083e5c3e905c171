"""Owns pseudonyms: what may be one, and when two of them look alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from widgets.contract.problems import Problem
from widgets.rules.marks import normal
from widgets.rules.names.invisible import is_invisible
from widgets.rules.names.reserved import SiteNames, is_reserved
from widgets.rules.names.scripts import mixes_lookalikes
from widgets.rules.names.skeletons import other_skeletons, skeleton_of

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Pseudonym",
    "SiteNames",
    "check_pseudonym",
    "other_skeletons",
    "skeleton_of",
]

SHORTEST: Final = 2
LONGEST: Final = 40
_PUNCTUATION: Final = frozenset(" .'’_-")
_NO_NAMES: Final = SiteNames()


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """As shown, the skeleton that two look-alikes share, and those of the same name in other case where they differ."""

    shown: str
    skeleton: str
    others: tuple[str, ...] = ()


def check_pseudonym(raw: str, site: SiteNames = _NO_NAMES) -> Pseudonym:
    """Raises Problem. Letters of every script are welcome; what nobody sees or what changes directions is not, nor is a word
    of two scripts of which one passes for the other."""
    shown = " ".join(normal("NFC", raw).split(" ")).strip()
    if not SHORTEST <= len(shown) <= LONGEST or not all(map(_allowed, shown)) or "  " in shown:
        raise Problem("pseudonym-invalid")
    if not any(unicodedata.category(character)[0] in "LN" for character in shown) or _piled_marks(shown):
        raise Problem("pseudonym-invalid")
    if is_reserved(shown, site):
        raise Problem("pseudonym-reserved")
    if any(map(mixes_lookalikes, shown.split(" "))):
        raise Problem("pseudonym-invalid")
    return Pseudonym(shown, skeleton_of(shown), other_skeletons(shown))


def _allowed(character: str) -> bool:
    if character in _PUNCTUATION or character.isascii():
        return character in _PUNCTUATION or character.isalnum()
    return unicodedata.category(character)[0] in "LMN" and not is_invisible(character)


def _piled_marks(name: str) -> bool:
    if name.isascii():
        return False
    marks = "".join("m" if unicodedata.category(character)[0] == "M" else "." for character in name)
    return "mmm" in marks or marks.startswith("m")
