"""A plea in a report of a mistake is marked as any other, whichever field it was written into."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import SignIn, written
from widgets.function.text.mistakes import LONGEST_PASSAGE

pytestmark = pytest.mark.anyio
PATH = f"/threads/{THREAD}/mistakes"
PLEA = "I am going to kill myself tonight."
PLAIN = {"text": "It is 10 mg.", "passage": "Take 100 mg at once.", "lang": "en"}


@pytest.mark.parametrize("field", ["text", "passage"])
async def test_its_writer_is_shown_help_and_somebody_is_told(
    function: Function, sign_in: SignIn, field: str
) -> None:
    page = await function.form(PATH, {**PLAIN, field: PLEA})
    assert page.status_code == 200
    assert "You are not alone with this" in page.text
    answer = (await function.member().send("POST", PATH, {**PLAIN, field: f"{PLEA} Goodbye."})).json()
    assert answer["help"]
    assert "written in a report of a mistake" in (await (await sign_in()).get("/")).text


async def test_a_plain_quotation_is_answered_without_help(function: Function) -> None:
    assert (await function.form(PATH, PLAIN)).status_code == 303


@pytest.mark.parametrize("field", ["text", "passage"])
async def test_it_stands_first_in_the_queue_and_among_mistakes_at_once_and_folded(
    function: Function, sign_in: SignIn, field: str
) -> None:
    await function.form(PATH, PLAIN)
    comment = await written(function, held=("medical-claim",), urgency=7)
    await function.form(PATH, {**PLAIN, field: PLEA})
    mo = await sign_in()
    queue, mistakes = (await mo.get("/")).text, (await mo.get("/mistakes")).text
    assert queue.index("Report of a mistake in") < queue.index(f'id="i-{comment.id}"')
    assert mistakes.index(PLEA) < mistakes.rindex(PLAIN["text" if field == "passage" else "passage"])
    for page in (queue, mistakes):
        assert page.count("At once") == 1
        assert PLEA in page
        assert PLEA not in re.sub(r"<details class=\"veil\".*?</details>", "", page, flags=re.DOTALL)


async def test_nothing_of_a_plea_is_cut_off_its_passage(function: Function) -> None:
    long = "Take it with water. " * 60
    await function.form(PATH, {**PLAIN, "passage": long})
    await function.form(PATH, {**PLAIN, "passage": long + PLEA})
    found = sorted(len(row.value["passage"]) for row in await function.store.desk_rows("mistake"))
    assert found == [LONGEST_PASSAGE, len(long + PLEA)]


async def test_the_first_who_has_seen_it_is_on_it_until_it_is_dealt_with(
    function: Function, sign_in: SignIn
) -> None:
    await function.form(PATH, {**PLAIN, "text": PLEA})
    [row] = await function.store.desk_rows("mistake")
    mo, dr = await sign_in(), await sign_in("Dr Lee", "clinician")
    done = await dr.post("/mistakes/seen?queue=1", {"mistake": row.id})
    assert done.headers["location"].endswith(f"#i-{row.id}")
    assert "Dr Lee is on it" in (await mo.get("/")).text
    assert (await mo.post("/mistakes/seen", {"mistake": row.id})).status_code == 409
    await mo.post("/mistakes", {"mistake": row.id})
    assert await function.store.desk_rows("assigned") == []
    assert "Report of a mistake in" not in (await mo.get("/")).text


async def test_what_is_no_plea_is_claimed_by_nobody(function: Function, sign_in: SignIn) -> None:
    await function.form(PATH, PLAIN)
    [row] = await function.store.desk_rows("mistake")
    assert (await (await sign_in()).post("/mistakes/seen", {"mistake": row.id})).status_code == 404


async def test_who_may_be_a_child_is_marked_with_whom_to_tell(
    function: Function, sign_in: SignIn, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["minimum_age"] = 16
    await function.form(PATH, {**PLAIN, "passage": "I am only 12 years old."})
    page = (await (await sign_in()).get("/")).text
    assert "Its writer may be a child" in page
    assert "No safeguarding contact is named" in page
