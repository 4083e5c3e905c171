"""What a person decided stays decided: an edit of its writer waits, and takes nothing over from the words before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Function, Member
from tests.widgets.desk.conftest import SignIn, batch_of
from widgets.desk.auth.people import TERMINAL
from widgets.desk.moderation.audited_store import AuditedStore, StaffAction
from widgets.function.text import moderation
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio

CALL_ME = "Call me on +44 20 7946 0958, mornings."
SOURCE = "https://example.org/why"


async def sent(function: Function, text: str, policy: str = "post", **more: Any) -> tuple[Member, Comment]:
    """A text that a member sent, and the member."""
    member = function.member()
    answer = await member.write(text, confirmed=True, **more)
    return member, await function.store.comment(answer.json()["comment"]["id"])


async def edited(member: Member, comment: Comment, text: str) -> dict[str, Any]:
    answer = await member.send("PATCH", f"/comments/{comment.id}", {"text": text, "confirmed": True})
    return dict(answer.json()["comment"])


async def shown(function: Function) -> list[dict[str, Any]]:
    return list((await function.get(f"/threads/{THREAD}")).json()["comments"])


async def test_an_edit_of_an_approved_text_waits(function: Function, sign_in: SignIn) -> None:
    member, comment = await sent(function, "https://a.example https://b.example https://c.example")
    await (await sign_in()).act("approve", comment)
    assert (await edited(member, comment, "Buy here."))["held_because"] == ["edited"]
    assert await shown(function) == []


async def test_an_edit_of_a_text_that_the_terminal_approved_waits(function: Function) -> None:
    member, comment = await sent(function, "https://a.example https://b.example https://c.example")
    store = AuditedStore(
        function.store, StaffAction(TERMINAL, "approve"), function.services.now(), function.services.new_id
    )
    await moderation.approve(store.as_store(), comment.id)
    assert (await edited(member, comment, "Buy here."))["held_because"] == ["edited"]


async def test_an_edit_of_what_nobody_decided_on_is_published(function: Function) -> None:
    member, comment = await sent(function, "A slip of the pne.")
    assert (await edited(member, comment, "A slip of the pen."))["state"] == "published"


async def test_a_note_goes_with_the_words_that_it_was_written_for(
    function: Function, sign_in: SignIn
) -> None:
    member, comment = await sent(function, "Stop your pills.")
    lee = await sign_in("Dr Lee", "clinician")
    await lee.act("note", comment, note="Never stop alone.", source=SOURCE)
    answer = await edited(member, comment, "My cat is called Pill.")
    assert (answer["state"], answer["held_because"]) == ("held", ["edited"])
    changed = await function.store.comment(comment.id)
    assert changed.note is None
    await (await sign_in()).act("approve", changed)
    [public] = await shown(function)
    assert (public["state"], public.get("note")) == ("published", None)


async def test_what_was_taken_out_does_not_come_back_by_an_edit(function: Function, sign_in: SignIn) -> None:
    member, comment = await sent(function, CALL_ME)
    mo = await sign_in()
    await mo.act("redact", comment, found="1")
    assert "7946" not in (await shown(function))[0]["html"]
    answer = await edited(member, comment, CALL_ME)
    assert (answer["state"], answer["held_because"]) == ("held", ["edited"])
    assert await shown(function) == []


async def test_dots_of_its_writer_are_no_redaction(function: Function) -> None:
    member, comment = await sent(function, "She said: “Rest […] and wait.”")
    assert (await edited(member, comment, "She said: “Rest […] and sleep.”"))["state"] == "published"


async def test_an_undone_decision_holds_no_edit(function: Function, sign_in: SignIn) -> None:
    member, comment = await sent(function, "Nothing odd.")
    mo = await sign_in()
    done = await mo.act("approve", comment)
    batch = batch_of(done)
    await mo.post("/undo", {"batch": batch})
    assert (await edited(member, comment, "Nothing odd at all."))["state"] == "published"
