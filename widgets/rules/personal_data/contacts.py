"""Owns how e-mail addresses and telephone numbers are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from widgets.rules.personal_data.lines import is_line
from widgets.rules.personal_data.place import DATE, Place, around, before

_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SIGN: Final = re.compile("@")
# Where an address has its sign, however it is written. Two may share a blank.
_SPELLED_SIGN: Final = re.compile(r"@|(?=[(\[{] ?(?:at|arroba|@|a) ?[)\]}]| (?:at|arroba|@) )", re.IGNORECASE)
_DOT: Final = r"(?: ?[(\[{] ?(?:dot|punto|\.) ?[)\]}] ?| (?:dot|punto) |\.| \. )"
_HOSTS: Final = r"(?:gmail|g mail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|gmx|live|aol|msn)"
_SPELLED_EMAIL: Final = re.compile(
    # ana [at] example [dot] org, ana at example dot org
    rf"[\w.+-]{{1,64}} ?(?:[(\[{{] ?(?:at|arroba|@|a) ?[)\]}}]| (?:at|arroba|@) ) ?[\w-]{{1,63}}{_DOT}(?:com?|org|net|es|uk|de|fr|it|pt|mx|ar|edu|eu|info|me|io|co|us)\b"
    r"|[\w.+-]{1,64} ?(?:[(\[{] ?(?:at|arroba|@) ?[)\]}]| (?:at|arroba) ) ?[\w-]{1,63} (?:dot|punto) [a-z]{2,10}\b"
    r"|[\w.+-]{1,64} ?[(\[{] ?(?:at|arroba|@) ?[)\]}] ?[\w-]{1,63}\.[a-z]{2,10}\b"
    # ana at gmail, ana arroba hotmail
    rf"|[\w.+-]{{3,64}} ?(?:@|[(\[] ?(?:at|arroba) ?[)\]]| (?:at|arroba) ) ?{_HOSTS}\b(?!\.)",
    re.IGNORECASE,
)
# Each way to write an address, with what stands at its sign.
WRITTEN: Final = ((_EMAIL, _SIGN), (_SPELLED_EMAIL, _SPELLED_SIGN))
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
    for pattern, middle in WRITTEN:
        for match in around(pattern, middle, text):
            yield Place("email", *match.span())


def phones(text: str, own: Collection[str] = ()) -> Iterator[Place]:
    """Numbers of a known shape, and longer ones that a word before them calls so; doses, laboratory values,
    dates and codes have other shapes or are followed by their unit. What is free to call or a public line is
    nobody's, and so are the site's lines (`own`)."""
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = re.sub(r"[^\d+]", "", written)
        if DATE.fullmatch(written) or _UNIT.match(text, match.end()) or is_line(written, own):
            continue
        named = len(digits) >= 7 and _CALLS.search(before(text, match.start(), 40))
        if named or _shaped(written, digits):
            yield Place("phone", *match.span())


def _shaped(written: str, digits: str) -> bool:
    if not any(shape.fullmatch(digits) for shape in _SHAPES):
        return bool(_NORTH_AMERICA.fullmatch(written))
    return digits[0] in "+0" or bool(_GROUPED.fullmatch(written))
