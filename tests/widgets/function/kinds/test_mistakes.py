"""Reports of mistakes: kept without a word of who sent them, and read in a list of their own at the desk."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import arrived
from widgets.function.text.mistakes import KEPT_SECONDS, MISTAKE
from widgets.rules.limits import DEFAULT_LIMITS

pytestmark = pytest.mark.anyio
PATH = f"/threads/{THREAD}/mistakes"
REPORT = {"text": "It is 10 mg, not 100 mg.", "passage": "Take 100 mg at once.", "lang": "en"}


async def test_a_form_without_javascript_is_kept_and_sets_no_cookie(function: Function) -> None:
    answer = await function.form(PATH, REPORT)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    page = await function.client.get(answer.headers["location"])
    assert "An editor will look at the page." in page.text
    [row] = await function.store.desk_rows(MISTAKE)
    assert row.value["text"] == REPORT["text"]
    assert row.value["passage"] == REPORT["passage"]
    assert set(row.value) == {"thread", "condition", "text", "passage", "lang", "day", "held", "urgency"}


async def test_the_same_report_is_kept_once_and_never_in_the_queue_of_posts(function: Function) -> None:
    member = function.member()
    for _ in range(2):
        answer = await member.send("POST", PATH, REPORT)
    assert (answer.status_code, answer.json()) == (202, {"thread": THREAD, "state": "received", "help": []})
    assert len(await function.store.desk_rows(MISTAKE)) == 1
    assert await function.store.queue(10) == []


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        ("/threads/migraine~nowhere/mistakes", {}, "unknown-thread"),
        (PATH, {"text": " "}, "text-empty"),
        (PATH, {"text": "x" * 2_001}, "text-too-long"),
        (PATH, {"website": "https://example.com"}, "trap-field"),
        (PATH, {"passage": "a\u0000b"}, "text-characters"),
        (PATH, {"name": "Ana"}, "body-invalid"),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_not_kept(
    function: Function, path: str, change: dict[str, str], code: str
) -> None:
    answer = await function.member().send("POST", path, {**REPORT, **change})
    assert answer.json()["code"] == code
    assert await function.store.desk_rows(MISTAKE) == []


async def test_one_address_can_send_few(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS)
    answers = [await function.form(PATH, {**REPORT, "text": f"Wrong {n}"}) for n in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]


async def test_a_plea_in_a_report_is_answered_with_help_and_told_in_the_queue(function: Function) -> None:
    page = await function.form(PATH, {**REPORT, "text": "I am going to kill myself tonight."})
    assert page.status_code == 200
    assert "You are not alone with this" in page.text
    mo = await arrived(function)
    assert "written in a report of a mistake" in (await mo.get("/")).text


async def test_a_refused_plea_in_a_report_is_answered_with_help(function: Function) -> None:
    words = "I am going to kill myself tonight. " * 80
    answer = await function.member().send("POST", PATH, {**REPORT, "text": words})
    assert answer.json()["code"] == "text-too-long"
    assert answer.json()["help"]


async def test_editors_read_it_with_its_passage_and_the_way_there_and_delete_it(function: Function) -> None:
    await function.form(PATH, {**REPORT, "text": "<b>Wrong</b>"})
    mo = await arrived(function)

    page = (await mo.get("/mistakes")).text

    assert "&lt;b&gt;Wrong" in page
    assert "Take 100 mg at once." in page
    assert "#:~:text=Take%20100%20mg%20at%20once." in page
    [row] = await function.store.desk_rows(MISTAKE)
    answer = await mo.post("/mistakes", {"mistake": row.id})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/mistakes")
    assert "Nothing is reported." in (await mo.get("/mistakes")).text
    assert (await mo.post("/mistakes", {"mistake": row.id})).status_code == 404


async def test_who_is_there_for_other_conditions_sees_and_deletes_none(function: Function) -> None:
    await function.form(PATH, REPORT)
    [row] = await function.store.desk_rows(MISTAKE)
    other = await arrived(function, "Ed", "editor", conditions=("arthritis",))
    assert "Take 100 mg" not in (await other.get("/mistakes")).text
    assert (await other.post("/mistakes", {"mistake": row.id})).status_code == 404
    clinician = await arrived(function, "Cy", "clinician")
    assert (await clinician.get("/mistakes")).status_code == 403


async def test_a_report_ends_by_the_clock(function: Function) -> None:
    await function.form(PATH, REPORT)
    function.clock.forward(KEPT_SECONDS + 1)
    mo = await arrived(function)
    assert "Nothing is reported." in (await mo.get("/mistakes")).text
