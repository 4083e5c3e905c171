"""A sensitive poll under attack: somebody with many keys reads all that is published, and knows each of the own votes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import NOON, POLL, Build, Function, Member
from widgets.rules.polls import PERIOD, SENSITIVE_STEP
from widgets.store.publications import Rounding
from widgets.store.records import Tally

pytestmark = pytest.mark.anyio
WORK = "arthritis~work"  # sensitive, without a closing date
DAY = 86_400
FIRST = (NOON // PERIOD + 1) * PERIOD  # the first moment after the clock's beginning
TRUE = {"a": 5, "b": 9, "c": 3, "d": 1}  # what others answered
CLOSING = "2026-10-20T00:00:00Z"


@pytest.fixture
def poll(manifest: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = manifest["polls"][WORK]
    asked["options"] = [{"key": key, "label": key.upper()} for key in TRUE]
    return asked


async def answered(function: Function) -> None:
    for key, many in TRUE.items():
        for _ in range(many):
            await function.member().vote(key, poll=WORK)


async def shown(function: Function) -> dict[str, int] | None:
    """What everybody may read: the votes by option."""
    results = (await function.get(f"/polls/{WORK}")).json()["results"]
    return {option["key"]: option["votes"] for option in results["options"]} if results else None


def possible(sights: list[tuple[int, int]], offsets: range = range(SENSITIVE_STEP)) -> set[int]:
    """Others' answers in a cell that agree with all that was seen, given as (own votes that counted, shown), under any of
    the offsets that the function may have."""

    def agrees(n: int, offset: int) -> bool:
        shown = (Rounding(SENSITIVE_STEP, {"": offset}).shown(Tally(n + own)).voters for own, _ in sights)
        return all(one == seen for one, (_, seen) in zip(shown, sights, strict=True))

    return {n for n in range(40) if any(agrees(n, offset) for offset in offsets)}


async def test_eleven_keys_in_twenty_six_requests_learn_nothing_before_the_closing(
    build: Build, poll: dict[str, Any]
) -> None:
    """Each key's vote moves one cell's sum by one; while every vote was answered with a rounded tally, the step gave the
    cell away. Now nothing is shown, and the closing shows cells of 0 to 10 as 0."""
    poll["closes"] = CLOSING
    function = build()
    await answered(function)
    keys = [function.member() for _ in range(11)]
    seen = []
    for key in ("a", "b"):
        for member in keys:
            seen.append((await member.vote(key, poll=WORK)).json()["results"])
    seen += [(await member.vote(poll=WORK)).json()["results"] for member in keys[:4]]
    assert len(seen) == 26
    assert set(seen) == {None}

    for member in keys:
        await member.vote(poll=WORK)
    function.clock.now = 1_792_454_400  # the closing
    found = await shown(function)
    assert found == dict.fromkeys(TRUE, 0)
    for n in found.values():
        assert possible([(0, n)], range(1)) == set(range(11))


async def searched(function: Function) -> dict[str, set[int]]:
    """Forty-four keys, eleven a cell, in four moments: a binary search by own votes added and taken back, which finds the
    sum of others' answers and the offset where no more could be found."""
    keys = {key: [function.member() for _ in range(11)] for key in TRUE}
    sights: dict[str, list[tuple[int, int]]] = {key: [] for key in TRUE}
    own = dict.fromkeys(TRUE, 0)
    counted = dict.fromkeys(TRUE, 0)
    for turn in range(4):
        for key, members in keys.items():
            wanted = middle(sums(sights[key]))
            before = own[key]
            for number, member in enumerate(members):
                if before <= number < wanted:
                    await member.vote(key, poll=WORK)
                elif wanted <= number < before:
                    await member.vote(poll=WORK)
            # What was taken back still counts at the next moment, so that only what was added is a new sight.
            counted[key], own[key] = max(before, wanted), wanted
        function.clock.now = FIRST + turn * PERIOD + 1
        found = await shown(function)
        assert found is not None
        for key, n in found.items():
            sights[key].append((counted[key], n))
        function.clock.forward(DAY)
    return {key: possible(seen) for key, seen in sights.items()}


