"""Owns numbers under which a person is kept somewhere: health services, insurers, states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from widgets.rules.personal_data.place import DATE, Place

_NAMED: Final = re.compile(
    r"\b(?:nhs|mrn|ssn|nss|nuhsa|cip|tsi|hospital|patient|medicare|medicaid|insurance|policy|record|chart|"
    r"social security|seguridad social|historia(?: cl[ií]nica)?|tarjeta sanitaria|expediente|afiliaci[oó]n)\b"
    r"[^.;\n\d]{0,25}?\b([A-Z]{0,4}-?\d[\dA-Z]{0,20}(?:[ -](?=[A-Z]{0,3}\d)[\dA-Z]{2,10}){0,4})\b",
    re.IGNORECASE,
)
_SSN: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")  # United States
_CIP: Final = re.compile(r"\b[A-Z]{4}\d{10,12}\b")  # Spain, health card
_DNI: Final = re.compile(r"(?<![\w-])(\d{8})[ -]?([A-HJ-NP-TV-Z])(?![\w-])", re.IGNORECASE)
_NIE: Final = re.compile(r"(?<![\w-])([XYZ])-?(\d{7})-?([A-HJ-NP-TV-Z])(?![\w-])", re.IGNORECASE)
_NHS: Final = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"


def records(text: str) -> Iterator[Place]:
    for match in _NAMED.finditer(text):
        number = match.group(1)
        digits = sum(map(str.isdigit, number))
        long = digits >= 6 or (digits >= 4 and sum(map(str.isalnum, number)) >= 9)
        if long and not DATE.fullmatch(number):
            yield Place("record-number", *match.span(1))
    for pattern in (_SSN, _CIP):
        for match in pattern.finditer(text):
            yield Place("record-number", *match.span())
    for match in _DNI.finditer(text):
        if _DNI_LETTERS[int(match[1]) % 23] == match[2].upper():
            yield Place("record-number", *match.span())
    for match in _NIE.finditer(text):
        number = int("XYZ".index(match[1].upper()) * 10**7 + int(match[2]))
        if _DNI_LETTERS[number % 23] == match[3].upper():
            yield Place("record-number", *match.span())
    for match in _NHS.finditer(text):
        if _is_nhs_number(re.sub(r"\D", "", match.group())):
            yield Place("record-number", *match.span())


def _is_nhs_number(digits: str) -> bool:
    """Modulus 11, as the NHS Data Dictionary has it: a phone number passes by chance once in eleven."""
    weighed = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - weighed % 11) % 11 == int(digits[9])
