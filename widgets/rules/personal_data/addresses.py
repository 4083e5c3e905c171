"""Owns how street addresses are written in English and in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from widgets.rules.personal_data.place import Place, before

_STREETS: Final = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Court|Crescent|Square|Way|Terrace|Boulevard|Blvd|"
    r"Gardens|Grove|Row|Mews|Place|Parade|Highway)"
)
_NAMED: Final = re.compile(rf"\b\d{{1,5}}[a-zA-Z]?,? (?:[A-Z][\w'’.-]{{1,30}} ){{1,4}}{_STREETS}\b")
_SMALL: Final = re.compile(rf"\b\d{{1,5}}[a-z]?,? (?:[\w'’.-]{{2,30}} ){{1,3}}{_STREETS}\b", re.IGNORECASE)
_HERE: Final = re.compile(
    r"\b(?:i live|we live|my address|our address|come (?:by|to)|visit (?:me|us))\b", re.IGNORECASE
)
_POSTCODE: Final = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) \d[ABD-HJLNP-UW-Z]{2}\b")  # the United Kingdom's
_CALLE: Final = re.compile(
    r"\b(?:[Cc]alle|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Cc]amino|[Cc]arretera|[Rr]onda|[Tt]raves[ií]a|"
    r"[Gg]lorieta|[Uu]rbanizaci[oó]n|C/) ?(?:de |del )?(?:la |los |las |el )?[A-ZÁÉÍÓÚÑ][\w.ºª]{0,30}"
    r"(?: [\w.]{1,30}){0,3},? (?:n[º.°]? ?|n[uú]mero )?\d{1,4}\b(?! ?(?:km|min|m|horas|años|euros|de [a-z]))"
)


def addresses(text: str) -> Iterator[Place]:
    for pattern in (_NAMED, _CALLE, _POSTCODE):
        for match in pattern.finditer(text):
            yield Place("address", *match.span())
    for match in _SMALL.finditer(text):
        if _HERE.search(before(text, match.start(), 25)):
            yield Place("address", *match.span())
