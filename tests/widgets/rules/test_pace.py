"""When a condition rests, and how long an author waits between two comments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from widgets.contract.manifest import Quiet
from widgets.rules.pace import in_quiet_hours, too_soon


def quiet(begin: str, end: str, time_zone: str = "UTC") -> Quiet:
    return Quiet(begin=begin, end=end, time_zone=time_zone)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NIGHT, NOON = quiet("22:00", "07:00"), quiet("12:00", "14:30")


@pytest.mark.parametrize(
    ("hours", "now", "resting"),
    [
        (None, "2026-01-05T03:00", False),
        (NIGHT, "2026-01-05T21:59:59", False),
        (NIGHT, "2026-01-05T22:00", True),
        (NIGHT, "2026-01-05T23:59:59", True),
        (NIGHT, "2026-01-06T00:00", True),
        (NIGHT, "2026-01-06T06:59:59", True),
        (NIGHT, "2026-01-06T07:00", False),
        (NOON, "2026-01-05T11:59:59", False),
        (NOON, "2026-01-05T12:00", True),
        (NOON, "2026-01-05T14:29:59", True),
        (NOON, "2026-01-05T14:30", False),
        (quiet("12:00", "12:00"), "2026-01-05T12:00", False),
        (quiet("22:00", "07:00", "Europe/London"), "2026-07-05T21:00", True),
        (quiet("22:00", "07:00", "Europe/London"), "2026-07-05T20:59", False),
        (quiet("22:00", "07:00", "Europe/London"), "2026-01-05T21:00", False),
        (quiet("22:00", "07:00", "Asia/Kolkata"), "2026-01-05T16:30", True),
        (quiet("22:00", "07:00", "Asia/Kolkata"), "2026-01-05T16:29", False),
        (quiet("22:00", "07:00", "Mars/Base"), "2026-01-05T22:00", True),
        (quiet("22:00", "07:00", "Mars/Base"), "2026-01-05T21:59", False),
        (quiet("22:00", "07:00", "Europe"), "2026-01-05T22:00", True),
        (quiet("22:00", "07:00", "../etc/passwd"), "2026-01-05T22:00", True),
        (quiet("22:00", "07:00", "a" * 300), "2026-01-05T22:00", True),
        (quiet("22:00", "07:00", ""), "2026-01-05T22:00", True),
    ],
)
def test_quiet_hours_go_by_the_clocks_of_their_zone(hours: Quiet | None, now: str, resting: bool) -> None:
    assert in_quiet_hours(hours, at(now)) is resting


@pytest.mark.parametrize(
    ("minutes", "last", "now", "wait"),
    [
        (0, 1_000, 1_000, None),
        (10, None, 1_000, None),
        (10, 1_000, 1_000, 600),
        (10, 1_000, 1_001, 599),
        (10, 1_000, 1_599, 1),
        (10, 1_000, 1_600, None),
        (10, 1_000, 9_000, None),
        (1, 0, 0, 60),
        (1_440, 0, 1, 86_399),
    ],
)
def test_author_waits_until_the_minutes_are_over(
    minutes: int, last: int | None, now: int, wait: int | None
) -> None:
    assert too_soon(minutes, last, now) == wait
