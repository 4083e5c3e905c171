"""Owns what the publishing rules are handed and what they answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from widgets.function.rules.crisis import Plea
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
    name_on_hold: bool = False  # a moderator wants to read all that this pseudonym writes for a while
    plea: Plea | None = None
    quiet: bool = False  # it comes in the quiet hours of its condition
    claims: bool = False  # it tells others to do what only a clinician should


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a person should read a text, and how soon (1 routine to 9 at once).

    One that does not hold leaves the text to be seen meanwhile.
    """

    reason: str
    urgency: int = 1
    holds: bool = True


Rule = Callable[[Draft], Finding | None]
