"""What a vote may say, when a poll is closed, who sees its tally, and how sensitive numbers are rounded."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from widgets.contract.manifest import Option, Poll
from widgets.contract.problems import Problem
from widgets.rules.polls import (
    PERIOD,
    check_vote,
    closed,
    next_publication,
    publication_due,
    results,
    results_for_public,
    results_for_voter,
    rounding,
)
from widgets.store.records import Tally

CLOSING = datetime(2026, 9, 22, 12, 0, tzinfo=UTC)
NOON = CLOSING.timestamp()
POLL = Poll(
    condition="migraine",
    question="Which of these?",
    options=(Option("a", "A"), Option("b", "B"), Option("c", "C"), Option("d", "D")),
    multiple=True,
    min=2,
    max=3,
    version=4,
    closes=CLOSING,
    results="always",
    sensitive=False,
    pages={"en": "/migraine/weather/"},
)
OPEN = msgspec.structs.replace(POLL, closes=None)
SENSITIVE = msgspec.structs.replace(POLL, sensitive=True)


@pytest.mark.parametrize(
    ("counted", "shown"),
    [(0, 0), (1, 0), (10, 0), (11, 11), (12, 11), (21, 11), (22, 22), (23, 22), (120, 110), (121, 121)],
)
def test_every_number_of_a_sensitive_poll_is_rounded_down_to_elevens(counted: int, shown: int) -> None:
    assert results(SENSITIVE, Tally(voters=counted, votes={"b": counted, "d": 11})) == {
        "voters": shown,
        "options": [
            {"key": "a", "votes": 0},
            {"key": "b", "votes": shown},
            {"key": "c", "votes": 0},
            {"key": "d", "votes": 11},
        ],
        "step": 11,
    }


@pytest.mark.parametrize("counted", [0, 1, 10, 11, 12, 21, 22])
def test_numbers_of_another_poll_are_exact(counted: int) -> None:
    shown = results(POLL, Tally(voters=counted, votes={"b": counted, "d": 1}))
    assert (shown["voters"], shown["step"]) == (counted, None)
    assert [option["votes"] for option in shown["options"]] == [0, counted, 0, 1]


def test_votes_for_an_option_that_the_poll_no_longer_has_are_not_shown() -> None:
    shown = results(POLL, Tally(voters=9, votes={"a": 4, "removed": 5}))
    assert [option["key"] for option in shown["options"]] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("poll", "now", "expected"),
    [
        (POLL, NOON - 1, False),
        (POLL, NOON - 0.001, False),
        (POLL, NOON, True),
        (POLL, NOON + 1, True),
        (OPEN, NOON + 1, False),
    ],
)
def test_poll_closes_at_its_moment(poll: Poll, now: float, expected: bool) -> None:
    assert closed(poll, now) is expected


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        (("a", "b"), ("a", "b")),
        (("c", "a", "b"), ("a", "b", "c")),
        (("d", "b"), ("b", "d")),
        ((), ()),
    ],
)
def test_choices_are_kept_in_the_order_of_the_poll(choices: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert check_vote(POLL, 4, choices, NOON - 1) == kept


@pytest.mark.parametrize(
    ("version", "choices", "now", "code"),
    [
        (3, ("a", "b"), NOON - 1, "poll-version"),
        (5, ("a", "b"), NOON - 1, "poll-version"),
        (3, ("a", "b"), NOON, "poll-version"),
        (4, ("a", "b"), NOON, "poll-closed"),
        (4, (), NOON, "poll-closed"),
        (4, ("a", "e"), NOON - 1, "unknown-option"),
        (4, ("a", "a"), NOON - 1, "unknown-option"),
        (4, ("a", "a", "b"), NOON - 1, "unknown-option"),
        (4, ("a",), NOON - 1, "choice-count"),
        (4, ("a", "b", "c", "d"), NOON - 1, "choice-count"),
    ],
)
def test_a_vote_that_the_poll_does_not_take_is_refused(
    version: int, choices: tuple[str, ...], now: float, code: str
) -> None:
    with pytest.raises(Problem) as raised:
        check_vote(POLL, version, choices, now)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("shown", "now", "public", "voter", "others"),
    [
        ("always", NOON - 1, True, True, True),
        ("always", NOON, True, True, True),
        ("after-vote", NOON - 1, False, True, False),
        ("after-vote", NOON, True, True, True),
        ("on-close", NOON - 1, False, False, False),
        ("on-close", NOON, True, True, True),
    ],
)
def test_who_sees_the_tally(shown: str, now: float, public: bool, voter: bool, others: bool) -> None:
    poll = msgspec.structs.replace(POLL, results=shown)
    assert results_for_public(poll, now) is public
    assert results_for_voter(poll, True, now) is voter
    assert results_for_voter(poll, False, now) is others


GRID = 700 * PERIOD  # a midnight at which polls without a closing date publish
SENSITIVE_OPEN = msgspec.structs.replace(OPEN, sensitive=True)


@pytest.mark.parametrize(
    ("poll", "last", "now", "due", "following"),
    [
        # Polls that are not sensitive publish as they are voted on.
        (POLL, None, NOON + 1, None, None),
        (OPEN, None, GRID, None, None),
        # One that closes publishes once, at its closing.
        (SENSITIVE, None, NOON - 1, None, NOON),
        (SENSITIVE, None, NOON, NOON, NOON),
        (SENSITIVE, None, NOON + 90 * PERIOD, NOON, NOON),
        (SENSITIVE, NOON, NOON + 90 * PERIOD, None, None),
        # One without a closing date publishes at every thirtieth midnight, however late it is asked.
        (SENSITIVE_OPEN, None, GRID, GRID, GRID + PERIOD),
        (SENSITIVE_OPEN, None, GRID - 1, GRID - PERIOD, GRID),
        (SENSITIVE_OPEN, GRID, GRID, None, GRID + PERIOD),
        (SENSITIVE_OPEN, GRID, GRID + PERIOD - 1, None, GRID + PERIOD),
        (SENSITIVE_OPEN, GRID, GRID + PERIOD, GRID + PERIOD, GRID + 2 * PERIOD),
        (SENSITIVE_OPEN, GRID, GRID + 5 * PERIOD + 9, GRID + 5 * PERIOD, GRID + 6 * PERIOD),
        # A clock that goes back publishes nothing again.
        (SENSITIVE_OPEN, GRID, GRID - 2 * PERIOD, None, GRID + PERIOD),
        # A closing date that was set or moved leaves thirty days between two publications.
        (SENSITIVE, NOON - 5, NOON + 1, None, NOON - 5 + PERIOD),
        (SENSITIVE, NOON - 5, NOON - 5 + PERIOD, NOON - 5 + PERIOD, NOON - 5 + PERIOD),
        (SENSITIVE, NOON - 2 * PERIOD, NOON, NOON, NOON),
        (SENSITIVE_OPEN, GRID + 9, GRID + PERIOD, None, GRID + 2 * PERIOD),
    ],
)
def test_when_a_sensitive_poll_publishes(
    poll: Poll, last: int | None, now: float, due: int | None, following: int | None
) -> None:
    assert publication_due(poll, last, now) == due
    if due is None or poll.closes is None:
        assert next_publication(poll, due or last, now) == following


def test_a_poll_that_publishes_once_is_rounded_down_alone() -> None:
    assert rounding(SENSITIVE, None, lambda cell: "5").offsets == {}


@pytest.mark.parametrize(
    ("poll", "last"), [(SENSITIVE_OPEN, None), (SENSITIVE_OPEN, GRID), (SENSITIVE, GRID)]
)
def test_a_poll_that_publishes_again_adds_a_number_of_each_cells_own(poll: Poll, last: int | None) -> None:
    found = rounding(poll, last, lambda cell: f"{20 + len(cell):x}")
    assert (found.step, found.offsets) == (11, {"": 9, "a": 10, "b": 10, "c": 10, "d": 10})


def test_voters_of_a_poll_that_publishes_again_are_the_sum_of_what_is_shown() -> None:
    single = msgspec.structs.replace(SENSITIVE_OPEN, multiple=False)
    assert results(single, Tally(voters=33, votes={"a": 11, "b": 11}))["voters"] == 22
    assert results(SENSITIVE_OPEN, Tally(voters=33, votes={"a": 11, "b": 33}))["voters"] == 33
