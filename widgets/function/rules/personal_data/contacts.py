"""Owns how e-mail addresses and telephone numbers are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from widgets.function.rules.personal_data.place import DATE, Place, before

_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SPELLED_EMAIL: Final = re.compile(
    r"[\w.+-]{1,64} ?(?:[(\[](?:at|arroba)[)\]]| (?:at|arroba) ) ?[\w-]{1,63} (?:dot|punto) [a-z]{2,10}\b"
    r"|[\w.+-]{1,64} ?[(\[](?:at|arroba)[)\]] ?[\w-]{1,63}\.[a-z]{2,10}\b",
    re.IGNORECASE,
)
# Digits with the marks that people put between them.
_NUMBER: Final = re.compile(
    r"(?<![\w.,/-])(?:\+|00)?\(?\d{1,4}\)?(?:[ \u00a0./-]{0,2}\d{2,5}){1,6}(?![\w/-]|[.,]\d)"
)
_UNIT: Final = re.compile(
    r"\s?(?:mg|mcg|µg|ug|ml|g|kg|kcal|cal|km|kms|m|cm|mm|%|iu|ui|units?|unidades|steps|pasos|hours?|horas?|days?|días?|years?|años?|min|times|veces|euros?|eur|€|\$|£)\b",
    re.IGNORECASE,
)
_CALLS: Final = re.compile(
    r"\b(?:phone|telephone|mobile|cell|call|ring|text|whatsapp|telegram|sms|tel|number is|reach me|"
    r"tel[eé]fono|m[oó]vil|celular|ll[aá]ma(?:me|dme)?|escr[ií]beme|mi n[uú]mero|tlf)\b",
    re.IGNORECASE,
)
_SHAPES: Final = (
    re.compile(r"(?:\+|00)\d{9,14}"),  # with a country
    re.compile(r"0\d{8,10}"),  # with a trunk zero
    re.compile(r"[679]\d{8}|8\d{8}"),  # Spain
)
_NORTH_AMERICA: Final = re.compile(r"\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4}")
_GROUPED: Final = re.compile(
    r"\d{3}([ .-]?)\d{3}\1\d{3}|\d{3}[ .-]\d{2}[ .-]\d{2}[ .-]\d{2}|\d{2}[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}"
)


def emails(text: str) -> Iterator[Place]:
    for pattern in (_EMAIL, _SPELLED_EMAIL):
        for match in pattern.finditer(text):
            yield Place("email", *match.span())


def phones(text: str) -> Iterator[Place]:
    """Numbers of a known shape, and longer ones that a word before them calls so; doses, laboratory values,
    dates and codes have other shapes or are followed by their unit."""
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = re.sub(r"[^\d+]", "", written)
        if DATE.fullmatch(written) or _UNIT.match(text, match.end()):
            continue
        named = len(digits) >= 7 and _CALLS.search(before(text, match.start(), 40))
        if named or _shaped(written, digits):
            yield Place("phone", *match.span())


def _shaped(written: str, digits: str) -> bool:
    if not any(shape.fullmatch(digits) for shape in _SHAPES):
        return bool(_NORTH_AMERICA.fullmatch(written))
    return digits[0] in "+0" or bool(_GROUPED.fullmatch(written))
