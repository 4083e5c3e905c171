"""Owns the guess that a text holds personal data, so that its writer is asked before it is public.

A new kind is one function in this folder, one entry in `FINDERS`, and cases in
`tests/widgets/rules/personal_data.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from widgets.rules.personal_data.addresses import addresses
from widgets.rules.personal_data.births import births
from widgets.rules.personal_data.contacts import emails, phones
from widgets.rules.personal_data.handles import handles
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


def personal_data(text: str, own: Collection[str] = ()) -> tuple[Place, ...]:
    """Where it stands, in the order of the text; no two places overlap. `own`: the numbers of the site's own lines,
    as they are written in its manifest."""
    found: list[Place] = []
    for finder in FINDERS:
        for place in phones(text, own) if finder is phones else finder(text):
            if not any(map(place.overlaps, found)):
                found.append(place)
    return tuple(sorted(found, key=lambda place: place.start))


def kinds(places: tuple[Place, ...]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(place.kind for place in places))
