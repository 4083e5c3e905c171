"""Free texts of surveys at the desk: from eleven of a question on, apart from answers, in an order of chance; pleas at once."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import arrived
from widgets.function.state.free_texts import K
from widgets.store.surveys import FreeText

pytestmark = pytest.mark.anyio
SURVEY = "migraine~sleep"
PLEA = "I want to kill myself tonight."


def texts(many: int, survey: str = SURVEY) -> list[FreeText]:
    return [FreeText(f"{number:032x}", survey, "words", f"Words <{number}>.") for number in range(many)]


async def test_fewer_than_eleven_texts_are_not_shown(function: Function) -> None:
    await function.store.surveys.keep_texts(texts(K - 1))
    mo = await arrived(function)
    page = (await mo.get("/texts")).text
    assert "Words" not in page
    assert "No question has eleven texts yet." in page


async def test_from_eleven_on_they_show_in_an_order_that_changes(function: Function) -> None:
    await function.store.surveys.keep_texts(texts(K))
    mo = await arrived(function)
    orders = set()
    for _ in range(4):
        page = (await mo.get("/texts")).text
        assert "Sleep with migraine: What helps you at night?" in page
        assert "11 texts" in page
        shown = [part.partition("&gt;")[0] for part in page.split("Words &lt;")[1:]]
        assert sorted(map(int, shown)) == list(range(K))
        orders.add(tuple(shown))
    assert len(orders) == 4


async def test_a_plea_shows_at_once_and_alone(function: Function) -> None:
    answers = {"sleep": "good", "words": PLEA}
    ticks = {"collection": True, "age": True}
    sent = {"version": 1, "consent": "2026-01", "answers": answers, **ticks}
    await function.member().send("POST", f"/surveys/{SURVEY}/responses", sent)
    mo = await arrived(function)
    page = (await mo.get("/texts")).text
    assert page.count(PLEA) == 1
    queue = (await mo.get("/")).text
    assert "written in a survey" in queue
    assert PLEA not in queue


async def test_who_is_there_for_other_conditions_sees_none(function: Function) -> None:
    await function.store.surveys.keep_texts(texts(K))
    await function.services.ledger.texts.wait(FreeText("f" * 32, SURVEY, "words", PLEA, True))
    other = await arrived(function, "Ed", "editor", conditions=("arthritis",))
    page = (await other.get("/texts")).text
    assert "Words" not in page
    assert PLEA not in page


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 200), ("editor", 200), ("clinician", 200), ("advocate", 403)]
)
async def test_who_cares_for_held_posts_reads_them(function: Function, role: str, status: int) -> None:
    somebody = await arrived(function, "Ed", role)
    assert (await somebody.get("/texts")).status_code == status


async def test_a_plea_is_taken_on_by_one_of_those_who_may_read_it(function: Function) -> None:
    await function.services.ledger.texts.wait(FreeText("f" * 32, SURVEY, "words", PLEA, True))
    mo, ana = await arrived(function), await arrived(function, "Ana")
    far = await arrived(function, "Ed", "editor", conditions=("arthritis",))
    page = (await mo.get("/texts")).text
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    assert (await far.post("/texts/seen", {"mark": mark})).status_code == 404
    assert (await mo.post("/texts/seen", {"mark": "0" * 32})).status_code == 404
    assert (await mo.post("/texts/seen", {"mark": mark})).status_code == 303
    assert (await ana.post("/texts/seen", {"mark": mark})).status_code == 409
    assert "You are on it" in (await mo.get("/texts")).text
    assert "Mo is on it" in (await ana.get("/texts")).text
    [row] = await function.store.desk_rows("text-seen")
    assert "f" * 32 not in str(row)
    function.clock.forward(30 * 86_400)
    ana = await arrived(function, "Ana")
    assert "is on it" not in (await ana.get("/texts")).text
    assert (await ana.post("/texts/seen", {"mark": mark})).status_code == 303
