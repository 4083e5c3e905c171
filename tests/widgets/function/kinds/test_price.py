"""What fakery costs: proofs with first votes, limits of networks, the budget of posts that show unread."""

from __future__ import annotations

import sqlite3
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function, Member
from tests.widgets.solving import solution_of
from widgets.function.state.settings import ProofSettings
from widgets.function.text.moderation import approve
from widgets.rules.limits import DAY, DEFAULT_LIMITS, Limit

pytestmark = pytest.mark.anyio
CHEAP = ProofSettings(cost=1, most=3, vote_most=3, min_seconds=0)
PROXY = {"trusted_proxies": ("192.0.2.7/32",)}  # the address that tests come from
FORM = {"version": "1", "choice": "often"}


def from_(function: Function, address: str) -> Member:
    member = function.member()
    member.headers["x-forwarded-for"] = address
    return member


def limits(*names: str) -> dict[str, tuple[Limit, ...]]:
    return {name: DEFAULT_LIMITS[name] for name in names}


async def first_by_form(function: Function) -> httpx.Response:
    """By a browser without scripts that has no cookie yet."""
    function.client.cookies.clear()
    return await function.form(f"/polls/{POLL}/votes", FORM)


async def test_a_first_vote_is_refused_with_a_puzzle_and_counted_with_its_solution(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    refused = await member.vote("often")
    assert (refused.status_code, refused.json()["code"]) == (428, "proof-required")
    counted = await member.vote("often", altcha=solution_of(refused.json()["challenge"]))
    assert (counted.status_code, counted.json()["results"]["voters"]) == (200, 1)


async def test_a_puzzle_that_was_asked_for_before_lets_a_first_vote_pass_at_once(build: Build) -> None:
    function = build(proof=CHEAP)
    asked = await function.get("/challenge?for=vote")
    assert asked.headers["cache-control"] == "no-store"
    assert asked.json()["parameters"]["data"]["for"] == "vote"
    counted = await function.member().vote("often", altcha=solution_of(asked.json()))
    assert (counted.status_code, counted.json()["results"]["voters"]) == (200, 1)


@pytest.mark.parametrize("query", ["for=sign-in", "for=", "for=vote&for=text", "of=vote"])
async def test_a_puzzle_for_anything_else_is_refused(build: Build, query: str) -> None:
    answer = await build(proof=CHEAP).get(f"/challenge?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "query-invalid")


async def test_puzzles_for_votes_draw_on_the_limit_of_puzzles(build: Build) -> None:
    function = build(proof=CHEAP, limits={"challenge": (Limit(1, 60),)})
    answers = [await function.get(f"/challenge?for={purpose}") for purpose in ("vote", "text")]
    assert [answer.status_code for answer in answers] == [200, 429]


async def test_a_vote_is_changed_and_taken_back_without_a_proof(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    asked = (await member.vote("often")).json()["challenge"]
    await member.vote("often", altcha=solution_of(asked))
    assert (await member.vote("never")).json()["choices"] == ["never"]
    assert (await member.vote()).json()["results"]["voters"] == 0


async def test_a_solution_lets_one_device_vote(build: Build) -> None:
    function = build(proof=CHEAP)
    first, second = function.member(), function.member()
    solution = solution_of((await first.vote("often")).json()["challenge"])
    assert (await first.vote("often", altcha=solution)).status_code == 200
    assert (await second.vote("often", altcha=solution)).json()["code"] == "proof-spent"


async def test_the_puzzles_of_votes_and_texts_serve_for_nothing_else(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    for_vote = solution_of((await member.vote("often")).json()["challenge"])
    for_text = solution_of((await function.get("/challenge")).json())
    assert (await member.vote("often", altcha=for_text)).json()["code"] == "proof-invalid"
    assert (await member.write("words", altcha=for_vote)).json()["code"] == "proof-invalid"


async def test_a_puzzle_asks_for_as_much_after_a_hundred_votes_as_before(build: Build) -> None:
    function = build(proof=CHEAP, limits=DEFAULT_LIMITS, **PROXY)
    asked = [
        (await from_(function, f"2001:db8:{n:x}::1").vote("often")).json()["challenge"]["parameters"]
        for n in range(100)
    ]
    assert {(one["cost"], one["data"]["most"]) for one in asked} == {(1, 3)}


async def test_a_form_votes_without_a_proof_within_limits_of_its_own(build: Build) -> None:
    function = build(proof=CHEAP, limits={"form-voter": (Limit(2, DAY),)})
    answers = [await first_by_form(function) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert (await function.store.tally(POLL, 1)).voters == 2


async def test_where_no_proof_is_asked_for_a_form_has_the_limits_of_all(build: Build) -> None:
    function = build(limits={"form-voter": (Limit(1, DAY),)})
    answers = [await first_by_form(function) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]


async def test_a_votes_row_is_the_same_whichever_way_it_came(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    asked = (await member.vote("often")).json()["challenge"]
    await member.vote("often", altcha=solution_of(asked))
    await first_by_form(function)
    database = sqlite3.connect(function.folder / "store.sqlite")
    rows = database.execute("SELECT poll, version, choices, day FROM votes").fetchall()
    columns = [row[1] for row in database.execute("PRAGMA table_info(votes)")]
    database.close()
    assert len(rows) == 2
    assert len(set(rows)) == 1
    assert columns == ["poll", "version", "voter", "choices", "day"]


async def test_the_ledger_counts_by_poll_and_day_how_first_votes_came(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    asked = (await member.vote("often")).json()["challenge"]
    await member.vote("often", altcha=solution_of(asked))
    await member.vote("never")
    for _ in range(2):
        await first_by_form(function)
    found = await function.services.ledger.arrivals("2026-09-22")
    assert found == {f"{POLL}/1/proven": 1, f"{POLL}/1/form": 2}


@pytest.mark.parametrize(
    ("addresses", "counted"),
    [
        ([f"203.0.113.{n % 256}" for n in range(440)], 400),
        ([f"2001:db8:0:{n:x}::1" for n in range(0, 220 * 256, 256)], 200),
        ([f"2001:db8:0:{n:x}::1" for n in range(80)], 60),
        (["2001:db8::1"] * 25, 20),
        ([f"2001:db8:{n:x}::1" for n in range(220)], 220),
    ],
    ids=["/24", "/48", "/56", "/64", "apart"],
)
async def test_new_voters_of_a_poll_by_network_and_day(
    build: Build, addresses: list[str], counted: int
) -> None:
    function = build(limits=limits("new-voter"), **PROXY)
    for address in addresses:
        await from_(function, address).vote("often")
    assert (await function.store.tally(POLL, 1)).voters == counted


async def test_a_household_at_its_limit_takes_nothing_from_its_neighbours(build: Build) -> None:
    function = build(limits=limits("new-voter"), **PROXY)
    for _ in range(300):
        await from_(function, "2001:db8:0:100::1").vote("often")
    for n in range(2, 11):
        for _ in range(20):
            await from_(function, f"2001:db8:0:{n:x}00::1").vote("often")
    assert (await function.store.tally(POLL, 1)).voters == 200


async def held(member: Member, text: str, name: str) -> Any:
    return (await member.write(text, pseudonym=name)).json()["comment"]["held_because"]


async def test_a_new_name_shows_three_posts_a_day_unread(build: Build) -> None:
    function = build(limits=limits("unread-by-name", "unread"))
    member = function.member()
    found = [await held(member, f"Thought number {n}", "Quiet Heron") for n in range(4)]
    assert found == [[], [], [], ["budget"]]
    function.clock.forward(DAY)
    assert await held(member, "Another day", "Quiet Heron") == []


@pytest.mark.parametrize(
    ("addresses", "shown"),
    [
        (["203.0.113.9"] * 7, 5),
        ([f"203.0.113.{n}" for n in range(45)], 40),
        ([f"2001:db8:0:{n:x}::1" for n in range(0, 45 * 256, 256)], 40),
        ([f"2001:db8:0:{n:x}::1" for n in range(12)], 10),
    ],
    ids=["address", "/24", "/48", "/56"],
)
async def test_new_names_of_a_network_share_a_budget(build: Build, addresses: list[str], shown: int) -> None:
    function = build(limits=limits("unread-by-name", "unread"), **PROXY)
    found = [
        await held(from_(function, address), f"Thought number {n}", f"Bird Nr {n:03}")
        for n, address in enumerate(addresses)
    ]
    assert (found.count([]), found.count(["budget"])) == (shown, len(addresses) - shown)


async def test_a_name_with_an_approved_post_has_no_budget(build: Build) -> None:
    function = build(limits=limits("unread-by-name", "unread"))
    member = function.member()
    id_ = (await member.write("The first of all")).json()["comment"]["id"]
    comment = await function.store.comment(id_)
    await approve(function.store, comment.id)
    found = [await held(member, f"Thought number {n}", "Quiet Heron") for n in range(8)]
    assert found == [[]] * 8


async def test_help_comes_beyond_the_budget(build: Build) -> None:
    function = build(limits={"unread": (Limit(0, DAY),)})
    answer = (await function.member().write("I want to die, I cannot go on")).json()
    assert answer["help"]
    assert "crisis" in answer["comment"]["held_because"]


async def test_a_change_of_what_shows_draws_on_no_budget(build: Build) -> None:
    function = build(limits={"unread": (Limit(1, DAY),)})
    member = function.member()
    id_ = (await member.write("The first of all")).json()["comment"]["id"]
    answer = await member.send("PATCH", f"/comments/{id_}", {"text": "The first, mended"})
    assert answer.json()["comment"]["state"] == "published"
    assert (await function.get(f"/threads/{THREAD}")).json()["count"] == 1
