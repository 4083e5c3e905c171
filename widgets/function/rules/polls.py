"""Owns what a vote may say and what a poll's public answer shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from widgets.function.manifest import Poll
from widgets.function.problems import Problem
from widgets.store.records import Tally

SENSITIVE_STEP: Final = 11  # k of DESIGN §7: cells of 1 to 10 are never shown


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
        raise Problem("choice-count", f"This poll takes {poll.min} to {poll.max} choices.")
    return ordered


def results_for_public(poll: Poll, now: float) -> bool:
    return poll.results == "always" or closed(poll, now)


def results_for_voter(poll: Poll, voted: bool, now: float) -> bool:
    return results_for_public(poll, now) or (poll.results == "after-vote" and voted)


def results(poll: Poll, tally: Tally) -> dict[str, Any]:
    step = SENSITIVE_STEP if poll.sensitive else 1
    return {
        "voters": tally.voters // step * step,
        "options": [
            {"key": option.key, "votes": tally.votes.get(option.key, 0) // step * step}
            for option in poll.options
        ],
        "step": step if poll.sensitive else None,
    }
