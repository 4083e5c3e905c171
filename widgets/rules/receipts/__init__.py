"""Owns receipts of responses to surveys: 64 bits, said in eight words of a list of ours, English or Spanish.

No word is in both lists, and no two of a list differ in one letter alone.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

Fault = Literal["receipt-length", "receipt-word"]
BYTES: Final = 8  # and as many words: each list has 256


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    return {lang: tuple(words) for lang, words in json.loads(text).items()}


@cache
def _numbers() -> Mapping[str, int]:
    return {word: number for words in lists().values() for number, word in enumerate(words)}


def words_of(receipt: bytes, lang: str) -> str:
    """The receipt in the words of this language, English where there is no list of it."""
    words = lists().get(lang.partition("-")[0], lists()["en"])
    return " ".join(words[byte] for byte in receipt)


def read_receipt(text: str) -> bytes | None:
    """What somebody typed, whatever the case, accents, blanks and signs between words; None where it is no receipt."""
    numbers = [_numbers().get(word) for word in typed_words(text)]
    found = [number for number in numbers if number is not None]
    return bytes(found) if len(found) == len(numbers) == BYTES else None


def fault_of(text: str) -> Fault:
    """Why what somebody typed reads as no receipt. This tells nothing of what is kept."""
    return "receipt-length" if len(typed_words(text)) != BYTES else "receipt-word"


def typed_words(text: str) -> list[str]:
    """The words of a text, folded as those of the lists are."""
    folded = unicodedata.normalize("NFKD", text[:1_000]).casefold()
    plain = "".join(one for one in folded if not unicodedata.combining(one))
    return "".join(one if one.isalpha() else " " for one in plain).split()
