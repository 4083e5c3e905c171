"""Owns the guess that a text tells others to do what only a clinician should: stop a medicine, take a dose,
believe in a miracle, buy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from widgets.function.rules.phrases import Phrases, gather, told
from widgets.function.rules.phrases.files import FOLDER, PhraseFile, read_phrases, read_phrases_by_name
from widgets.function.rules.phrases.told import Reading
from widgets.function.rules.words import read_words

LANGUAGES: Final = ("en", "es")
NO_CLAIMS: Final = gather(())


def claims(text: str, of_the_condition: Phrases = NO_CLAIMS) -> bool:
    """`of_the_condition`: what its editors know to be claimed there."""
    known = _vocabulary()
    words = read_words(text, lambda word: word in known or word in of_the_condition.by_word)
    readings = [(Reading(words, file), file.lists["claim"]) for file in claim_files()]
    if any(reading.told(phrases) for reading, phrases in readings):
        return True
    # In whatever language the editors wrote: denied in one is denied.
    return all(reading.told(of_the_condition) for reading, _ in readings)


def read_claims(path: Path) -> Mapping[str, Phrases]:
    """An editors' file: phrases by condition. Raises PhraseError with the file, the line and a remedy."""
    return read_phrases_by_name(path)


@cache
def claim_files() -> tuple[PhraseFile, ...]:
    """Raises PhraseError."""
    lists = (*told.LISTS, "claim")
    return tuple(
        read_phrases(FOLDER / f"claims.{language}.yaml", lists=lists, sets=told.SETS)
        for language in LANGUAGES
    )


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset().union(*(file.vocabulary for file in claim_files()))
