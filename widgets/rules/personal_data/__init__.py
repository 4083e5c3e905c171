"""Owns the guess that a text holds personal data, so that its writer is asked before it is public.

A new kind is one function in this folder, one entry in `FINDERS`, and cases in
`tests/widgets/rules/personal_data.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from typing import Final

from widgets.rules.personal_data.addresses import addresses
from widgets.rules.personal_data.births import births
from widgets.rules.personal_data.contacts import emails, phones
from widgets.rules.personal_data.handles import handles
from widgets.rules.personal_data.markup import OF_ADDRESSES, OF_NUMBERS, across
from widgets.rules.personal_data.place import Kind, Place
from widgets.rules.personal_data.records import records

__all__ = ["FINDERS", "Kind", "Place", "kinds", "personal_data"]

# What several could claim is the first one's.
FINDERS: Final[tuple[Callable[[str], Iterator[Place]], ...]] = (
    emails,
    handles,
    records,
    births,
    phones,
    addresses,
)


# Of these each needs a digit.
_OF_DIGITS: Final = frozenset({records, births, phones, addresses})
_DIGIT: Final = re.compile(r"\d")


def personal_data(text: str, own: Collection[str] = ()) -> tuple[Place, ...]:
    """Where it stands, in the order of the text; no two places overlap. `own`: the numbers of the site's own lines,
    as they are written in its manifest."""
    found: list[Place] = []
    digits = _DIGIT.search(text) is not None
    for finder in FINDERS:
        if finder in _OF_DIGITS and not digits:
            continue
        for place in phones(text, own) if finder is phones else finder(text):
            if _is_free(place, found):
                insort(found, place, key=_start)
    parted = across(text, OF_ADDRESSES, emails) if "@" in text else iter(())
    numbers = across(text, OF_NUMBERS, lambda bare: phones(bare, own)) if digits else iter(())
    for place in chain(parted, numbers):
        if _is_free(place, found):
            insort(found, place, key=_start)
    return tuple(found)


def _is_free(place: Place, found: list[Place]) -> bool:
    """Whether it overlaps none of the places found, which are in their order and do not overlap one another."""
    at = bisect_left(found, place.end, key=_start)
    return at == 0 or not found[at - 1].overlaps(place)


def _start(place: Place) -> int:
    return place.start


def kinds(places: tuple[Place, ...]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(place.kind for place in places))
