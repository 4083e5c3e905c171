"""Owns the judgement that a text tells others to do what only a clinician should: stop a medicine, take a dose,
believe in a miracle, buy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from widgets.rules.crisis import read_plain
from widgets.rules.phrases import Phrases, gather
from widgets.rules.phrases.catalog import names
from widgets.rules.phrases.files import PhraseFile, read_phrases, read_phrases_by_name
from widgets.rules.phrases.told import Reading
from widgets.rules.weights import read_weights
from widgets.rules.words import Reader

# Signs that are harmless each: two of them in one message tell others what only a clinician should.
_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ("stopping", "urges"),
    ("overdose", "urges"),
    ("mixing", "boosts"),
    ("symptom", "no_hospital"),
    ("remedy", "cures"),
    ("needle", "at_home"),
)
_SHORT: Final = 60  # words of a message in which signs belong together
NO_CLAIMS: Final = gather(())


@dataclass(frozen=True, slots=True)
class Claim:
    """`weighed`: no phrase found it, only its words taken together. Then it is queued and not held."""

    weighed: bool = False


def judge_claim(text: str, of_the_condition: Phrases = NO_CLAIMS) -> Claim | None:
    """`of_the_condition`: what its editors know to be claimed there. Where a list finds a claim that is denied (`never stop
    your tablets`), the text is understood and not weighed."""
    words = _reader(of_the_condition.vocabulary).read(text)
    readings = [Reading(words, file) for file in claim_files()]
    if any(reading.told("claim") for reading in readings):
        return Claim()
    if any(map(_of_signs, readings)):
        return Claim()
    # In whatever language the editors wrote: denied in one is denied.
    if all(reading.told(of_the_condition) for reading in readings):
        return Claim()
    if any(reading.has("claim") for reading in readings):
        return None
    return Claim(weighed=True) if read_weights("claims").counts(read_plain(text)) else None


def _of_signs(reading: Reading) -> bool:
    """Two signs that stand apart in a short message; none where its writer warns, asks, or tells what a clinician said."""
    if len(reading.words) > _SHORT:
        return False
    return any(reading.apart(one, other) for one, other in _PAIRS) and not reading.has("sober")


def read_claims(path: Path) -> Mapping[str, Phrases]:
    """An editors' file: phrases by condition. Raises PhraseError with the file, the line and a remedy."""
    return read_phrases_by_name(path)


@cache
def claim_files() -> tuple[PhraseFile, ...]:
    """The lists of every language: each is tried on every text."""
    return tuple(map(read_phrases, names("claims")))


@lru_cache(maxsize=16)  # conditions whose editors know claims
def _reader(of_the_condition: frozenset[str]) -> Reader:
    return Reader(of_the_condition.union(*(file.vocabulary for file in claim_files())).__contains__)
