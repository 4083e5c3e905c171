"""A comment's page: what surrounds it, each act on it, and two people who look at it at once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import SignIn, arrived, batch_of, written
from tests.widgets.function.state.alarms import webhook
from widgets.function.state.alert_channels import AlertSettings
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio


async def now(function: Function, comment: Comment) -> Comment:
    found: Comment | None = await function.store.comment(comment.id)
    assert found is not None
    return found


async def public(function: Function, thread: str = THREAD) -> httpx.Response:
    return await function.get(f"/threads/{thread}")


async def test_the_page_shows_the_conversation_around(function: Function, sign_in: SignIn) -> None:
    root = await written(function, "What came first", state="published")
    held = await written(function, "What waits", root=root.id, parent=root.id)
    page = (await (await sign_in()).get(f"/items/{held.id}")).text
    assert "What came first" in page
    assert "What waits" in page


async def test_the_page_shows_what_else_the_pseudonym_wrote(function: Function, sign_in: SignIn) -> None:
    own = {"author": "a" * 32, "pseudonym": "Quiet Heron", "skeleton": "quietheron"}
    earlier = await written(function, "Written before", state="rejected", **own)
    await written(function, "By somebody else", thread="migraine~other")
    held = await written(function, **own)
    page = (await (await sign_in()).get(f"/items/{held.id}")).text
    history = page.partition('id="history"')[2]
    assert "Written before" in history
    assert f"/desk/items/{earlier.id}" in history
    assert "By somebody else" not in page


async def test_a_rejected_writer_reads_why_in_the_comments_own_language(
    function: Function, sign_in: SignIn, manifest: dict[str, object]
) -> None:
    member = function.member()
    sent = (await member.write("Otra vez el tiempo.", lang="es")).json()["comment"]
    mo = await sign_in()
    await mo.act("reject", await function.store.comment(sent["id"]), answer="unkind")
    [mine] = (await member.send("GET", "/me")).json()["comments"]
    assert (mine["state"], mine["reason"]["key"]) == ("rejected", "unkind")
    assert mine["reason"]["text"].startswith("Gracias por escribir.")


async def test_the_page_of_ones_own_shows_the_answer_too(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    sent = (await member.write("The weather again.")).json()["comment"]
    mo = await sign_in()
    await mo.act("reject", await function.store.comment(sent["id"]), answer="off-topic")
    headers = {"accept": "text/html", "cookie": f"__Host-gw={member.key}"}
    page = await function.client.get("/api/v1/me", headers=headers)
    assert "This page is about something else" in page.text


async def test_a_rejection_needs_an_answer(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    for answer in ("", "because"):
        assert (await mo.act("reject", comment, answer=answer)).status_code == 400
    assert await now(function, comment) == comment


async def test_an_answer_bears_the_role_and_the_profile(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, state="published")
    lee = await sign_in("Dr Lee", "clinician", person="lee")
    await lee.act("answer", comment, text="Ask your *own* team.")
    shown = (await public(function)).json()["comments"]
    assert [one["pseudonym"] for one in shown] == [comment.pseudonym, "Dr Lee"]
    assert shown[1]["role"] == {"key": "clinician", "person": "lee"}
    assert shown[1]["html"] == "<p>Ask your <em>own</em> team.</p>\n"
    assert shown[1]["parent"] == comment.id


async def test_the_same_answer_sent_twice_is_there_once(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, state="published")
    mo = await sign_in()
    for _ in range(2):
        await mo.act("answer", comment, text="Thank you.", once="0" * 26)
    assert (await public(function)).json()["count"] == 2
    assert len(await function.store.audit(AuditAsk(comment=comment.id))) == 1


async def test_what_nobody_sees_cannot_be_answered(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    assert (await (await sign_in()).act("answer", comment, text="Hello.")).status_code == 409


@pytest.mark.parametrize("name", ["dr lee", "Dr. Lee", "Dr Lee MD", "DrLee"])
async def test_no_member_takes_the_full_name_of_staff(function: Function, sign_in: SignIn, name: str) -> None:
    await sign_in("Dr Lee", "clinician")
    refused = await function.member().write("I am not who I seem.", pseudonym=name)
    assert refused.json()["code"] == "pseudonym-reserved"


async def test_a_strangers_name_keeps_nobody_of_staff_from_answering(
    function: Function, sign_in: SignIn
) -> None:
    written_first = await function.member().write("I was here first.", pseudonym="Dr Lee")
    comment = await function.store.comment(written_first.json()["comment"]["id"])
    lee = await sign_in("Dr Lee", "clinician")
    assert (await lee.act("answer", comment, text="Hello.")).status_code == 303
    shown = (await public(function)).json()["comments"]
    roles = [(one["pseudonym"], (one["role"] or {}).get("key")) for one in shown]
    assert roles == [("Dr Lee", None), ("Dr Lee", "clinician")]


async def test_a_clinicians_note_makes_visible_with_its_source(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, "Stop your pills.")
    lee = await sign_in("Dr Lee", "clinician")
    source = "https://example.org/why"
    await lee.act("note", comment, note="Never stop *alone*.", source=source)
    [shown] = (await public(function)).json()["comments"]
    assert shown["state"] == "noted"
    assert shown["note"] == {
        "html": "<p>Never stop <em>alone</em>.</p>\n"
        '<p>Dr Lee · <a href="https://example.org/why" rel="nofollow ugc noopener">example.org</a></p>\n',
        "source": source,
        "by": "Dr Lee",
    }


@pytest.mark.parametrize("source", ["", "http://example.org", "javascript:alert(1)", "https://", "https://["])
async def test_a_note_needs_a_source(function: Function, sign_in: SignIn, source: str) -> None:
    comment = await written(function)
    lee = await sign_in("Dr Lee", "clinician")
    assert (await lee.act("note", comment, note="No.", source=source)).status_code == 400
    assert await now(function, comment) == comment


async def test_moved_to_crisis_it_comes_first_and_stays_as_visible_as_it_was(
    function: Function, sign_in: SignIn
) -> None:
    await written(function, urgency=7)
    plea = await written(function, "I am so tired of it all.", state="published")
    mo = await sign_in()
    await mo.act("crisis", plea)
    changed = await now(function, plea)
    assert (changed.state, changed.urgency, changed.queued) == ("published", 9, True)
    assert [found.id for _, found in await function.store.queue(1)] == [plea.id]


async def test_moving_to_crisis_calls_those_who_look_after_people_once(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        plea = await written(function, "I am so tired of it all.")
        mo = await arrived(function)
        await mo.act("crisis", plea)
        await mo.act("crisis", await now(function, plea))
        _, document = await hook.next()
        assert (document["reason"], "tired" in str(document)) == ("crisis", False)
        assert hook.nothing_more()


async def test_a_rejected_plea_moved_to_crisis_waits_for_a_person_and_for_no_clock(
    function: Function, sign_in: SignIn
) -> None:
    plea = await written(function, "I am so tired of it all.")
    mo = await sign_in()
    await mo.act("reject", plea, answer="other")
    await mo.act("crisis", await now(function, plea))
    function.clock.forward(365 * 86_400)
    await function.services.purge()
    changed = await now(function, plea)
    assert (changed.state, changed.urgency, changed.queued, changed.reason) == ("held", 9, True, None)


async def test_a_span_is_taken_out_for_good(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, "Call me: 555 0100, any time.")
    mo = await sign_in()
    answer = await mo.act("redact", comment, start=10, end=17)
    changed = await now(function, comment)
    assert "555" not in changed.text + changed.html
    assert changed.text.startswith("Call me: ")
    assert changed.text.endswith(", any time.")
    batch = batch_of(answer)
    assert (await mo.post("/undo", {"batch": batch})).status_code == 409
    assert "cannot be undone" in (await mo.get(f"/items/{comment.id}")).text


async def test_all_that_looks_like_personal_data_is_taken_out_at_once(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function, "Write to ana@example.org or call +44 20 7946 0958, any time.")
    mo = await sign_in()
    page = (await mo.get(f"/items/{comment.id}")).text
    assert "Telephone number" in page
    assert "E-mail address" in page
    await mo.act("redact", comment, found="1")
    changed = await now(function, comment)
    assert not [part for part in ("ana@", "7946") if part in changed.text + changed.html]
    assert changed.text.endswith(", any time.")
    nothing = await mo.act("redact", changed, found="1")
    assert nothing.status_code == 400


async def test_the_site_s_own_numbers_stay_in_a_text(
    function: Function, manifest: dict[str, Any], sign_in: SignIn
) -> None:
    line = {"name": "Listeners", "phone": "+44 20 7946 0001", "text": None, "url": None, "hours": None}
    manifest["help"]["en"] = [line]
    comment = await written(function, "Ring +44 20 7946 0001 and not me on +44 20 7946 0958, any time.")
    mo = await sign_in()
    assert (await mo.get(f"/items/{comment.id}")).text.count("Telephone number") == 1
    await mo.act("redact", comment, found="1")
    changed = await now(function, comment)
    assert "7946 0001" in changed.text
    assert "7946 0958" not in changed.text


@pytest.mark.parametrize(("start", "end"), [(0, 3), (5, 2), (1, 99), ("-1", 3), ("", ""), ("٣", 4)])
async def test_a_span_lies_within_the_text(
    function: Function, sign_in: SignIn, start: object, end: object
) -> None:
    comment = await written(function, "Ten signs.")
    assert (await (await sign_in()).act("redact", comment, start=start, end=end)).status_code == 400
    assert await now(function, comment) == comment


async def test_the_second_of_two_who_look_is_told_of_the_first(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    assert "is looking at this" not in (await mo.get(f"/items/{comment.id}")).text
    assert "Mo is looking at this just now" in (await eve.get(f"/items/{comment.id}")).text
    assert "Mo is looking at this" in (await eve.get("/")).text
    assert "is looking at this" not in (await mo.get("/")).text
    function.clock.forward(301)
    assert "is looking at this" not in (await eve.get(f"/items/{comment.id}")).text


async def test_the_second_of_two_who_decide_is_told_and_changes_nothing(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    assert (await mo.act("approve", comment)).status_code == 303
    second = await eve.act("reject", comment, answer="unkind")
    assert second.status_code == 409
    assert "While you read: Mo approved." in second.text
    assert (await now(function, comment)).state == "published"


async def test_a_decision_on_words_that_its_writer_has_changed_is_refused(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("Kind words.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await sign_in()
    await mo.get(f"/items/{comment.id}")
    await member.send("PATCH", f"/comments/{comment.id}", {"text": "Other words."})
    answer = await mo.act("memo", comment, memo="See the leaflet.")
    assert answer.status_code == 409
    assert "See the leaflet.</textarea>" in answer.text
    assert "changed while you read it" in answer.text
    assert "Other words." in answer.text


async def test_a_decision_on_what_its_writer_withdrew_finds_nothing(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("Kind words.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await sign_in()
    await mo.act("hold", comment)
    await member.send("DELETE", f"/comments/{comment.id}")
    assert (await mo.act("approve", comment)).status_code == 404
    assert comment.id not in (await mo.get("/")).text
