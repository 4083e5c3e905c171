"""Owns which telephone numbers are nobody's own: ranges that are free to call, public helplines, and the site's lines.

Sources: Ofcom, National Telephone Numbering Plan (0800, 0808, 116); NANPA, toll-free codes; CNMC, Plan nacional de
numeracion (800, 900); ARCEP (0 800, 0 805); Bundesnetzagentur (0800); ACMA (13, 1300, 1800); NKOM and ComReg (1800).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

# What is left of a number without its marks and its country.
_COUNTRY: Final = re.compile(r"\A(?:\+|00)(?:44|34|1|33|49|61|64|353|52|54|57|56|55|39|351|41|43)(?=\d)")
_FREE: Final = (
    re.compile(r"0?80[08]\d{4,7}"),  # United Kingdom, New Zealand, Spain, France, Mexico, Argentina
    re.compile(r"0800\d{3,8}"),  # Germany, and the first groups of such a number
    re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}"),  # North America
    re.compile(r"1[38]00\d{6}"),  # Australia, Ireland
    re.compile(r"13\d{4}"),
    re.compile(r"900\d{6}"),  # Spain
    re.compile(r"0?80[05]\d{6}"),  # France
    re.compile(r"116\d{3}"),  # European services of social value
)
# Helplines outside free ranges.
_PUBLIC: Final = frozenset(
    ("717003717",)
)  # Telefono de la Esperanza, Spain (https://telefonodelaesperanza.org)
_SHORT: Final = 6  # digits up to which a number is a service's and nobody's


def is_line(written: str, own: Collection[str] = ()) -> bool:
    """Whether a number as it is written is a public one. `own` are the site's lines, written in any way."""
    digits = _digits(written)
    bare = _COUNTRY.sub("", digits)
    if len(bare) <= _SHORT or bare in _PUBLIC or any(free.fullmatch(bare) for free in _FREE):
        return True
    return any(_same(bare, _COUNTRY.sub("", _digits(line))) for line in own)


def _same(one: str, other: str) -> bool:
    return bool(other) and one.lstrip("0") == other.lstrip("0")


def _digits(written: str) -> str:
    return re.sub(r"[^\d+]", "", written)
