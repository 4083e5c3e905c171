"""False alarms at the desk: taught from a post, listed with who and when, taken back, and of one condition."""

from __future__ import annotations

import itertools

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn
from widgets.store.desk_records import AuditAsk

pytestmark = pytest.mark.anyio
_NAMES = itertools.count(1)
TEXT = "Ubrelvy works if I catch it early. If I wait it's useless."


async def sent(function: Function, text: str = TEXT, thread: str = "migraine~weather") -> dict[str, object]:
    name = f"Heron {next(_NAMES)}"
    answer = (await function.member().write(text, name, thread=thread)).json()
    comment = await function.store.comment(answer["comment"]["id"])
    await function.store.remove_comment(comment.id, None)
    return {"comment": comment, "help": bool(answer["help"])}


async def test_the_next_text_with_these_words_takes_a_lower_place_and_all_else_stays(
    function: Function, sign_in: SignIn
) -> None:
    before = await sent(function)
    member = function.member()
    id_ = (await member.write(TEXT)).json()["comment"]["id"]
    mo = await sign_in()
    comment = await function.store.comment(id_)
    taught = await mo.act("false-alarm", comment, words="Ubrelvy works")
    assert taught.status_code == 303
    after, elsewhere = await sent(function), await sent(function, thread="arthritis~work")
    assert after["comment"].urgency == before["comment"].urgency - 1
    assert elsewhere["comment"].urgency == before["comment"].urgency
    for one in (after, elsewhere):
        assert (one["comment"].held, one["comment"].state, one["help"]) == (
            before["comment"].held,
            before["comment"].state,
            True,
        )
    assert "ubrelvy" not in str(await function.store.audit(AuditAsk()))


async def test_it_is_listed_dated_and_taken_back(function: Function, sign_in: SignIn) -> None:
    id_ = (await function.member().write(TEXT)).json()["comment"]["id"]
    mo, ed = await sign_in(), await sign_in("Ed", "editor")
    far = await sign_in("Far Away", "editor", conditions=("arthritis",))
    await mo.act("false-alarm", await function.store.comment(id_), words="Ubrelvy works")
    [row] = await function.store.desk_rows("false-alarm")
    page = (await ed.get("/alarms")).text
    assert "ubrelvy works" in page
    assert "2026-09-22 12:00 UTC" in page
    assert "Mo" in page
    assert "ubrelvy" not in (await far.get("/alarms")).text
    assert (await far.post("/alarms/forget", {"alarm": row.id})).status_code == 404
    assert (await ed.post("/alarms/forget", {"alarm": "0" * 26})).status_code == 404
    clinician = await sign_in("Dr Lee", "clinician")
    assert (await clinician.post("/alarms/forget", {"alarm": row.id})).status_code == 403
    assert (await ed.post("/alarms/forget", {"alarm": row.id})).status_code == 303
    assert await function.store.desk_rows("false-alarm") == []
    actions = [entry.action for entry in await function.store.audit(AuditAsk())]
    assert actions.count("forget-alarm") == actions.count("false-alarm") == 1


async def test_what_cannot_be_taught_is_refused_in_words(function: Function, sign_in: SignIn) -> None:
    id_ = (await function.member().write(TEXT)).json()["comment"]["id"]
    comment = await function.store.comment(id_)
    mo = await sign_in()
    for words, said in (
        ("one two three four five", "Choose one to four words."),
        ("laughter", "do not stand side by side"),
        ("it early", "belongs to plain pleas"),
        ("if I", "stand in every text"),
        ("", "Choose one to four words."),
    ):
        answer = await mo.act("false-alarm", comment, words=words)
        assert (answer.status_code, said in answer.text) == (400, True), words
    assert (await mo.act("false-alarm", comment, words="Ubrelvy works")).status_code == 303
    assert (await mo.act("false-alarm", comment, words="ubrelvy  WORKS")).status_code == 409
    assert len(await function.store.desk_rows("false-alarm")) == 1


async def test_it_ends_after_a_year(function: Function, sign_in: SignIn) -> None:
    id_ = (await function.member().write(TEXT)).json()["comment"]["id"]
    await (await sign_in()).act("false-alarm", await function.store.comment(id_), words="Ubrelvy works")
    lower = (await sent(function))["comment"].urgency
    function.clock.forward(365 * 86_400)
    assert (await sent(function))["comment"].urgency == lower + 1
    await function.services.purge()
    assert await function.store.desk_rows("false-alarm") == []
