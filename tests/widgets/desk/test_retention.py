"""Everything is kept for its time and no longer; the audit, which holds no words, is kept for good."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import SignIn, invited, written
from widgets.function.state.retention import LIFETIMES, REJECTED_DAYS
from widgets.store.desk_records import AuditAsk, Find
from widgets.store.records import FLAG_DAYS, Comment

pytestmark = pytest.mark.anyio
DAY = 86_400
ROOT = Path(__file__).parents[3]


async def rejected(function: Function, sign_in: SignIn, **more: object) -> Comment:
    comment = await written(function, "Words of a rejected text", **more)
    mo = await sign_in()
    assert (await mo.act("reject", comment, answer="advert")).status_code == 303
    return comment


async def test_a_rejected_text_is_destroyed_thirty_days_after_the_decision(
    function: Function, sign_in: SignIn
) -> None:
    comment = await rejected(function, sign_in, pseudonym="Rare Bird")
    function.clock.forward(REJECTED_DAYS * DAY)
    await function.services.purge()
    assert await function.store.comment(comment.id) is not None
    function.clock.forward(1)
    await function.services.purge()
    assert await function.store.comment(comment.id) is None
    assert await function.store.comments_by(comment.author) == []
    stored = b"".join(path.read_bytes() for path in function.folder.iterdir())
    assert b"Words of a rejected text" not in stored
    assert b"Rare Bird" not in stored


@pytest.mark.parametrize("more", [False, True])
async def test_notes_on_a_pseudonym_go_with_its_last_post_when_the_clock_ends_it(
    function: Function, sign_in: SignIn, more: bool
) -> None:
    mo = await sign_in()
    comment = await written(function, "Words of a rejected text", author="a" * 32)
    if more:
        await written(function, "Another", author="a" * 32, state="published")
    await mo.act("memo", comment, memo="Means zwischenzug.")
    await mo.act("memo-name", comment, memo="Always zwischenzug.")
    await mo.act("reject", comment, answer="advert")
    function.clock.forward(REJECTED_DAYS * DAY + 1)
    await function.services.purge()
    assert await function.store.desk_rows("post-notes") == []
    assert bool(await function.store.desk_rows("name-notes")) == more
    stored = b"".join(path.read_bytes() for path in function.folder.iterdir())
    assert (b"Always zwischenzug" in stored) == more
    assert b"Means zwischenzug" not in stored


async def test_a_purge_is_in_the_audit(function: Function, sign_in: SignIn) -> None:
    comment = await rejected(function, sign_in)
    function.clock.forward(REJECTED_DAYS * DAY + 1)
    await function.services.purge()
    entries = await function.store.audit(AuditAsk(comment=comment.id))
    assert [(entry.actor, entry.action) for entry in entries] == [("retention", "purge"), ("mo", "reject")]


async def test_a_rejected_text_that_was_answered_leaves_an_empty_place(
    function: Function, sign_in: SignIn
) -> None:
    root = await written(function, "Words of a text", state="published")
    await written(function, "An answer", state="published", root=root.id, parent=root.id)
    mo = await sign_in()
    await mo.act("reject", root, answer="unkind")
    function.clock.forward(REJECTED_DAYS * DAY + 1)
    await function.services.purge()
    place = await function.store.comment(root.id)
    assert (place.state, place.text, place.pseudonym) == ("withdrawn", "", "")
    assert await function.store.find(Find("Words of a text")) == []


async def test_what_nobody_has_decided_on_is_never_purged(function: Function) -> None:
    plea = await written(function, "I cannot go on.", urgency=9, held=("crisis",))
    function.clock.forward(3_650 * DAY)
    await function.services.purge()
    assert await function.store.comment(plea.id) == plea


async def test_more_than_one_batch_is_purged_at_once(function: Function) -> None:
    for _ in range(205):
        await written(function, state="rejected", decided=1)
    await function.services.purge()
    assert await function.store.rejected(2**40, 999) == []


async def test_who_flagged_is_forgotten_and_that_it_was_flagged_stays(function: Function) -> None:
    comment = await written(function, state="published")
    member = function.member()
    await member.send("POST", f"/comments/{comment.id}/flags", {"reason": "spam"})
    person = function.services.keys.person("flag", THREAD, member.key)
    function.clock.forward(FLAG_DAYS * DAY)
    await function.services.purge()
    assert await function.store.marks("flag", [(THREAD, person)]) != []
    function.clock.forward(DAY)
    await function.services.purge()
    assert await function.store.marks("flag", [(THREAD, person)]) == []
    assert (await function.store.comment(comment.id)).flags == {"spam": 1}


async def test_links_sessions_looks_and_holds_go_when_they_end(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    await mo.get(f"/items/{comment.id}")
    await mo.act("hold-name", comment, days=1)
    await mo.get(f"/items/{comment.id}")
    await invited(function, "Eve")
    kinds = ("claim", "name-hold", "invitation", "session")
    await function.services.purge()
    assert [len(await function.store.desk_rows(kind)) for kind in kinds] == [1, 1, 1, 1]
    function.clock.forward(2 * DAY)
    await function.services.purge()
    assert [len(await function.store.desk_rows(kind)) for kind in kinds] == [0, 0, 0, 0]
    assert len(await function.store.desk_rows("staff")) == 2


async def test_erasing_reaches_queue_search_and_pages_and_the_audit_keeps_no_content(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("Words to be erased.", pseudonym="Rare Bird")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await sign_in()
    await mo.act("hold", comment)
    assert "Words to be erased." in (await mo.get("/")).text
    await member.send("DELETE", "/me")
    assert "Words to be erased." not in (await mo.get("/")).text
    assert comment.id not in (await mo.post("/search", {"words": "erased"})).text
    assert (await mo.get(f"/items/{comment.id}")).status_code == 404
    assert "Words to be erased." not in (await function.get(f"/threads/{THREAD}/comments.atom")).text
    entries = await function.store.audit(AuditAsk(comment=comment.id))
    assert [entry.action for entry in entries] == ["hold"]
    stored = b"".join(path.read_bytes() for path in function.folder.iterdir())
    assert b"Words to be erased" not in stored
    assert b"Rare Bird" not in stored
    assert comment.author.encode() not in stored


def test_the_table_of_lifetimes_is_the_documents() -> None:
    text = (ROOT / "docs" / "desk.md").read_text("utf-8")
    rows = {
        tuple(cell.strip() for cell in row.strip("|").split("|"))
        for row in re.findall(r"^\|.+\|$", text, re.M)
    }
    assert {(one.what, one.kept, one.ends) for one in LIFETIMES} <= rows
