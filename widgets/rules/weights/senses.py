"""Owns what a word is about, whatever its language: to die, somebody near, means, a farewell, a clinician.

Two words of the same sense count alike where texts are weighed, so that what was learnt of one sentence holds for others
of its kind. `senses.json` names each sense with its words, in the form in which texts are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from widgets.rules.words import Word

FILE: Final = Path(__file__).with_name("senses.json")
_REACH: Final = 5  # words between which two senses belong together


def pairs_of_senses(words: Sequence[Word]) -> Iterator[str]:
    """Each sense (``@die``), and each two in their order that stand near one another in a sentence (``@kin die``)."""
    known = read_senses()
    senses = [known.get(word.text, ()) for word in words]
    for at, here in enumerate(senses):
        if not here:
            continue
        sentence = words[at].sentence
        for one in here:
            yield "@" + one
        for near in range(at + 1, min(len(words), at + _REACH + 1)):
            if words[near].sentence != sentence:
                break
            for other in senses[near]:
                for one in here:
                    yield f"@{one} {other}"


@cache
def read_senses() -> Mapping[str, tuple[str, ...]]:
    """The senses of each word that has any."""
    found: dict[str, list[str]] = {}
    for sense, many in json.loads(FILE.read_bytes()).items():
        for word in many.split():
            found.setdefault(word, []).append(sense)
    return {word: tuple(senses) for word, senses in found.items()}
