"""Limits, proof of work, duplicates: what is drawn on, spent, and forgotten."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function
from tests.widgets.solving import solution_of
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.registry import KINDS
from widgets.function.routes import ROUTES
from widgets.function.state.settings import ProofSettings
from widgets.rules.limits import DAY, DEFAULT_LIMITS, Limit

pytestmark = pytest.mark.anyio
CHEAP = ProofSettings(cost=10, most=5, vote_most=5)


async def solved(function: Function) -> str:
    return solution_of((await function.get("/challenge")).json())


async def test_too_many_of_a_thing_answers_429_with_the_seconds_to_wait(build: Build) -> None:
    function = build(limits={"vote": (Limit(2, 60),)})
    member = function.member()
    assert [(await member.vote(choice)).status_code for choice in ("often", "never")] == [200, 200]
    answer = await member.vote("often")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate-limited")
    assert answer.headers["retry-after"] == str(answer.json()["retry_after"]) == "60"
    function.clock.forward(60)
    assert (await member.vote("often")).status_code == 200


async def test_one_address_brings_few_new_voters_but_may_change_its_votes(build: Build) -> None:
    function = build(limits={"new-voter": (Limit(2, DAY),)})
    first, second, third = (function.member() for _ in range(3))
    assert (await first.vote("often")).status_code == 200
    assert (await second.vote("often")).status_code == 200
    assert (await third.vote("often")).json()["code"] == "rate-limited"
    assert (await first.vote("never")).status_code == 200
    assert (await third.vote("yes", poll="arthritis~work")).status_code == 200


async def test_a_solved_challenge_publishes_and_serves_once(build: Build) -> None:
    function = build(proof=CHEAP)
    proof = await solved(function)
    early = await function.member().write("words", altcha=proof)
    assert early.json()["code"] == "too-fast"
    function.clock.forward(3)
    published = await function.member().write("words", altcha=proof)
    assert published.json()["comment"]["state"] == "published"
    replayed = await function.member().write("more", pseudonym="Ana", altcha=proof)
    assert (replayed.status_code, replayed.json()["code"]) == (409, "proof-spent")


async def test_without_a_proof_a_comment_is_held(build: Build) -> None:
    function = build(proof=CHEAP)
    answer = await function.member().write("words")
    assert answer.json()["comment"]["held_because"] == ["no-proof"]


async def test_an_old_challenge_is_refused(build: Build) -> None:
    function = build(proof=CHEAP)
    proof = await solved(function)
    function.clock.forward(CHEAP.max_seconds + 1)
    assert (await function.member().write("words", altcha=proof)).json()["code"] == "proof-expired"


async def test_a_clock_that_goes_back_lets_nobody_in_and_breaks_nothing(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS, proof=CHEAP)
    proof = await solved(function)
    function.clock.forward(-2 * DAY)
    member = function.member()
    early = await member.write("words", altcha=proof)
    assert (early.status_code, early.json()["code"]) == (422, "too-fast")
    assert int(early.headers["retry-after"]) > DAY
    asked = (await member.vote("often")).json()["challenge"]
    assert (await member.vote("often", altcha=solution_of(asked))).status_code == 200
    assert (await function.get(f"/polls/{POLL}")).json()["results"]["voters"] == 1


@pytest.mark.parametrize("what", ["signature", "salt", "cost", "expires", "derivedKey", "counter"])
async def test_a_forged_challenge_is_refused(build: Build, what: str) -> None:
    function = build(proof=CHEAP)
    document: dict[str, Any] = json.loads(base64.b64decode(await solved(function)))
    function.clock.forward(10)
    challenge, parameters = document["challenge"], document["challenge"]["parameters"]
    if what == "signature":
        challenge["signature"] = "00" * 32
    elif what == "expires":
        parameters["data"]["expires"] += 9_999
    elif what in ("derivedKey", "counter"):
        document["solution"] |= {"derivedKey": "00" * 32, "counter": 1}
    else:
        parameters[what] = 1 if what == "cost" else "00"
    forged = base64.b64encode(json.dumps(document).encode()).decode()
    assert (await function.member().write("words", altcha=forged)).json()["code"] == "proof-invalid"


async def test_a_retry_may_bring_the_same_proof(build: Build) -> None:
    function = build(proof=CHEAP)
    proof = await solved(function)
    function.clock.forward(5)
    member = function.member()
    headers = {"idempotency_key": "i" * 20}
    first = await member.write("words", altcha=proof, headers=headers)
    again = await member.write("words", altcha=proof, headers=headers)
    assert again.json() == first.json()


async def test_asking_about_personal_data_spends_nothing(build: Build) -> None:
    function = build(proof=CHEAP, limits=DEFAULT_LIMITS)
    proof = await solved(function)
    function.clock.forward(5)
    member = function.member()
    assert (await member.write("I am ana@example.org", altcha=proof)).json()["code"] == "personal-data"
    sure = await member.write("I am ana@example.org", altcha=proof, confirmed=True)
    assert sure.json()["comment"]["state"] == "published"


async def test_the_same_words_twice_are_a_duplicate_and_elsewhere_are_held(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS)
    member = function.member()
    text = "Wonderful offers on garden chairs all week, ask me how and where to buy them now"
    assert (await member.write(text)).status_code == 201
    assert (await member.write(text)).json()["code"] == "duplicate"
    other = await function.member().write(text, pseudonym="Ana")
    assert other.json()["comment"]["held_because"] == ["duplicate"]
    assert (await function.member().write("Thank you", pseudonym="Ben")).json()["comment"][
        "state"
    ] == "published"


async def test_forgetting_destroys_limits_and_yesterdays_key(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS)
    await function.member().vote("often")
    key = await function.services.ledger.day_key("2026-09-22")
    function.clock.forward(2 * DAY)
    await function.services.purge()
    ledger = (function.folder / "store.sqlite-ledger").read_bytes()
    assert key not in ledger
    assert key not in (function.folder / "store.sqlite-ledger-wal").read_bytes()
    assert (await function.member().react("me-too")).status_code == 200
    assert (await function.get(f"/threads/{THREAD}")).json()["reactions"]["me-too"] == 1
    assert (await function.get(f"/polls/{POLL}")).json()["results"]["voters"] == 1


async def test_a_proof_serves_one_text_alone_whatever_key_comes_with_it(build: Build) -> None:
    function = build(proof=CHEAP)
    member = function.member()
    path = f"/comments/{(await member.write('words')).json()['comment']['id']}"
    proof = await solved(function)
    function.clock.forward(5)
    key = {"idempotency_key": "p" * 20}
    first = await member.send("PATCH", path, {"text": "one", "altcha": proof}, **key)
    again = await member.send("PATCH", path, {"text": "one", "altcha": proof}, **key)
    assert (first.status_code, again.json()) == (200, first.json())
    other = await member.send("PATCH", path, {"text": "two", "altcha": proof}, **key)
    assert other.json()["code"] == "idempotency-mismatch"
    new_key = {"idempotency_key": "q" * 20}
    spent = await member.send("PATCH", path, {"text": "two", "altcha": proof}, **new_key)
    assert spent.json()["code"] == "proof-spent"


async def test_a_refused_text_leaves_its_proof_to_no_other_text(build: Build) -> None:
    function = build(proof=CHEAP, limits=DEFAULT_LIMITS)
    member = function.member()
    await member.write("words")
    proof = await solved(function)
    function.clock.forward(5)
    headers = {"idempotency_key": "p" * 20}
    refused = await member.write("words", altcha=proof, headers=headers)
    assert refused.json()["code"] == "duplicate"
    other = await member.write("other words", altcha=proof, headers=headers)
    assert other.json()["code"] == "proof-spent"


RULES = {*DEFAULT_LIMITS, *(rule for kind in KINDS for rule in kind.limits)}
NOTHING = {rule: (Limit(0, 60),) for rule in RULES}
BODIES: dict[str, Any] = {
    "/polls/{poll}/votes": {"version": 1, "choices": ["often"]},
    "/threads/{thread}/reactions": {"reaction": "me-too", "on": True},
    "/threads/{thread}/comments": {"text": "Words.", "pseudonym": "Ana"},
    "/comments/{comment}/flags": {"reason": "spam"},
    "/me": {"action": "show"},
    "/stories/{voice}": {"action": "show"},
    "/questions/{voice}": {"action": "show"},
    "/receipts": {"receipt": "x", "action": "show"},
    "/surveys/{survey}/responses": {
        **{"version": 1, "consent": "2026-01", "answers": {"sleep": "good"}},
        **{"collection": True, "age": True},
    },
}
# No limit keeps help back: the question whether words are a plea draws on none.
WRITES = [route for route in ROUTES if route.method != "GET" and route.path != "/help"]


@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.path}")
async def test_every_write_draws_on_a_limit(build: Build, route: ApiRoute) -> None:
    function = build(limits=NOTHING)
    path = route.path.format(
        poll=POLL, thread=THREAD, comment="0" * 26, survey="migraine~sleep", voice="bcdfghjk", token="0" * 32
    )
    if route.path == "/comments/{comment}" and route.method == "POST":
        answer = await function.form(path, {"action": "withdraw"}, {"__Host-gw": "0" * 32})
    else:
        answer = await function.member().send(route.method, path, BODIES.get(route.path, {"text": "Words."}))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
