"""Owns normal forms of Unicode in linear time: what an attacker writes must not cost more than what a member writes.

`unicodedata.normalize` sorts each run of combining marks by insertion, so that a run of n costs n² steps: 150,000 marks took
20 seconds. No writing system needs more than a few; UAX #15 (Stream-Safe Text Format) allows 30 in a row.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Literal

Form = Literal["NFC", "NFKC", "NFKD"]

MOST: Final = 30
_LEFT_OUT: Final = frozenset({"Mn", "Cf"})
_FEW: Final = 8  # signs that are sooner taken out one by one than by a table
_MARKS: Final = range(0x300, 0x20000)  # all lie there


def normal(form: Form, text: str) -> str:
    """The normal form of the text. Of a run of more than 30 combining marks the first 30 stay."""
    if text.isascii():
        return text
    if len(text) > MOST and any(map(unicodedata.combining, set(text))):
        text = _too_many().sub(r"\1", text)
    return unicodedata.normalize(form, text)


def unmarked(text: str) -> str:
    """The text without accents and other marks on letters, and without what only formats."""
    if text.isascii():
        return text
    left_out = [one for one in set(text) if unicodedata.category(one) in _LEFT_OUT]
    if len(left_out) > _FEW:
        return text.translate(dict.fromkeys(map(ord, left_out)))
    for one in left_out:
        text = text.replace(one, "")
    return text


@cache
def _too_many() -> re.Pattern[str]:
    marks = list(map(ord, filter(unicodedata.combining, map(chr, _MARKS))))
    starts = [code for code in marks if not unicodedata.combining(chr(code - 1))]
    ends = [code for code in marks if not unicodedata.combining(chr(code + 1))]
    ranges = "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))
    return re.compile(f"([{ranges}]{{{MOST}}})[{ranges}]++")
