"""Locks of a conversation and holds of a pseudonym: who is stopped, who is told why, and for how long."""

from __future__ import annotations

import httpx
import pytest

from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import SignIn, batch_of, written

pytestmark = pytest.mark.anyio


async def public(function: Function) -> httpx.Response:
    return await function.get(f"/threads/{THREAD}")


async def test_nobody_writes_in_a_locked_thread_and_everybody_reads_why(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function, state="published")
    assert (await public(function)).json()["comments_are"] == "open"
    mo = await sign_in()
    await mo.act("lock", comment, reason="Let us rest until Monday.")
    refused = await function.member().write("One more word.")
    assert (refused.status_code, refused.json()["code"]) == (403, "thread-locked")
    assert refused.json()["detail"] == "Let us rest until Monday."
    seen = (await public(function)).json()
    assert (seen["comments_are"], seen["locked"]) == ("closed", "Let us rest until Monday.")
    await mo.act("unlock", comment)
    assert (await function.member().write("One more word.")).status_code == 201
    assert "locked" not in (await public(function)).json()


async def test_a_form_refused_by_a_lock_shows_the_reason(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, state="published")
    await (await sign_in()).act("lock", comment, reason="Let us <rest>.")
    fields = {"text": "One more word.", "pseudonym": "Heron"}
    page = await function.form(f"/threads/{THREAD}/comments", fields)
    assert page.status_code == 403
    assert "Let us &lt;rest&gt;." in page.text


async def test_a_lock_and_an_unlock_are_undone(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, state="published")
    mo = await sign_in()
    locked = await mo.act("lock", comment, reason="Rest.")
    await mo.post("/undo", {"batch": batch_of(locked)})
    assert (await public(function)).json()["comments_are"] == "open"
    await mo.act("lock", comment, reason="Rest.")
    unlocked = await mo.act("unlock", comment)
    await mo.post("/undo", {"batch": batch_of(unlocked)})
    assert (await public(function)).json()["locked"] == "Rest."


async def test_what_a_held_pseudonym_writes_waits_until_the_hold_ends(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("First words.")).json()["comment"]
    mo = await sign_in()
    await mo.act("hold-name", await function.store.comment(sent["id"]), days=3)
    held = (await member.write("Second words.")).json()["comment"]
    assert (held["state"], held["held_because"]) == ("held", ["name-held"])
    other = (await function.member().write("By another.", pseudonym="Other Bird")).json()["comment"]
    assert other["state"] == "published"
    function.clock.forward(3 * 86_400)
    assert (await member.write("Third words.")).json()["comment"]["state"] == "published"


async def test_a_hold_of_a_pseudonym_can_be_ended_early(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    sent = (await member.write("First words.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await sign_in()
    await mo.act("hold-name", comment, days=30)
    assert "on hold for 30 more days" in (await mo.get(f"/items/{comment.id}")).text
    await mo.act("free-name", comment)
    assert (await member.write("Second words.")).json()["comment"]["state"] == "published"


@pytest.mark.parametrize(
    ("name", "thread"),
    [("Other Otter", THREAD), ("Other Otter", "ms~first-symptoms"), ("Quiet Heron", "ms~first-symptoms")],
    ids=["a new name", "a new name in a new condition", "a new condition"],
)
async def test_a_hold_is_not_evaded(function: Function, sign_in: SignIn, name: str, thread: str) -> None:
    member = function.member()
    sent = (await member.write("First words.", "Quiet Heron")).json()["comment"]
    mo = await sign_in()
    await mo.act("hold-name", await function.store.comment(sent["id"]), days=3)
    evading = (await member.write("Second words.", name, thread=thread)).json()["comment"]
    assert (evading["state"], evading["held_because"]) == ("held", ["device-held"])
    other = (await function.member().write("Third words.", "Calm Otter", thread=thread)).json()["comment"]
    assert other["state"] == "published"
    function.clock.forward(3 * 86_400 + 1)
    assert (await member.write("Fourth words.", name, thread=thread)).json()["comment"][
        "state"
    ] == "published"


async def test_a_hold_is_seen_and_ended_at_the_devices_other_name(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("First words.", "Quiet Heron")).json()["comment"]
    mo = await sign_in()
    await mo.act("hold-name", await function.store.comment(sent["id"]), days=3)
    evading = (await member.write("Second words.", "Other Otter")).json()["comment"]
    comment = await function.store.comment(evading["id"])
    assert "on hold for 3 more days" in (await mo.get(f"/items/{comment.id}")).text
    await mo.act("free-name", comment)
    assert (await member.write("Third words.", "Quiet Heron")).json()["comment"]["state"] == "published"


async def test_a_hold_keeps_no_hash_that_a_comment_has(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    sent = (await member.write("First words.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    await (await sign_in()).act("hold-name", comment, days=3)
    [row] = await function.store.desk_rows("name-hold")
    assert row.value["devices"]
    assert comment.author not in str(row.value)


async def test_who_begins_a_second_name_is_told_once_what_it_means(function: Function) -> None:
    member = function.member()
    notices = [
        "notice" in (await member.write(f"Words, number {number}.", name)).json()
        for number, name in enumerate(("Quiet Heron", "Quiet Heron", "Other Otter", "Other Otter"))
    ]
    assert notices == [False, False, True, False]
    assert "notice" not in (await function.member().write("Words.", "Calm Otter")).json()
    cookies = {"__Host-gw": member.key}
    answer = await function.form(
        f"/threads/{THREAD}/comments", {"text": "By a form.", "pseudonym": "Third Tern"}, cookies
    )
    page = await function.client.get(answer.headers["location"])
    assert "those who moderate can" in page.text


async def test_a_hold_that_is_undone_leaves_the_one_before(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo, ed = await sign_in(), await sign_in("Ed", "editor")
    await mo.act("hold-name", comment, days=30)
    before = await function.store.desk_rows("name-hold")
    done = await ed.act("hold-name", comment, days=1)
    batch = batch_of(done)
    assert (await ed.post("/undo", {"batch": batch})).status_code == 303
    [row] = await function.store.desk_rows("name-hold")
    assert (row.value, row.expires) == (before[0].value, before[0].expires)
