"""The tick about age: what it keeps back, and what it never keeps back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Function

pytestmark = pytest.mark.anyio
PLEA = "I am going to kill myself tonight."
CHILD = {"name": "A line for children", "phone": "0800 1111", "kinds": ["child"]}
OTHERS = [
    {"name": "A line", "phone": "116 123", "kinds": ["suicide"]},
    {"name": "Emergency", "kinds": ["emergency"]},
]


@pytest.fixture
def manifest(manifest: dict[str, Any]) -> dict[str, Any]:
    manifest["conditions"]["migraine"]["minimum_age"] = 16
    manifest["help"] = {"en": [*OTHERS, CHILD]}
    return manifest


async def test_a_text_without_the_tick_is_sent_back_and_taken_with_it(function: Function) -> None:
    member = function.member()
    refused = await member.write("It helps me to rest.")
    assert (refused.status_code, refused.json()["code"]) == (422, "age-missing")
    taken = await member.write("It helps me to rest.", age=True)
    assert (taken.status_code, taken.json()["comment"]["state"]) == (201, "published")


async def test_a_form_says_it_by_a_field(function: Function) -> None:
    fields = {"text": "It helps me to rest.", "pseudonym": "Quiet Heron"}
    assert (await function.form(f"/threads/{THREAD}/comments", fields)).status_code == 422
    assert (await function.form(f"/threads/{THREAD}/comments", {**fields, "age": "1"})).status_code == 303


async def test_a_missing_tick_keeps_no_plea_back(function: Function) -> None:
    answer = await function.member().write(PLEA)
    assert answer.status_code == 201
    assert [line["name"] for line in answer.json()["help"]] == ["A line", "Emergency", "A line for children"]


@pytest.mark.parametrize("tick", [True, False])
async def test_a_text_that_gives_a_lower_age_waits_whatever_was_ticked(
    function: Function, tick: bool
) -> None:
    answer = await function.member().write("I'm 14 and it helps me to rest.", age=tick)
    shown = answer.json()["comment"]
    assert (shown["state"], shown["held_because"]) == ("held", ["child"])


async def test_an_edit_that_gives_a_lower_age_waits(function: Function) -> None:
    member = function.member()
    written = (await member.write("It helps me to rest.", age=True)).json()["comment"]
    edited = await member.send(
        "PATCH", f"/comments/{written['id']}", {"text": "I'm 14, it helps me to rest."}
    )
    assert edited.json()["comment"]["state"] == "held"


async def test_a_plea_with_such_an_age_shows_lines_for_children_first_and_alerts(function: Function) -> None:
    answer = (await function.member().write(f"{PLEA} I'm 13.")).json()
    assert [line["name"] for line in answer["help"]] == ["A line for children", "A line", "Emergency"]
    assert "for children and young people comes first" in answer["help_words"]["intro"]
    assert answer["comment"]["held_because"] == ["crisis", "child"]
    [(_, row)] = await function.store.queue(10)
    assert row.urgency == 9


async def test_a_condition_that_asks_nobody_holds_no_age(function: Function) -> None:
    answer = await function.member().write("I'm 14 and it helps me to rest.", thread="ms~first-symptoms")
    assert answer.json()["comment"]["state"] == "published"
