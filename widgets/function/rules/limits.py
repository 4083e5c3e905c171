"""Owns how much one address may do: windows of time, drawn on under keyed hashes that are forgotten within
a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from widgets.function.keys import keyed
from widgets.store.records import Charge

DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in each window of `seconds` (a divisor of a day, so that a window lies within one
    day's key)."""

    count: int
    seconds: int


# Generous enough for a clinic's or a household's one address; a robot reaches them at once.
DEFAULT_LIMITS: Final[Mapping[str, tuple[Limit, ...]]] = {
    "vote": (Limit(60, 60),),
    "new-voter": (Limit(20, DAY),),  # of one poll
    "reaction": (Limit(120, 60),),
    "new-reactor": (Limit(20, DAY),),  # of one thread
    "comment": (Limit(6, 60), Limit(60, DAY)),
    "edit": (Limit(20, 60),),
    "flag": (Limit(20, 3_600),),
    "challenge": (Limit(60, 60),),
    "me": (Limit(20, 60),),
    "desk-enter": (Limit(10, 60),),
}


def charges(
    day_key: bytes, rule: str, limits: tuple[Limit, ...], who: str, scope: str, now: int
) -> list[Charge]:
    """What to draw on for one act; a bucket's name tells neither address nor scope without the key."""
    drawn = []
    for limit in limits:
        window = now // limit.seconds
        bucket = keyed(day_key, rule, str(limit.seconds), str(window), who, scope)
        drawn.append(Charge(bucket, limit.count, (window + 1) * limit.seconds))
    return drawn


def retry_after(drawn: list[Charge], counts: list[int], now: int) -> int | None:
    """Seconds until the tightest exceeded window ends, or None when all is within bounds."""
    waits = [
        charge.expires - now for charge, count in zip(drawn, counts, strict=True) if count > charge.limit
    ]
    return max(waits) if waits else None
