"""Quiet hours hold what comes in them; slow mode lets each author speak once in a while."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Clock, Function
from widgets.contract.manifest import Quiet
from widgets.rules.pace import in_quiet_hours, too_soon

NIGHT = {"from": "22:00", "to": "07:00", "time_zone": "Europe/London"}


@pytest.mark.parametrize(
    ("begin", "end", "zone", "moment", "quiet"),
    [
        ("22:00", "07:00", "UTC", "2026-01-10T21:59", False),
        ("22:00", "07:00", "UTC", "2026-01-10T22:00", True),
        ("22:00", "07:00", "UTC", "2026-01-10T06:59", True),
        ("22:00", "07:00", "UTC", "2026-01-10T07:00", False),
        ("12:00", "14:00", "UTC", "2026-01-10T13:00", True),
        ("12:00", "14:00", "UTC", "2026-01-10T23:00", False),
        ("22:00", "07:00", "Europe/London", "2026-07-10T21:30", True),  # summer time
        ("22:00", "07:00", "Europe/London", "2026-01-10T21:30", False),
        ("22:00", "07:00", "America/New_York", "2026-01-10T04:00", True),
        ("22:00", "07:00", "Not/AZone", "2026-01-10T23:00", True),
    ],
)
def test_when_it_is_quiet(begin: str, end: str, zone: str, moment: str, quiet: bool) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    assert in_quiet_hours(Quiet(begin, end, zone), now) is quiet


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert not in_quiet_hours(None, 0)


@pytest.mark.parametrize(
    ("minutes", "last", "wait"),
    [(0, 100, None), (5, None, None), (5, 100, 300), (5, -199, 1), (5, -200, None)],
)
def test_how_long_an_author_waits(minutes: int, last: int | None, wait: int | None) -> None:
    assert too_soon(minutes, last, 100) == wait


@pytest.mark.anyio
async def test_what_comes_in_the_quiet_hours_waits(function: Function, manifest: dict[str, Any]) -> None:
    manifest["conditions"]["migraine"]["quiet"] = NIGHT
    member = function.member()
    assert (await member.write("at noon")).json()["comment"]["state"] == "published"
    function.clock.forward(9 * 3_600)  # ten at night in London
    assert (await member.write("at night")).json()["comment"]["held_because"] == ["quiet"]
    assert [row["text"] for row in (await member.send("GET", "/me")).json()["comments"]] == [
        "at noon",
        "at night",
    ]
    assert len((await function.get(f"/threads/{THREAD}")).json()["comments"]) == 1


@pytest.mark.anyio
async def test_a_typo_can_be_mended_in_the_quiet_hours(function: Function, manifest: dict[str, Any]) -> None:
    function.clock.forward(9 * 3_600 - 60)
    member = function.member()
    written = (await member.write("a typpo")).json()["comment"]
    manifest["conditions"]["migraine"]["quiet"] = NIGHT
    function.clock.forward(120)
    answer = await member.send("PATCH", f"/comments/{written['id']}", {"text": "a typo"})
    assert answer.json()["comment"]["state"] == "published"


@pytest.mark.anyio
async def test_slow_mode_says_when_to_come_back(function: Function, manifest: dict[str, Any]) -> None:
    manifest["conditions"]["migraine"]["slow"] = 10
    member = function.member()
    assert (await member.write("first")).status_code == 201
    function.clock.forward(60)
    answer = await member.write("second")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (
        429,
        "slow-mode",
        "540",
    )
    assert (await function.member().write("another author", pseudonym="Ana")).status_code == 201
    function.clock.forward(540)
    assert (await member.write("second")).status_code == 201


@pytest.mark.anyio
async def test_slow_mode_lets_edits_retries_and_pleas_pass(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["slow"] = 10
    member = function.member()
    once = {"idempotency-key": "the-same-intent-0001"}
    written = (await member.write("first", headers=once)).json()["comment"]
    assert (await member.write("first", headers=once)).json()["comment"]["id"] == written["id"]
    edit = await member.send("PATCH", f"/comments/{written['id']}", {"text": "first, mended"})
    assert edit.status_code == 200
    plea = await member.write("I just want to die")
    assert (plea.status_code, bool(plea.json()["help"])) == (201, True)


@pytest.mark.anyio
async def test_slow_mode_is_of_one_condition(function: Function, manifest: dict[str, Any]) -> None:
    manifest["conditions"]["migraine"]["slow"] = 10
    member = function.member()
    assert (await member.write("here")).status_code == 201
    assert (await member.write("there", thread="ms~first-symptoms")).status_code == 201


def test_the_clock_of_the_tests_is_at_noon() -> None:
    assert datetime.fromtimestamp(Clock().now, UTC).isoformat() == "2026-09-22T12:00:00+00:00"
