"""Old names: shortened to a first name or to initials, and made distinct, so that two people never share one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from generator.importing.clean import person_name

Shortening = Literal["first", "initials", "full"]
NAMELESS: Final[Mapping[str, str]] = {
    "es": "Miembro",
    "fr": "Membre",
    "de": "Mitglied",
    "it": "Membro",
    "pt": "Membro",
}
_LOGIN_SIGN: Final = re.compile(r"[\d_@/\\#:+]")
_ALLOWED: Final = " .'’-"
# A title is no name, and says more than anybody has verified.
_TITLES: Final = frozenset(
    {"dr", "dra", "doctor", "doctora", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "herr", "frau", "mme"}
)
_LONGEST: Final = 30  # a number, and what the function adds, still fit behind it


def shortened(written: str, how: Shortening, logins: frozenset[str] = frozenset()) -> str:
    """*written* as it may stand here; empty where it is an address, a login name, or looks like one."""
    name = person_name(written)
    if not name or name.casefold() in logins or _LOGIN_SIGN.search(name):
        return ""
    name = "".join(character for character in name if _fits(character))
    words = [word for word in name.split() if any(map(str.isalpha, word))]
    words = [word for word in words if how == "full" or word.strip(".").casefold() not in _TITLES]
    if not words:
        return ""
    if how == "first":
        words = words[:1] if sum(map(str.isalpha, words[0])) > 1 else words[:2]
    if how == "initials" or all(len(word) == 1 for word in words):
        words = [f"{next(filter(str.isalpha, word)).upper()}." for word in words]
    return " ".join(words)[:_LONGEST].strip()


def _fits(character: str) -> bool:
    return character in _ALLOWED or unicodedata.category(character)[0] in "LM"


class Names:
    """Who is called what in one import. Names of an earlier file stay with whoever had them."""

    def __init__(self, how: Shortening, nameless: str) -> None:
        self._how = how
        self._nameless = nameless
        self._of: dict[bytes, str] = {}
        self._taken: set[str] = set()

    def keep(self, who: str, name: str) -> None:
        """Let *who* bear the name of an earlier import."""
        self._of.setdefault(_digest(who), name)
        self._taken.add(name.casefold())

    def take(self, name: str) -> None:
        """Keep a name from everybody else."""
        self._taken.add(name.casefold())

    def name(self, who: str, written: str, logins: frozenset[str]) -> str:
        key = _digest(who)
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = self._distinct(shortened(written, self._how, logins) or self._nameless)
        return found

    def _distinct(self, base: str) -> str:
        name, number = base, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{base} {number}"
        self._taken.add(name.casefold())
        return name


def _digest(who: str) -> bytes:
    """In memory alone: short, so that many writers need little of it."""
    return hashlib.blake2b(who.casefold().encode("utf-8", "replace"), digest_size=12).digest()
