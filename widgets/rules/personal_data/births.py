"""Owns full dates of birth: a day, a month and a year after a word of birth. A year alone tells nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from widgets.rules.personal_data.place import DATE, Place, before

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    r"sep?tiembre|octubre|noviembre|diciembre)"
)
_WRITTEN: Final = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? {_MONTH},?(?: del?)? (?:19|20)\d{{2}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"(?<![\w/-])\d{1,2}([./-])\d{1,2}\1\d{2}(?![\w/-])")
_BORN: Final = re.compile(
    r"\b(?:born|birth|birthday|birthdate|dob|d\.o\.b|nac[ií]|naci[oó]|nacid[oa]|nacimiento|cumpleaños)\b",
    re.IGNORECASE,
)
_REACH: Final = 30


def births(text: str) -> Iterator[Place]:
    for pattern in (DATE, _WRITTEN, _SHORT):
        for match in pattern.finditer(text):
            if _BORN.search(before(text, match.start(), _REACH)):
                yield Place("birth-date", *match.span())
