"""Owns the reasons for which a comment can be pointed out, and how soon an editor should look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MOST_URGENT: Final = 9

URGENCY: Final[Mapping[str, int]] = {
    "crisis": MOST_URGENT,
    "unsafe-medical-claim": 7,
    "personal-data": 6,
    "abuse": 5,
    "spam": 3,
    "off-topic": 2,
    "other": 2,
}
