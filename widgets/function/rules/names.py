"""Owns pseudonyms: what may be one, and when two of them look alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from widgets.function.problems import Problem

SHORTEST: Final = 2
LONGEST: Final = 40
_PUNCTUATION: Final = frozenset(" .'’_-")

# Letters of other scripts that pass for Latin ones, and digits that pass for letters (a part of Unicode's
# confusables, UTS 39, that matters for names).
_LOOKALIKES: Final = str.maketrans("аеорсухіјѕԁһкмтвнαεορτυνικχ01", "aeopcyxijsdhkmtbhaeoptuvikxol")
_OF_THE_SITE: Final = frozenset(
    {
        *(
            "admin",
            "administrator",
            "moderator",
            "mod",
            "editor",
            "editors",
            "staff",
            "support",
            "team",
            "system",
        ),
        *("gatherwell", "official", "root", "webmaster", "helpdesk", "withdrawn", "deleted", "anonymous"),
        *(
            "administrador",
            "administradora",
            "moderador",
            "moderadora",
            "editora",
            "equipo",
            "soporte",
            "oficial",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """As shown, and the skeleton that two look-alikes share."""

    shown: str
    skeleton: str


def check_pseudonym(raw: str) -> Pseudonym:
    """Raises Problem. Letters of every script are welcome; invisible and direction-changing characters are
    not."""
    shown = " ".join(unicodedata.normalize("NFC", raw).split(" ")).strip()
    if not SHORTEST <= len(shown) <= LONGEST or not all(map(_allowed, shown)) or "  " in shown:
        raise Problem("pseudonym-invalid")
    if not any(unicodedata.category(character)[0] in "LN" for character in shown) or _piled_marks(shown):
        raise Problem("pseudonym-invalid")
    skeleton = skeleton_of(shown)
    if any(_plain(word) in _OF_THE_SITE for word in (skeleton, *shown.split(" "))):
        raise Problem("pseudonym-reserved")
    return Pseudonym(shown, skeleton)


def skeleton_of(name: str) -> str:
    """What is left of a name when accents, case, spaces and look-alikes are taken for the same."""
    return _plain(name) or unicodedata.normalize("NFKC", name).casefold()


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LOOKALIKES)
    return "".join(character for character in folded if character.isalnum())


def _allowed(character: str) -> bool:
    return character in _PUNCTUATION or unicodedata.category(character)[0] in "LMN"


def _piled_marks(name: str) -> bool:
    marks = "".join("m" if unicodedata.category(character)[0] == "M" else "." for character in name)
    return "mmm" in marks or marks.startswith("m")
