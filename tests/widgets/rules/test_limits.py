"""How much one address may do: the limits by default, the windows drawn on, the seconds to wait."""

from __future__ import annotations

import pytest

from widgets.rules.limits import DAY, DEFAULT_LIMITS, Limit, charges, retry_after
from widgets.store.records import Charge

NEWCOMERS = [(20, 86_400, None), (60, 86_400, "/56"), (200, 86_400, "/48"), (400, 86_400, "/24")]
DEFAULTS = {
    "vote": [(60, 60, None)],
    "new-voter": NEWCOMERS,
    "form-voter": [(10, 86_400, None), (20, 86_400, "/56"), (50, 86_400, "/48"), (120, 86_400, "/24")],
    "response": [(30, 60, None)],
    "new-respondent": NEWCOMERS,
    "form-respondent": [(10, 86_400, None), (20, 86_400, "/56"), (50, 86_400, "/48"), (120, 86_400, "/24")],
    "receipt": [(10, 3_600, None)],
    "reaction": [(120, 60, None)],
    "new-reactor": NEWCOMERS,
    "comment": [(6, 60, None), (60, 86_400, None)],
    "unread-by-name": [(3, 86_400, None)],
    "unread": [(5, 86_400, None), (10, 86_400, "/56"), (40, 86_400, "/48"), (40, 86_400, "/24")],
    "edit": [(20, 60, None)],
    "appeal": [(20, 3_600, None)],
    "form-appeal": [(5, 86_400, None), (20, 86_400, "/24"), (20, 86_400, "/48")],
    "flag": [(20, 3_600, None)],
    "challenge": [(60, 60, None)],
    "me": [(20, 60, None)],
    "desk-enter": [(20, 60, None)],
    "withdraw": [(60, 60, None)],
}


def test_every_rule_has_a_default_limit() -> None:
    assert DEFAULT_LIMITS.keys() == DEFAULTS.keys()


@pytest.mark.parametrize(("rule", "limits"), DEFAULTS.items(), ids=DEFAULTS)
def test_default_limits(rule: str, limits: list[tuple[int, int, str | None]]) -> None:
    assert [(limit.count, limit.seconds, limit.width) for limit in DEFAULT_LIMITS[rule]] == limits


def test_every_window_lies_within_one_day() -> None:
    assert [limit for limits in DEFAULT_LIMITS.values() for limit in limits if DAY % limit.seconds] == []


@pytest.mark.parametrize(
    ("now", "expires"),
    [(0, [60, 86_400]), (59, [60, 86_400]), (60, [120, 86_400]), (86_399, [86_400, 86_400])],
)
def test_windows_begin_at_multiples_of_their_length(now: int, expires: list[int]) -> None:
    drawn = charges(b"key", "comment", (Limit(6, 60), Limit(50, DAY)), "who", "scope", now)
    assert [charge.limit for charge in drawn] == [6, 50]
    assert [charge.expires for charge in drawn] == expires


def bucket(
    day_key: bytes = b"key",
    rule: str = "vote",
    seconds: int = 60,
    who: str = "who",
    scope: str = "scope",
    now: int = 0,
) -> str:
    (charge,) = charges(day_key, rule, (Limit(6, seconds),), who, scope, now)
    return charge.bucket


@pytest.mark.parametrize(
    "other",
    [
        bucket(day_key=b"another"),
        bucket(rule="edit"),
        bucket(seconds=3_600),
        bucket(who="else"),
        bucket(scope="another"),
        bucket(now=60),
    ],
    ids=["day_key", "rule", "seconds", "who", "scope", "window"],
)
def test_each_part_of_a_limit_has_a_bucket_of_its_own(other: str) -> None:
    assert other != bucket() == bucket(now=59)


@pytest.mark.parametrize(
    ("counts", "wait"),
    [
        ([6, 60], None),
        ([0, 0], None),
        ([7, 60], 20),
        ([6, 61], 900),
        ([7], 20),
        ([900, 1], 20),
    ],
)
def test_waiting_ends_with_the_last_exceeded_window(counts: list[int], wait: int | None) -> None:
    drawn = [Charge("minute", 6, 1_020), Charge("day", 60, 1_900)]
    assert retry_after(drawn, counts, 1_000) == wait


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        ("203.0.113.9", [20, 400]),
        ("2001:db8:1:2::/64", [20, 60, 200]),
        ("unknown", [20]),
    ],
)
def test_limits_of_the_networks_around_an_address_apply_to_its_version(
    address: str, drawn: list[int]
) -> None:
    found = charges(b"key", "new-voter", DEFAULT_LIMITS["new-voter"], address, "poll", 0)
    assert [charge.limit for charge in found] == drawn


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("2001:db8:1:2::/64", 3),
        ("2001:db8:1:3::/64", 2),
        ("2001:db8:1:102::/64", 1),
        ("2001:db8:2:2::/64", 0),
        ("203.0.113.9", 0),
    ],
)
def test_neighbours_share_the_buckets_of_the_networks_they_share(address: str, shared: int) -> None:
    def buckets(who: str) -> set[str]:
        found = charges(b"key", "new-voter", DEFAULT_LIMITS["new-voter"], who, "poll", 0)
        return {charge.bucket for charge in found}

    assert len(buckets("2001:db8:1:2::/64") & buckets(address)) == shared
