"""Two hundred copies hide nobody: bursts take few places, and no act on many touches a plea."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import Colleague, SignIn, arrived, written
from tests.widgets.desk.moderation.test_queue import ids, undo, value
from tests.widgets.function.state.alarms import webhook
from tests.widgets.function.state.test_limits_and_proof import CHEAP, solved
from widgets.function.state.alert_channels import AlertSettings
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio

PLEA = "I am going to kill myself tonight."
THOUGHT = "Some days I just want to die."
PROXY = {"trusted_proxies": ("192.0.2.0/24",), "proof": CHEAP}


async def write(function: Function, text: str, name: str, address: str, **more: Any) -> Comment:
    sent = {"x-forwarded-for": address}
    answer = await function.member().write(text, pseudonym=name, headers=sent, **more)
    return await function.store.comment(answer.json()["comment"]["id"])  # type: ignore[no-any-return]


async def flood(function: Function, text: str, number: int = 200) -> list[Comment]:
    fakes = []
    for n in range(number):
        fakes.append(await write(function, text, f"Fake {n}", f"203.0.113.{n % 250}"))
        function.clock.forward(0.1)
    return fakes


@pytest.mark.parametrize("text", [PLEA, THOUGHT, "Buy my pillows."])
async def test_two_hundred_fakes_hide_no_real_one_on_the_first_page(build: Build, text: str) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True), **PROXY)
        proof = await solved(function)
        function.clock.forward(5)
        fakes = await flood(function, text)
        while not hook.nothing_more():
            hook.taken()
        proven = await write(function, text, "Real One", "198.51.100.7", altcha=proof)
        if text == PLEA:
            assert not hook.nothing_more()
    fields = {"text": text, "pseudonym": "Real Two", "lang": "en"}
    by_form = {"cookie": f"__Host-gw={'2' * 32}", "x-forwarded-for": "198.51.101.9"}
    await function.form(f"/threads/{THREAD}/comments", fields, **by_form)
    [unproven] = await function.store.comments_by(function.services.keys.author("migraine", "2" * 32))
    page = (await (await arrived(function)).get("/")).text
    shown = ids(page)
    if text != "Buy my pillows.":  # proven, it is published at once
        assert proven.id in shown
    assert unproven.id in shown
    assert len(shown) <= 40
    newest = [fake.id for fake in reversed(fakes[-5:])]
    assert [id_ for id_ in shown if id_ in {fake.id for fake in fakes}][:5] == newest
    for fake in fakes:
        assert f"/desk/items/{fake.id}" in page  # none is out of sight


async def test_who_has_an_approved_post_is_in_no_burst(build: Build) -> None:
    function = build(**PROXY)
    known = function.member()
    headers = {"x-forwarded-for": "203.0.113.1"}
    first = (await known.write("A quiet day.", headers=headers)).json()["comment"]
    mo = await arrived(function)
    await mo.act("approve", await function.store.comment(first["id"]))
    second = (await known.write(PLEA, headers=headers)).json()["comment"]
    [fake] = await flood(function, PLEA, 1)
    assert (await function.store.comment(second["id"])).burst is None
    assert fake.burst is not None


async def test_the_number_of_a_burst_is_random_and_tells_no_network(build: Build) -> None:
    function = build(**PROXY)
    one, two = await flood(function, PLEA, 2)
    [other] = [await write(function, PLEA, "Other", "198.51.100.7")]
    assert one.burst == two.burst != other.burst
    assert len(one.burst or "") == 16
    rows = b"".join(path.read_bytes() for path in function.folder.iterdir())
    assert b"203.0.113" not in rows


async def test_the_number_goes_with_the_decision_and_after_three_days(build: Build) -> None:
    function = build(**PROXY)
    one, two = await flood(function, PLEA, 2)
    mo = await arrived(function)
    await mo.act("reject", one, answer="other")
    assert (await function.store.comment(one.id)).burst is None
    function.clock.forward(72 * 3_600 - 30)
    await function.services.purge()
    assert (await function.store.comment(two.id)).burst == two.burst
    function.clock.forward(60)
    await function.services.purge()
    assert (await function.store.comment(two.id)).burst is None


async def in_bulk(mo: Colleague, act: str, *comments: Comment) -> Any:
    return await mo.post("/bulk", {"act": act, "item": [value(one) for one in comments]})


@pytest.mark.parametrize("act", ["approve", "aside", "hold"])
async def test_acts_on_many_leave_pleas_out_and_say_so(function: Function, sign_in: SignIn, act: str) -> None:
    plain = await written(function)
    pleas = [
        await written(function, urgency=9, held=("crisis",)),
        await written(function, urgency=8, held=("crisis",)),
        await written(function, urgency=1, held=("child",)),
    ]
    mo = await sign_in()
    answer = await in_bulk(mo, act, plain, *pleas)
    assert answer.status_code == 303
    assert [await function.store.comment(one.id) for one in pleas] == pleas
    assert await function.store.comment(plain.id) != plain
    page = (await mo.get(answer.headers["location"].removeprefix("/desk"))).text
    assert "3 were left out: they tell of danger or of a child" in page
    assert (await in_bulk(mo, act, *pleas)).status_code == 409


async def test_nobody_is_rejected_in_bulk(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    fields = {"act": "reject", "answer": "other", "item": [value(comment)]}
    assert (await mo.post("/bulk", fields)).status_code == 403
    assert await function.store.comment(comment.id) == comment


async def test_what_is_set_aside_comes_back_in_its_place_after_a_day(
    function: Function, sign_in: SignIn
) -> None:
    first, second = await written(function), await written(function)
    mo = await sign_in()
    await in_bulk(mo, "aside", first)
    page = (await mo.get("/")).text
    assert ids(page) == [second.id]
    assert "1 post is set aside for a day." in page
    assert ids((await mo.get("/?aside=1")).text) == [first.id]
    function.clock.forward(24 * 3_600)
    assert ids((await (await sign_in("Eve")).get("/")).text) == [first.id, second.id]


async def test_setting_aside_is_taken_back(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    answer = await in_bulk(mo, "aside", comment)
    assert (await undo(mo, answer)).status_code == 303  # type: ignore[attr-defined]
    assert ids((await mo.get("/")).text) == [comment.id]


async def test_a_plea_cannot_be_set_aside_even_by_itself(function: Function, sign_in: SignIn) -> None:
    plea = await written(function, urgency=8, held=("crisis",))
    assert (await (await sign_in()).act("aside", plea)).status_code == 409


async def test_what_becomes_a_plea_is_not_aside_any_more(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    await in_bulk(mo, "aside", comment)
    await mo.act("crisis", await function.store.comment(comment.id))
    assert ids((await mo.get("/")).text) == [comment.id]


async def test_one_flag_outranks_no_plea(function: Function, sign_in: SignIn) -> None:
    flagged = (await function.member().write("A quiet day.", pseudonym="Ana")).json()["comment"]
    plea = await written(function, urgency=8, held=("crisis", "method"))
    path = f"/comments/{flagged['id']}/flags"
    await function.member().send("POST", path, {"reason": "crisis"})
    assert ids((await (await sign_in()).get("/")).text) == [plea.id, flagged["id"]]


async def test_a_held_plea_keeps_its_place(function: Function, sign_in: SignIn) -> None:
    plea = await written(function, urgency=8, held=("crisis",))
    mo = await sign_in()
    await mo.act("hold", plea)
    assert (await function.store.comment(plea.id)).urgency == 8
