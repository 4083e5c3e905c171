"""Votes are counted exactly, shown to whom the poll says, and taken back at will."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.widgets.conftest import POLL, Build, Function

pytestmark = pytest.mark.anyio


def votes(answer: Any) -> dict[str, int]:
    return {option["key"]: option["votes"] for option in answer.json()["results"]["options"]}


async def test_a_vote_is_in_the_answer_and_in_the_public_tally(function: Function) -> None:
    answer = await function.member().vote("often")
    assert answer.json()["choices"] == ["often"]
    assert (
        votes(answer)
        == votes(await function.get(f"/polls/{POLL}"))
        == {"often": 1, "sometimes": 0, "never": 0}
    )


async def test_a_changed_vote_moves_and_a_taken_back_one_goes(function: Function) -> None:
    member = function.member()
    await member.vote("often")
    assert votes(await member.vote("never")) == {"often": 0, "sometimes": 0, "never": 1}
    answer = await member.vote()
    assert answer.json()["choices"] == []
    assert answer.json()["results"]["voters"] == 0


async def test_a_retry_with_the_same_idempotency_key_changes_nothing(function: Function) -> None:
    member = function.member()
    await member.vote("often", idempotency_key="intent-number-one")
    await member.vote("never", idempotency_key="intent-number-two")
    answer = await member.vote("often", idempotency_key="intent-number-one")
    assert answer.json()["choices"] == ["never"]


async def test_an_idempotency_key_used_for_another_vote_is_refused(function: Function) -> None:
    member = function.member()
    await member.vote("often", idempotency_key="intent-number-one")
    answer = await member.vote("never", idempotency_key="intent-number-one")
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-mismatch")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"version": 2, "choices": ["often"]}, "poll-version"),
        ({"version": 1, "choices": ["weekly"]}, "unknown-option"),
        ({"version": 1, "choices": ["often", "often"]}, "unknown-option"),
        ({"version": 1, "choices": ["often", "never"]}, "choice-count"),
        ({"version": 1}, "body-invalid"),
        ({"version": "1", "choices": ["often"]}, "body-invalid"),
        ({"version": 1, "choices": ["often"], "extra": 1}, "body-invalid"),
    ],
)
async def test_a_vote_that_the_poll_does_not_take_is_refused(
    function: Function, body: Any, code: str
) -> None:
    answer = await function.member().send("POST", f"/polls/{POLL}/votes", body)
    assert answer.json()["code"] == code
    assert (await function.get(f"/polls/{POLL}")).json()["results"]["voters"] == 0


async def test_several_choices_within_bounds(function: Function) -> None:
    poll = "ms~first-symptoms"
    answer = await function.member().vote("vision", "fatigue", poll=poll, version=2)
    assert answer.json()["choices"] == ["vision", "fatigue"]
    too_many = await function.member().vote("vision", "fatigue", "numbness", "other", poll=poll, version=2)
    assert too_many.json()["code"] == "choice-count"


async def test_an_after_vote_poll_shows_its_tally_to_voters_alone(function: Function) -> None:
    poll = "ms~first-symptoms"
    member = function.member()
    assert (await member.vote("vision", poll=poll, version=2)).json()["results"]["voters"] == 1
    assert (await function.get(f"/polls/{poll}")).json()["results"] is None
    assert (await member.vote(poll=poll, version=2)).json()["results"] is None


async def test_an_on_close_poll_shows_its_tally_once_closed(build: Build) -> None:
    function = build()
    poll = "arthritis~next-topic"
    assert (await function.member().vote("sleep", poll=poll)).json()["results"] is None
    assert (await function.get(f"/polls/{poll}")).json()["results"] is None
    function.clock.now = 1_801_353_600  # 2027-01-31T00:00:00Z, the closing
    assert (await function.get(f"/polls/{poll}")).json()["results"]["voters"] == 1
    late = await function.member().vote("food", poll=poll)
    assert (late.status_code, late.json()["code"]) == (409, "poll-closed")


async def test_a_sensitive_poll_shows_nothing_before_it_publishes(function: Function) -> None:
    poll = "arthritis~work"
    for _ in range(12):
        answer = await function.member().vote("yes", poll=poll)
    nothing = {
        "voters": 0,
        "options": [{"key": "yes", "votes": 0}, {"key": "no", "votes": 0}],
        "step": 11,
    }
    assert answer.json()["results"] == nothing
    assert (await function.get(f"/polls/{poll}")).json()["results"] == nothing


async def test_a_new_version_starts_a_new_tally(build: Build, manifest: dict[str, Any]) -> None:
    function = build()
    await function.member().vote("often")
    manifest["polls"][POLL]["version"] = 2
    assert (await function.get(f"/polls/{POLL}")).json()["results"]["voters"] == 0
    manifest["polls"][POLL] |= {"version": 1, "question": "Reworded?"}
    assert (await function.get(f"/polls/{POLL}")).json()["results"]["voters"] == 1


async def test_a_poll_takes_no_parameter(function: Function) -> None:
    answer = await function.get(f"/polls/{POLL}?x=1")
    assert (answer.status_code, answer.json()["code"]) == (400, "query-invalid")


async def test_an_id_that_no_page_asks_is_not_found(function: Function) -> None:
    answer = await function.member().vote("often", poll="migraine~unheard-of")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-poll")
    assert (await function.get("/polls/migraine~unheard-of")).json()["code"] == "unknown-poll"


async def test_two_thousand_votes_at_once_are_exact(function: Function) -> None:
    members = [function.member() for _ in range(1_000)]
    choices = ("often", "sometimes", "never")
    await asyncio.gather(*(member.vote(choices[n % 3]) for n, member in enumerate(members)))
    await asyncio.gather(*(member.vote("never") for member in members))
    assert votes(await function.get(f"/polls/{POLL}")) == {"often": 0, "sometimes": 0, "never": 1_000}
    assert await function.store.check() == []
