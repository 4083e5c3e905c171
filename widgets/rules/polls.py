"""Owns what a vote may say and what a poll's public answer shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from widgets.contract.manifest import Poll
from widgets.contract.problems import Problem
from widgets.store.publications import Rounding
from widgets.store.records import Tally

SENSITIVE_STEP: Final = 11  # cells of 1 to 10 are never shown
PERIOD: Final = 30 * 86_400  # seconds between two publications of a sensitive poll, at least


def closed(poll: Poll, now: float) -> bool:
    return poll.closes is not None and now >= poll.closes.timestamp()


def check_vote(poll: Poll, version: int, choices: Sequence[str], now: float) -> tuple[str, ...]:
    """The choices in the poll's own order. Raises Problem; taking back is possible until the poll closes."""
    if version != poll.version:
        raise Problem("poll-version")
    if closed(poll, now):
        raise Problem("poll-closed")
    chosen = set(choices)
    ordered = tuple(option.key for option in poll.options if option.key in chosen)
    if len(ordered) != len(chosen) or len(chosen) != len(choices):
        raise Problem("unknown-option")
    if ordered and not poll.min <= len(ordered) <= poll.max:
        raise wrong_count(poll)
    return ordered


def wrong_count(poll: Poll) -> Problem:
    return Problem("choice-count", f"This poll takes {poll.min} to {poll.max} choices.")


def results_for_public(poll: Poll, now: float) -> bool:
    return poll.results == "always" or closed(poll, now)


def results_for_voter(poll: Poll, voted: bool, now: float) -> bool:
    return results_for_public(poll, now) or (poll.results == "after-vote" and voted)


def publication_due(poll: Poll, last: int | None, now: float) -> int | None:
    """The moment for which a sensitive poll must fix what it publishes now, or None. `last` is the moment before.

    One that closes publishes at its closing; one without a closing date at midnight UTC of every thirtieth day since 1970.
    No two moments are nearer than thirty days.
    """
    if not poll.sensitive:
        return None
    due = _closing(poll, last) if poll.closes else int(now // PERIOD * PERIOD)
    if due is None or due > now or (last is not None and due < last + PERIOD):
        return None
    return due


def next_publication(poll: Poll, last: int | None, now: float) -> int | None:
    """When a sensitive poll publishes next, or None."""
    if not poll.sensitive:
        return None
    if poll.closes:
        return _closing(poll, last)
    earliest = int(now) + 1 if last is None else max(int(now) + 1, last + PERIOD)
    return -(-earliest // PERIOD) * PERIOD


def _closing(poll: Poll, last: int | None) -> int | None:
    """The moment of the one publication of a poll that closes; later where something was published shortly before."""
    assert poll.closes is not None
    closes = math.ceil(poll.closes.timestamp())
    if last is None:
        return closes
    return max(closes, last + PERIOD) if last < closes else None


def rounding(poll: Poll, last: int | None, keyed: Callable[[str], str]) -> Rounding:
    """How a sensitive poll rounds what it publishes. Where it publishes more than once, a number of each option's own,
    which nobody outside knows, is added first: whoever moves own votes until a step is reached learns the sum alone.
    `keyed` gives a keyed hash of a cell, in hexadecimal digits."""
    if poll.closes and last is None:
        return Rounding(SENSITIVE_STEP)
    cells = ["", *(option.key for option in poll.options)]
    return Rounding(SENSITIVE_STEP, {cell: int(keyed(cell), 16) % SENSITIVE_STEP for cell in cells})


def results(poll: Poll, tally: Tally) -> dict[str, Any]:
    """Of a sensitive poll `tally` is what was published. Where each voter has one answer and it publishes more than
    once, voters are the sum of what is shown, since their own number would narrow the others."""
    step = SENSITIVE_STEP if poll.sensitive else 1
    if poll.sensitive and not poll.closes and not poll.multiple:
        tally = Tally(sum(tally.votes.get(option.key, 0) for option in poll.options), tally.votes)
    return {
        "voters": tally.voters // step * step,
        "options": [
            {"key": option.key, "votes": tally.votes.get(option.key, 0) // step * step}
            for option in poll.options
        ],
        "step": step if poll.sensitive else None,
    }
