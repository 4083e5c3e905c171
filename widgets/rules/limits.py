"""Owns how much one address and the networks around it may do: windows of time, drawn on under keyed hashes that
are forgotten within a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from widgets.rules.keys import keyed
from widgets.rules.networks import Width, network_of
from widgets.store.records import Charge

DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in each window of `seconds` (a divisor of a day, so that a window lies within one
    day's key), by one address (IPv6: /64), or by all of a wider network."""

    count: int
    seconds: int
    width: Width | None = None


# Of one poll or thread. A carrier's customers share addresses of a /24, and a provider gives a customer a /64, a /56 or a /48.
_NEWCOMERS: Final = (Limit(20, DAY), Limit(60, DAY, "/56"), Limit(200, DAY, "/48"), Limit(400, DAY, "/24"))

# Generous enough for a clinic's or a household's one address; a robot reaches them at once. Narrow windows come first:
# what an address may not do is not counted against its network.
DEFAULT_LIMITS: Final[Mapping[str, tuple[Limit, ...]]] = {
    "vote": (Limit(60, 60),),
    "new-voter": _NEWCOMERS,
    # of one poll, by a form: no proof of work comes with it
    "form-voter": (Limit(10, DAY), Limit(20, DAY, "/56"), Limit(50, DAY, "/48"), Limit(120, DAY, "/24")),
    "response": (Limit(30, 60),),
    "new-respondent": _NEWCOMERS,  # of one survey
    "form-respondent": (Limit(10, DAY), Limit(20, DAY, "/56"), Limit(50, DAY, "/48"), Limit(120, DAY, "/24")),
    "receipt": (Limit(10, 3_600),),
    "reaction": (Limit(120, 60),),
    "new-reactor": _NEWCOMERS,
    "comment": (Limit(6, 60), Limit(60, DAY)),
    # Posts that nobody has read before they show, of names without an approved post; beyond it an editor reads first.
    "unread-by-name": (Limit(3, DAY),),
    "unread": (Limit(5, DAY), Limit(10, DAY, "/56"), Limit(40, DAY, "/48"), Limit(40, DAY, "/24")),
    "edit": (Limit(20, 60),),
    "withdraw": (Limit(60, 60),),
    "appeal": (Limit(20, 3_600),),
    "form-appeal": (
        Limit(5, DAY),
        Limit(20, DAY, "/24"),
        Limit(20, DAY, "/48"),
    ),  # no proof of work comes with it
    "flag": (Limit(20, 3_600),),
    "challenge": (Limit(60, 60),),
    "me": (Limit(20, 60),),
    "desk-enter": (Limit(20, 60),),  # posts of who is not signed in; a passkey takes two
}


def charges(
    day_key: bytes, rule: str, limits: tuple[Limit, ...], who: str, scope: str, now: int
) -> list[Charge]:
    """What to draw on for one act; a bucket's name tells neither address nor scope without the key."""
    drawn = []
    for limit in limits:
        by = network_of(who, limit.width) if limit.width else who
        if by is None:
            continue
        window = now // limit.seconds
        bucket = keyed(day_key, rule, str(limit.seconds), str(window), by, scope)
        drawn.append(Charge(bucket, limit.count, (window + 1) * limit.seconds))
    return drawn


def retry_after(drawn: list[Charge], counts: list[int], now: int) -> int | None:
    """Seconds until the exceeded window ends, or None when all is within bounds. `counts` ends with the first that is
    above its limit."""
    waits = [
        charge.expires - now for charge, count in zip(drawn, counts, strict=False) if count > charge.limit
    ]
    return max(waits) if waits else None