def sums(sights: list[tuple[int, int]]) -> set[int]:
    """The sums of others' answers and the offset that agree with all that was seen, of the twenty-one that there may be."""
    step = SENSITIVE_STEP
    return {n for n in range(2 * step - 1) if all((n + own) // step * step == seen for own, seen in sights)}


def middle(candidates: set[int]) -> int:
    """How many own votes halve what is possible: with them, the higher half of it reaches the step."""
    ordered = sorted(candidates)
    return -ordered[len(ordered) // 2] % SENSITIVE_STEP


async def test_forty_four_keys_in_four_moments_learn_no_cell(build: Build, poll: dict[str, Any]) -> None:
    """What is possible in each cell after a hundred and twenty days in which nobody else answered."""
    function = build()
    await answered(function)
    learnt = await searched(function)
    for key, many in TRUE.items():
        assert many in learnt[key]
    assert {key: len(values) for key, values in learnt.items()} == LEARNT


LEARNT = {"a": 10, "b": 13, "c": 13, "d": 10}


async def test_a_poll_without_a_closing_date_shows_nothing_between_two_moments(
    build: Build, poll: dict[str, Any]
) -> None:
    function = build()
    await answered(function)
    assert await shown(function) == dict.fromkeys(TRUE, 0)
    for _ in range(SENSITIVE_STEP - TRUE["a"] + 33):
        await function.member().vote("a", poll=WORK)
    assert await shown(function) == dict.fromkeys(TRUE, 0)
    function.clock.now = FIRST
    found = await shown(function)
    assert found is not None
    assert found["a"] == 44


async def test_what_is_due_is_fixed_by_the_first_write_too(build: Build, poll: dict[str, Any]) -> None:
    function = build()
    for _ in range(11):
        await function.member().vote("a", poll=WORK)
    late = function.member()
    function.clock.now = FIRST + 5 * DAY
    assert (await late.vote("b", poll=WORK)).json()["results"]["voters"] == 11
    published = await function.store.published(WORK, 1)
    assert (published.moment, published.tally.voters) == (FIRST, 11)


async def test_an_erasure_of_all_fixes_first_what_is_due(build: Build, poll: dict[str, Any]) -> None:
    function = build()
    members = [function.member() for _ in range(11)]
    for member in members:
        await member.vote("a", poll=WORK)
    function.clock.now = FIRST + DAY
    await members[0].send("DELETE", "/me")
    assert (await function.store.tally(WORK, 1)).voters == 10
    assert (await shown(function) or {})["a"] == 11


async def test_a_closed_poll_stays_as_it_was_published(build: Build, poll: dict[str, Any]) -> None:
    poll["closes"] = CLOSING
    function = build()
    members: list[Member] = [function.member() for _ in range(11)]
    for member in members:
        await member.vote("a", poll=WORK)
    function.clock.now = 1_792_454_400
    assert await shown(function) == {"a": 11, "b": 0, "c": 0, "d": 0}
    await members[0].send("DELETE", "/me")
    assert await shown(function) == {"a": 11, "b": 0, "c": 0, "d": 0}


@pytest.mark.parametrize(
    ("closes", "lang", "words"),
    [
        (CLOSING, "en", "its results show once, when it closes"),
        (None, "en", "stands for your earlier answer in the next results"),
        (None, "es", "ocupa el lugar de tu respuesta anterior"),
    ],
)
async def test_the_votes_answer_says_when_a_change_shows(
    build: Build, poll: dict[str, Any], closes: str | None, lang: str, words: str
) -> None:
    poll["closes"] = closes
    function = build()
    body = {"version": 1, "choices": ["a"], "lang": lang}
    answer = (await function.member().send("POST", f"/polls/{WORK}/votes", body)).json()
    assert words in answer["notice"]
    assert answer["publishes"] == (CLOSING if closes else "2026-10-04T00:00:00Z")
    form = await function.form(f"/polls/{WORK}/votes", {"version": "1", "choice": "a", "lang": lang})
    page = await function.client.get(form.headers["location"])
    assert words in page.text


async def test_another_poll_has_no_notice(function: Function) -> None:
    answer = (await function.member().vote("often", poll=POLL)).json()
    assert (answer["notice"], answer["publishes"]) == (None, None)
