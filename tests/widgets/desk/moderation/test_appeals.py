"""Rejections that fit, their statement of reasons, and appeals: once, by the writer alone, read by another person."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.widgets.conftest import Build, Function, Member
from tests.widgets.desk.conftest import Colleague, SignIn, arrived, batch_of, written
from widgets.desk.moderation.actions import ANSWERS, PLEA_ANSWERS
from widgets.function.state.settings import ProofSettings
from widgets.rules.limits import DEFAULT_LIMITS
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio
WHY = "It was about the weather, as the page is."
DAY = 86_400


async def rejected(
    function: Function, member: Member, mo: Colleague, text: str = "Rain again.", answer: str = "off-topic"
) -> Comment:
    sent = (await member.write(text)).json()["comment"]
    comment = await function.store.comment(sent["id"])
    assert (await mo.act("reject", comment, answer=answer)).status_code == 303
    found: Comment = await function.store.comment(comment.id)
    return found


async def appeal(member: Member, comment: Comment, text: str = WHY, **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    return await member.send("POST", "/appeals", {"comment": comment.id, "text": text, **more}, **headers)


async def reason(member: Member) -> dict[str, Any]:
    [comment] = (await member.send("GET", "/me")).json()["comments"]
    found: dict[str, Any] = comment["reason"]
    return found


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("held", [("first",), ("crisis",)])
async def test_a_rejection_is_said_in_words_that_fit(
    function: Function, sign_in: SignIn, answer: str, held: tuple[str, ...]
) -> None:
    plea = "crisis" in held
    comment = await written(function, held=held, urgency=9 if plea else 1)
    mo = await sign_in()
    fits = answer in PLEA_ANSWERS if plea else answer != "care"
    shown = f'name="answer" value="{answer}"' in (await mo.get(f"/items/{comment.id}")).text
    assert shown == fits
    assert (await mo.act("reject", comment, answer=answer)).status_code == (303 if fits else 400)


@pytest.mark.parametrize(
    ("text", "pleads"), [("I want to kill myself tonight.", True), ("Rain again.", False)]
)
async def test_beside_the_rejection_of_a_plea_stand_lines_of_help(
    function: Function, sign_in: SignIn, text: str, pleads: bool
) -> None:
    member = function.member()
    await rejected(function, member, await sign_in(), text, "other")
    why = await reason(member)
    assert ("tel:" in why["help"]) is pleads
    assert bool(why["help"]) is pleads
    page = (await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")).text
    assert ("tel:" in page) is pleads


async def test_under_a_plea_stands_seen_and_no_green_approve(function: Function, sign_in: SignIn) -> None:
    plea = await written(function, held=("crisis",), urgency=9)
    plain = await written(function)
    mo = await sign_in()
    queue = (await mo.get("/")).text
    assert f"claim {plea.id}" in queue
    assert f"approve {plea.id}" not in queue
    assert f"approve {plain.id}" in queue
    page = (await mo.get(f"/items/{plea.id}")).text
    assert 'class="main-button" data-key="s">Seen, I am on it' in page
    assert "<button>Show it to everybody" in page


async def test_every_rejection_says_who_decided_when_and_what_can_be_done(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    comment = await rejected(function, member, await sign_in())
    said = await reason(member)
    assert said["text"].startswith("Thank you for writing. This page is about something else")
    assert "A person read it and decided this on 2026-09-22" in said["text"]
    assert "until 2026-10-22" in said["text"]
    assert said["appeal"] == {"label": "Why it should be looked at again", "button": "Ask for another look"}
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")
    assert f'name="comment" value="{comment.id}"' in page.text
    spanish = (await member.write("Otra vez lluvia.", lang="es")).json()["comment"]
    other = await function.store.comment(spanish["id"])
    await (await sign_in()).act("reject", other, answer="unkind")
    texts = [one["reason"]["text"] for one in (await member.send("GET", "/me")).json()["comments"]]
    assert any("Una persona lo leyó" in text for text in texts)


async def test_an_appeal_waits_for_another_person_and_may_publish(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    mo, ed = await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo)
    answer = await appeal(member, comment)
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    said = await reason(member)
    assert said["appeal"] is None
    assert "Somebody will" in said["text"]
    waiting = await function.store.comment(comment.id)
    assert (waiting.state, waiting.queued, waiting.held) == ("rejected", True, ("appeal",))
    for colleague in (mo, ed):
        page = (await colleague.get(f"/items/{comment.id}")).text
        assert WHY in page
        assert "Rejected by Mo: Off topic" in page
        assert comment.id in (await colleague.get("/")).text
    assert (await mo.act("approve", waiting)).status_code == 409
    assert (await mo.act("reject", waiting, answer="other")).status_code == 409
    assert await function.store.comment(comment.id) == waiting
    assert (await ed.act("approve", waiting)).status_code == 303
    assert (await function.store.comment(comment.id)).state == "published"


async def test_a_second_rejection_is_final(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    mo, ed = await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo)
    await appeal(member, comment)
    await ed.act("reject", await function.store.comment(comment.id), answer="other")
    said = await reason(member)
    assert "You asked that it was looked at again" in said["text"]
    assert said["appeal"] is None
    again = await appeal(member, comment, "Please.")
    assert (again.status_code, again.json()["code"]) == (409, "appeal-over")
    assert not (await function.store.comment(comment.id)).queued


async def test_who_is_alone_decides_on_an_appeal_too(function: Function, sign_in: SignIn) -> None:
    member, mo = function.member(), await sign_in()
    await sign_in("Dr Lee", "clinician")
    await sign_in("Far Away", "editor", conditions=("arthritis",))
    comment = await rejected(function, member, mo)
    await appeal(member, comment)
    assert (await mo.act("approve", await function.store.comment(comment.id))).status_code == 303


async def test_an_appeal_is_undone_with_its_decision_and_erased_with_the_post(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    mo, ed = await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo)
    await appeal(member, comment)
    done = await ed.act("reject", await function.store.comment(comment.id), answer="other")
    await ed.post("/undo", {"batch": batch_of(done)})
    assert (await function.store.comment(comment.id)).held == ("appeal",)
    function.clock.forward(31 * DAY)
    await function.services.purge()
    assert await function.store.comment(comment.id)  # the clock ends no appeal
    await member.send("DELETE", f"/comments/{comment.id}")
    assert await function.store.desk_rows("appeal") == []
    entries = await function.store.audit(AuditAsk(comment=comment.id))
    assert WHY not in str(entries)


async def test_who_did_not_write_the_post_cannot_appeal_nor_learn_of_it(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await sign_in()
    comment = await rejected(function, member, mo)
    shown = (await member.write("Words of another day.")).json()["comment"]
    for one, who, code in (
        (comment.id, function.member(), "unknown-comment"),
        ("0" * 26, member, "unknown-comment"),
        (shown["id"], member, "appeal-over"),
    ):
        answer = await who.send("POST", "/appeals", {"comment": one, "text": WHY})
        assert answer.json()["code"] == code
    assert (await member.send("POST", "/appeals", {"comment": comment.id, "text": " "})).status_code == 422
    assert (
        await member.send("POST", "/appeals", {"comment": comment.id, "text": "w" * 1_001})
    ).status_code == 422
    assert await function.store.desk_rows("appeal") == []


async def test_a_script_in_a_loop_gets_one_appeal_and_then_nothing(build: Build) -> None:
    function = build(limits={**DEFAULT_LIMITS, "comment": ()})
    member = function.member()
    mo = await arrived(function)
    comment = await rejected(function, member, mo)
    codes = [(await appeal(member, comment, f"{WHY} {n}")).status_code for n in range(25)]
    assert codes == [202] + [409] * 19 + [429] * 5
    assert len(await function.store.desk_rows("appeal")) == 1


async def test_an_appeal_costs_a_proof_and_a_form_has_lower_limits(build: Build) -> None:
    function = build(proof=ProofSettings(cost=50, most=8, min_seconds=0), limits=DEFAULT_LIMITS)
    member, mo = function.member(), await arrived(function)
    comment = await rejected(function, member, mo)
    refused = await appeal(member, comment)
    assert (refused.status_code, refused.json()["code"]) == (428, "proof-required")
    assert (await appeal(member, comment, altcha="none")).status_code in (400, 422)
    fields = {"comment": comment.id, "text": WHY, "lang": "en"}
    sent = await function.form("/appeals", fields, {"__Host-gw": member.key})
    page = await function.client.get(sent.headers["location"])
    assert "It is read by another person than the one who decided" in page.text


async def test_a_retry_appeals_once(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    comment = await rejected(function, member, await sign_in())
    headers = {"idempotency_key": "a" * 20}
    answers = [await appeal(member, comment, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]


async def test_a_plea_in_an_appeal_is_answered_with_help_and_comes_first(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await sign_in()
    comment = await rejected(function, member, mo)
    answer = await appeal(member, comment, "I am going to end my life tonight.")
    assert "tel:" in answer.json()["html"]
    waiting = await function.store.comment(comment.id)
    assert (waiting.urgency, waiting.held) == (9, ("appeal", "crisis"))
    again = await appeal(member, comment, "I am going to end my life tonight, I said.")
    assert again.json()["help"]


@pytest.mark.parametrize(
    ("text", "answer", "why", "marked"),
    [
        ("Rain again.", "off-topic", WHY, False),
        ("Rain again.", "off-topic", "I am sorry, it was no advert. Please read it once more.", False),
        ("I tried to kill myself ten years ago and I am well now.", "off-topic", WHY, False),
        ("I am going to kill myself tonight.", "care", WHY, True),
        ("Rain again.", "off-topic", "I am going to kill myself tonight.", True),
    ],
)
async def test_an_appeal_is_marked_as_a_plea_only_where_somebody_pleads_now(
    function: Function, sign_in: SignIn, text: str, answer: str, why: str, marked: bool
) -> None:
    member, mo, ed = function.member(), await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo, text, answer)
    await appeal(member, comment, why)
    assert ((await function.store.comment(comment.id)).held == ("appeal", "crisis")) == marked
    queue = (await ed.get("/")).text
    assert ("may be in crisis" in queue) == marked
    assert " is on it" not in queue


async def test_who_decided_sees_no_button_for_the_appeal_and_reads_why(
    function: Function, sign_in: SignIn
) -> None:
    member, mo, ed = function.member(), await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo)
    await appeal(member, comment)
    for path in ("/", f"/items/{comment.id}"):
        own, other = (await mo.get(path)).text, (await ed.get(path)).text
        assert "You decided this the first time" in own
        assert "You decided this the first time" not in other
        for button in (f"approve {comment.id}", f"{comment.id}/approve", f"{comment.id}/reject"):
            assert button not in own
        assert "Reject" in other


@pytest.mark.parametrize(
    ("text", "answer"),
    [("I am going to kill myself tonight.", "care"), ("I am going to kill myself tonight.", "other")],
)
async def test_whose_plea_was_rejected_is_not_told_after_an_appeal_that_it_is_off_topic(
    function: Function, sign_in: SignIn, text: str, answer: str
) -> None:
    member, mo, ed = function.member(), await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo, text, answer)
    await appeal(member, comment, "Please look again.")
    waiting = await function.store.comment(comment.id)
    assert (await ed.act("reject", waiting, answer="off-topic")).status_code == 400
    assert (await ed.act("reject", waiting, answer="care")).status_code == 303


async def test_what_staff_answered_as_a_plea_stays_one_where_no_rule_finds_it(
    function: Function, sign_in: SignIn
) -> None:
    member, mo, ed = function.member(), await sign_in(), await sign_in("Ed", "editor")
    sent = (await member.write("The usual, you know.")).json()["comment"]
    await mo.act("crisis", await function.store.comment(sent["id"]))
    await mo.act("reject", await function.store.comment(sent["id"]), answer="care")
    await appeal(member, await function.store.comment(sent["id"]), "Please look again.")
    waiting = await function.store.comment(sent["id"])
    assert (await ed.act("reject", waiting, answer="unkind")).status_code == 400


async def test_an_appeal_that_gives_a_lower_age_is_a_childs(
    function: Function, sign_in: SignIn, manifest: dict[str, Any]
) -> None:
    member, mo = function.member(), await sign_in()
    comment = await rejected(function, member, mo)
    manifest["conditions"]["migraine"]["minimum_age"] = 16
    ed = await sign_in("Ed", "editor", may_answer_crisis=True)
    await appeal(member, comment, "I am only 12 years old.")
    waiting = await function.store.comment(comment.id)
    assert "child" in waiting.held
    assert (await ed.act("private-answer", waiting, text="Hello.")).status_code == 409


async def test_what_was_approved_and_rejected_anew_can_be_appealed_anew(
    function: Function, sign_in: SignIn
) -> None:
    member, mo, ed = function.member(), await sign_in(), await sign_in("Ed", "editor")
    comment = await rejected(function, member, mo)
    await appeal(member, comment)
    await ed.act("approve", await function.store.comment(comment.id))
    await mo.act("reject", await function.store.comment(comment.id), answer="unkind")
    assert (await reason(member))["appeal"]
    assert (await appeal(member, comment, "It was kind.")).status_code == 202
    assert "It was kind." in (await ed.get(f"/items/{comment.id}")).text
