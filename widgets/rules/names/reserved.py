"""Owns names that pass for the site or its people: words of staff, the site's title, full names of staff and profiles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, combinations, groupby
from typing import Final

from widgets.rules.names.skeletons import as_written, plain

# As whole words. `mod` and the like stand in longer words that are nobody's office: Modesty, Steam, Stafford.
_WORDS: Final = frozenset(
    {
        *("admin", "admins", "administrator", "administrators", "administration"),
        *("moderator", "moderators", "moderation", "mod", "mods", "editor", "editors", "editorial"),
        *("clinician", "clinicians", "advocate", "advocates"),
        *("staff", "support", "team", "system", "gatherwell", "official", "verified", "root", "webmaster"),
        *("helpdesk", "withdrawn", "deleted", "anonymous"),
        *("administrador", "administradora", "administración", "moderador", "moderadora", "moderación"),
        *("editora", "editores", "equipo", "soporte", "oficial", "verificado", "verificada", "sistema"),
        *("modérateur", "modérateurs", "modératrice", "modératrices", "administrateur", "administratrice"),
        *("équipe", "officiel", "officielle", "vérifié", "vérifiée"),
        *("clínico", "clínica", "defensora", "eliminado", "retirado", "anónimo", "anónima"),
    }
)
_GLUED: Final = ("admin", "moderator")  # in front of other letters or behind them too
_SHORTEST_TITLE: Final = 4
_SHORTEST_SPELLED: Final = 3
_LONG_NAME: Final = 8  # from so many letters on a full name is found inside longer words too
_DIGIT_LETTERS: Final = str.maketrans("34578", "eastb")  # 0 and 1 are look-alikes of letters in every name
_APART: Final = re.compile(r"[^\w]+|_+")
_DIGITS: Final = re.compile(r"\d+")
_Reading = Callable[[str], str]
_CASE: Final = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")


@dataclass(frozen=True, slots=True)
class SiteNames:
    """`title` is the site's; `people` are full names of staff and of published profiles, and names of crisis lines."""

    title: str = ""
    people: tuple[str, ...] = ()


def is_reserved(name: str, site: SiteNames) -> bool:
    words, pieces = _words(name), list(_pieces(name))
    every = {name, *words, *name.split(" "), *pieces, *_spelled_out(name)}
    return any(
        _reads_reserved(
            {read(part) for part in every} - {""},
            _Read(read(name), [read(one) for one in pieces], [read(one) for one in words]),
            site,
        )
        for read in _READINGS
    )


def _reads_reserved(tried: set[str], name: _Read, site: SiteNames) -> bool:
    glued = [plain(word) for word in _GLUED]
    if len(title := plain(site.title)) >= _SHORTEST_TITLE:
        glued.append(title)
    return (
        not tried.isdisjoint(_skeletons())
        or any(one.startswith(word) or one.endswith(word) for one in tried for word in glued)
        or _bears_any(name, site)
    )


def _digits_read(text: str) -> str:
    """Digits between letters read as letters: `St4ff`."""
    return as_written(text.translate(_DIGIT_LETTERS)) if any(map(str.isalpha, text)) else plain(text)


_READINGS: Final[tuple[_Reading, ...]] = (plain, as_written, _digits_read)


@dataclass(frozen=True, slots=True)
class _Read:
    """A name in one reading: as a whole, by pieces, by words."""

    whole: str
    pieces: Sequence[str]
    words: Sequence[str]


def _bears_any(name: _Read, site: SiteNames) -> bool:
    """Whether the name is one person's, or holds the full name, glued or not. One word alone is a name of many."""
    sought = _sought(site.people)
    if name.whole in sought.every:
        return True
    glued = "".join(name.pieces)
    anywhere = " ".join((glued, *name.words))
    held = [one for one in sought.several if one in anywhere]
    if not held:
        return False
    ends = list(accumulate(map(len, name.pieces), initial=0))
    return any(
        (len(one) >= _LONG_NAME and any(one in word for word in name.words))
        or any(glued.startswith(one, at) and at + len(one) in ends for at in ends)
        for one in held
    )


@dataclass(frozen=True, slots=True)
class _Sought:
    """What full names read like without blanks, and those of them that have several words."""

    every: frozenset[str]
    several: Sequence[str]


@lru_cache(maxsize=4)  # those of a manifest and of the staff, who seldom change
def _sought(people: tuple[str, ...]) -> _Sought:
    full = [[plain(word) for word in _words(person)] for person in people]
    several = ["".join(words) for words in full if len(words) > 1]
    return _Sought(frozenset(map("".join, full)) - {""}, [one for one in several if one])


def _spelled_out(name: str) -> Iterator[str]:
    """What letters that stand alone make in a row: `s.t.a.f.f`."""
    for single, group in groupby(_words(name), key=lambda word: len(word) == 1):
        letters = "".join(group) if single else ""
        for start, end in combinations(range(len(letters) + 1), 2):
            if end - start >= _SHORTEST_SPELLED:
                yield letters[start:end]


def _words(name: str) -> list[str]:
    return [word for word in _APART.split(unicodedata.normalize("NFKC", name)) if word]


def _pieces(name: str) -> Iterator[str]:
    """Words, parted further at digits and at changes from small letters to capitals."""
    for word in _words(name):
        for letters in _DIGITS.split(word):
            yield from _CASE.split(letters)


@cache
def _skeletons() -> frozenset[str]:
    return frozenset(map(plain, _WORDS))
