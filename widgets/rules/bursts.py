"""Owns what makes a burst of posts, and which posts are decided one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from widgets.rules.networks import network_of

MINUTE: Final = 60
OPEN: Final = 5  # of a burst, the newest; of the others one line each
KEPT_SECONDS: Final = 72 * 3_600  # a burst's number, at the latest
ASIDE_SECONDS: Final = 24 * 3_600
_PLEAS: Final = frozenset({"crisis", "danger", "method"})
_HARMS: Final = frozenset({"incitement", "pact", "method-shared", "method"})  # what harms whoever reads it
_PLEADS: Final = 7  # urgency from which a plea is of now or of thoughts; the past has less


def burst_of(text: str, address: str, now: int) -> tuple[str, str, str] | None:
    """What posts of one burst agree in: the words, the network (IPv4 /24, IPv6 /48), the minute. `address` is an address
    or a network; None where none is known, since nothing then tells two people apart."""
    network = network_of(address, "/24") or network_of(address, "/48")
    if network is None:
        return None
    return " ".join(text.casefold().split()), network, str(now // MINUTE)


def one_by_one(reasons: Collection[str], urgency: int, flags: Mapping[str, int]) -> bool:
    """Whether the post is treated as a plea: of now, of thoughts, or what readers point to as one."""
    return bool(flags.get("crisis")) or (not _PLEAS.isdisjoint(reasons) and urgency >= _PLEADS)


def alone(reasons: Collection[str], urgency: int, flags: Mapping[str, int]) -> bool:
    """Whether no act on many may touch the post: one of those above, or one whose writer tells to be a child."""
    return "child" in reasons or one_by_one(reasons, urgency, flags)


def asks_first(reasons: Collection[str], urgency: int, flags: Mapping[str, int]) -> bool:
    """Whether no single press shows the post to everybody: one of those above, or one that harms its readers."""
    return not _HARMS.isdisjoint(reasons) or alone(reasons, urgency, flags)
