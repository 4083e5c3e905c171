"""Owns what the publishing rules are handed and what they answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from widgets.rules.claims import Claim
from widgets.rules.crisis import Alert, Plea
from widgets.rules.harm import Harm
from widgets.store.records import State


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way, with all that the rules may know about it."""

    text: str
    links: int
    policy: Literal["pre", "first", "post"]
    approved_before: bool
    proven: bool  # a proof of work came with it, or none is asked for
    seen_elsewhere: bool  # somebody else posted the same long text today
    personal_data: tuple[str, ...]
    confirmed: bool
    state_before: State | None = None  # of an edited comment
    decided_before: bool = False  # a person decided on the words that this edit replaces
    name_on_hold: bool = False  # a moderator wants to read all that this pseudonym writes for a while
    device_on_hold: bool = False  # its device wrote under a pseudonym on hold, here or in another condition
    plea: Plea | None = None
    eased: bool = False  # words of a false alarm stand beside the plea
    over_budget: bool = False  # its writer, or the network, had enough posts shown unread today
    quiet: bool = False  # it comes in the quiet hours of its condition
    claim: Claim | None = None
    harm: Harm | None = None
    young: bool = False  # its writer says to be younger than who may write here


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a person should read a text, and how soon (1 routine to 9 at once).

    One that does not hold leaves the text to be seen meanwhile. `alert`: how those who look after people are called.
    """

    reason: str
    urgency: int = 1
    holds: bool = True
    alert: Alert = "none"


Rule = Callable[[Draft], Finding | None]
