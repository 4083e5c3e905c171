"""Owns when those on duty are called: what goes out alone, what goes together, and what is said again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from widgets.store.calls import Call

MINUTE: Final = 60
MOST_ALONE: Final = 10  # a minute and condition; further ones go together
TOGETHER: Final = 5 * MINUTE  # of what goes together, one message in so long for each condition
AGAIN: Final = (15 * MINUTE, 60 * MINUTE)  # after the first, while nobody has looked
KEPT: Final = 24 * 60 * MINUTE
LEASE: Final = MINUTE  # whoever sends has so long, before another process takes over
_AGAIN_AFTER: Final = (2, 15, 60, 300, 900)  # seconds after a failure; then always the last


@dataclass(frozen=True, slots=True)
class Message:
    """One message to be sent now, for one or more calls of one condition."""

    calls: tuple[Call, ...]

    @property
    def first(self) -> Call:
        return self.calls[0]

    @property
    def last_time(self) -> bool:
        """After this nobody is told again, so that the second address is told too."""
        return self.first.step == len(AGAIN)


def messages(calls: Sequence[Call], now: int) -> list[Message]:
    """What is to be sent now. `calls` are all of the outbox, those that are done too: they tell what went out lately.

    At once and with a solved proof of work: each alone, up to `MOST_ALONE` a minute and condition, and what is above
    goes together when the minute is over. Without one, or not at once: the first now, further ones together after
    `TOGETHER`.
    """
    found: list[Message] = []
    for condition in dict.fromkeys(call.condition for call in calls):
        here = [call for call in calls if call.condition == condition]
        ready = [call for call in here if call.due is not None and call.due <= now]
        fresh = [call for call in ready if call.step == 0]
        found += _alone(here, [call for call in fresh if _presses(call)], now)
        for at_once in (True, False):
            group = [call for call in fresh if not _presses(call) and call.at_once == at_once]
            found += _together(here, group, at_once, now)
        for step in range(1, len(AGAIN) + 1):
            again = tuple(call for call in ready if call.step == step)
            found += [Message(again)] if again else []
    return found


def _presses(call: Call) -> bool:
    return call.at_once and call.proven


def _alone(here: Sequence[Call], fresh: Sequence[Call], now: int) -> list[Message]:
    lately = [call for call in here if call.alone and call.sent is not None and now - call.sent < MINUTE]
    room = max(0, MOST_ALONE - len(lately))
    waited = tuple(call for call in fresh if now - call.created >= MINUTE)
    late = [Message(waited)] if len(waited) > 1 and room else []
    left = [call for call in fresh if not late or call not in waited]
    return [*late, *(Message((replace(call, alone=True),)) for call in left[:room])]


def _together(here: Sequence[Call], fresh: Sequence[Call], at_once: bool, now: int) -> list[Message]:
    sent = [
        call.sent for call in here if call.sent is not None and not _presses(call) and call.at_once == at_once
    ]
    waits = any(now - one < TOGETHER for one in sent)
    # What a part of the channels has got already is carried through.
    begun = tuple(call for call in fresh if call.done or call.tries)
    if not fresh or (waits and not begun):
        return []
    return [Message(begun if waits else tuple(fresh))]


def leased(call: Call, now: int) -> Call:
    return replace(call, due=now + LEASE)


def delivered(call: Call, now: int) -> Call:
    """The call after it went out by every channel."""
    first = now if call.sent is None else call.sent
    step = call.step + 1
    due = first + AGAIN[step - 1] if step <= len(AGAIN) else None
    return replace(call, step=step, sent=first, due=due, tries=0, done=())


def failed(call: Call, now: int, done: tuple[str, ...]) -> Call:
    """The call after a channel failed; `done` are those by which it went out."""
    pause = _AGAIN_AFTER[min(call.tries, len(_AGAIN_AFTER) - 1)]
    return replace(call, due=now + pause, tries=call.tries + 1, done=done)


def seen(call: Call) -> Call | None:
    """The call after somebody with rights there has looked: it is not said again. None where nothing changes."""
    return replace(call, due=None) if call.step and call.due is not None else None


def next_due(calls: Sequence[Call], now: int) -> int | None:
    """Seconds until something may be due; what waits for its turn is looked at again in a few."""
    waits = [call.due - now if call.due > now else 5 for call in calls if call.due is not None]
    return min(waits, default=None)
