"""Owns the judgement that a text tells of danger: to its writer, to somebody near, by others, by mistake.

What the lists can and cannot do, and where they come from, stands in docs/care.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, Literal

from widgets.rules.pleas.signs import Signs, sign_files
from widgets.rules.pleas.unmasked import Found, Kind, Level, core_files, read_core
from widgets.rules.pleas.wide import Wide, wide_files
from widgets.rules.weights import FEWEST, read_weights
from widgets.rules.words import Reader, Words

__all__ = ["Alert", "Kind", "Level", "Plea", "judge_plea", "read_plain"]

Alert = Literal["at once", "coalesced", "none"]

_LEVELS: Final[tuple[Level, ...]] = ("now", "thoughts", "past")
_KINDS: Final[tuple[Kind, ...]] = ("self", "other", "poisoning", "child", "abuse")
# In hundredths, chosen on texts that the weights had not seen: what the wider lists find falls away where all other words
# speak against it.
_UNLIKE: Final = -100
_FEW_WORDS: Final = 7
_FURNITURE: Final = frozenset(
    (
        *("drawer", "drawers", "cupboard", "wardrobe", "shelf"),
        *("cajon", "cajones", "armario", "estante", "mesilla"),
    )
)


@dataclass(frozen=True, slots=True)
class Plea:
    """`now`: a decision, an act under way, a farewell; `thoughts`: wishes, self-harm, fear for somebody; `past`: over.

    `kind` says who is in danger, or by what. `method`: it tells of means or amounts. `language` is that of the list
    that found it. `weighed`: no phrase found it, only its words taken together; a decision is then held to be on the safe
    side, and its alert waits for others.
    """

    level: Level
    kind: Kind = "self"
    method: bool = False
    language: str = "en"
    weighed: bool = False

    @property
    def held(self) -> bool:
        """A decision about oneself waits for a person; so do means and amounts, whoever they are told of."""
        return self.method or (self.level == "now" and self.kind == "self")

    @property
    def urgency(self) -> int:
        """1 routine to 9 at once."""
        if self.level == "now":
            return 8 if self.weighed else 9
        if self.level == "past":
            return 6
        return 7 if self.weighed else 8

    @property
    def alert(self) -> Alert:
        """How somebody is called: at once, together with others of the next minutes, or not."""
        if self.level == "now":
            return "coalesced" if self.weighed else "at once"
        return "none" if self.weighed or self.level == "past" else "coalesced"


def judge_plea(text: str, language: str = "en") -> Plea | None:
    """The gravest that any list finds, since people write in their own language on any page (`language`, a BCP 47
    tag, is the page's: it decides where no list of a language did); what no list finds and what the words of the text,
    weighed together, make likely; not what they make unlikely, but for the core.
    """
    words = read_plain(text)
    wide, signs = Wide(words), Signs(words)
    core = read_core(words, signs.closed)
    found = [*core.found, *wide.found(core), *signs.found(core)]
    if not found:
        return None if core.settled else _weighed(words, wide, signs, language)
    page = language.partition("-")[0]
    gravest = min(found, key=lambda one: (*_gravity(one), one.language != page))
    if gravest.level == "thoughts" and gravest.kind == "self" and not core.found and signs.recovered:
        gravest = replace(gravest, level="past")
    method = gravest.kind in ("self", "other") and any(one.method for one in found)
    if gravest.level == "thoughts" and not core.found and not method and _unlike(words):
        return None
    plea = Plea(gravest.level, gravest.kind, method, _language_of(gravest, words, language))
    return _of_whom_and_when(plea, words, signs, told_by_core=bool(core.found))


def _of_whom_and_when(plea: Plea, words: Words, signs: Signs, *, told_by_core: bool) -> Plea:
    """What no phrase tells: that all words together speak of somebody else, or of a decision."""
    if plea.kind != "self" or plea.level == "past":
        return plea
    others = read_weights("other")
    if not told_by_core and others.likeness_of(words) >= others.least:
        return replace(plea, kind="other")
    if len(words) < FEWEST or signs.recovered:
        return plea
    decided = read_weights("now").likeness_of(words) >= read_weights("now").sure
    return replace(plea, level="now") if decided else plea


@lru_cache(maxsize=1)  # what judges pleas and what weighs claims read the same text
def read_plain(text: str) -> Words:
    """The words of a text in the form in which lists know them."""
    return _reader().read(text)


@cache
def _reader() -> Reader:
    files = (*core_files(), *wide_files(), *sign_files())
    return Reader(frozenset().union(*(file.vocabulary for file in files)).__contains__)


def _gravity(found: Found) -> tuple[int, int]:
    """Lowest for what is to be answered first."""
    return _LEVELS.index(found.level), _KINDS.index(found.kind)


def _weighed(words: Words, wide: Wide, signs: Signs, language: str) -> Plea | None:
    """The second opinion. What was understood by a list, and means nothing, is not weighed."""
    if not read_weights("crisis").counts(_telling(words, wide)) or wide.passed_over:
        return None
    level: Level = "past" if signs.recovered else "thoughts"
    plea = Plea(level, "self", language=_language(words, language), weighed=True)
    return _of_whom_and_when(plea, words, signs, told_by_core=False)


def _telling(words: Words, wide: Wide) -> Words:
    """In a few words a piece of furniture outweighs all others, since many pleas name where means lie."""
    if len(words) > _FEW_WORDS or wide.means:
        return words
    return Words(word for word in words if word.text not in _FURNITURE)


def _unlike(words: Words) -> bool:
    return read_weights("crisis").likeness_of(words) < _UNLIKE


def _language_of(found: Found, words: Words, language: str) -> str:
    return _language(words, language) if found.language == "more" else found.language


def _language(words: Words, language: str) -> str:
    """The language whose common words are most in the text; the page's where none is."""
    texts = {word.text for word in words}
    counts = {file.language: len(texts & file.sets["common"]) for file in core_files()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else language.partition("-")[0]
