"""What makes a burst, and which posts are decided one by one: tables."""

from __future__ import annotations

import pytest

from widgets.rules.bursts import alone, burst_of, one_by_one

NOW = 1_790_078_400


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("help me", "192.0.2.1", NOW), ("help me", "192.0.2.254", NOW + 59), True),
        (("help me", "192.0.2.1", NOW), ("Help  me\n", "192.0.2.1", NOW), True),
        (("help me", "192.0.2.1", NOW), ("help me!", "192.0.2.1", NOW), False),
        (("help me", "192.0.2.1", NOW), ("help me", "192.0.3.1", NOW), False),
        (("help me", "192.0.2.1", NOW), ("help me", "192.0.2.1", NOW + 60), False),
        (("help me", "2001:db8:1:1::/64", NOW), ("help me", "2001:db8:1:ffff::/64", NOW), True),
        (("help me", "2001:db8:1::/64", NOW), ("help me", "2001:db8:2::/64", NOW), False),
        (("help me", "::ffff:192.0.2.1", NOW), ("help me", "192.0.2.9", NOW), True),
    ],
)
def test_words_network_and_minute_must_agree(
    first: tuple[str, str, int], second: tuple[str, str, int], same: bool
) -> None:
    assert (burst_of(*first) == burst_of(*second)) is same


def test_where_no_network_is_known_nobody_is_in_one() -> None:
    assert burst_of("help me", "unknown", NOW) is None


@pytest.mark.parametrize(
    ("reasons", "urgency", "flags", "alone"),
    [
        (("crisis",), 9, {}, True),
        (("crisis",), 8, {}, True),
        (("crisis",), 7, {}, True),
        (("crisis",), 6, {}, False),
        (("danger",), 8, {}, True),
        (("no-proof", "method"), 8, {}, True),
        (("medical-claim",), 7, {}, False),
        (("incitement",), 7, {}, False),
        (("first",), 1, {}, False),
        ((), 7, {"crisis": 1}, True),
        ((), 7, {"abuse": 3}, False),
    ],
)
def test_pleas_of_now_and_of_thoughts_are_decided_one_by_one(
    reasons: tuple[str, ...], urgency: int, flags: dict[str, int], alone: bool
) -> None:
    assert one_by_one(reasons, urgency, flags) is alone


@pytest.mark.parametrize(
    ("reasons", "urgency", "apart"), [(("child",), 1, True), (("crisis",), 8, True), (("first",), 1, False)]
)
def test_no_act_on_many_touches_a_plea_or_a_child(
    reasons: tuple[str, ...], urgency: int, apart: bool
) -> None:
    assert alone(reasons, urgency, {}) is apart
