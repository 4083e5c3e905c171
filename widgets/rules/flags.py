"""Owns the reasons for which a comment can be pointed out, and how soon an editor should look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MOST_URGENT: Final = 9
CALLS: Final = 8  # from here on somebody is called

_SEVERAL: Final = 3  # readers who point to the same comment as a crisis

URGENCY: Final[Mapping[str, int]] = {
    "crisis": 7,  # one reader, whom nobody knows, outranks no plea that a rule has found
    "unsafe-medical-claim": 7,
    "personal-data": 6,
    "abuse": 5,
    "spam": 3,
    "off-topic": 2,
    "other": 2,
}


def flag_urgency(reason: str, already: int) -> int:
    """How soon to look after one more flag; `already` others have pointed out the same. Never as soon as for a plea of
    now, for flags can be made up."""
    return CALLS if reason == "crisis" and already + 1 >= _SEVERAL else URGENCY[reason]
