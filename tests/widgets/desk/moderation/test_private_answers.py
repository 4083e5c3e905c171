"""Private answers: who may write them, whom they reach, and when they are gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function, Member
from tests.widgets.desk.conftest import Colleague, SignIn, arrived, written
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio
PLEA = "I am going to end my life tonight."
WORDS = "I have read every word, zugzwang."
FIRST = "We are not a crisis service and may not be here tonight."
DAY = 86_400


async def pleaded(function: Function, member: Member, **more: Any) -> Comment:
    sent = await member.write(PLEA, "Quiet Heron", **more)
    comment: Comment = await function.store.comment(sent.json()["comment"]["id"])
    return comment


async def marked(sign_in: SignIn, name: str = "Mo", role: str = "moderator") -> Colleague:
    return await sign_in(name, role, may_answer_crisis=True)


async def answers(member: Member) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await member.send("GET", "/me")).json()["answers"]
    return found


async def test_an_answer_reaches_its_writer_with_the_fixed_line_and_lines_of_help(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    assert (await mo.act("private-answer", comment, text=WORDS)).status_code == 303
    [answer] = await answers(member)
    assert (answer["comment"], answer["thread"], answer["read"]) == (comment.id, THREAD, None)
    html = answer["html"]
    assert html.index(FIRST) < html.index("tel:") < html.index("Mo (moderator)") < html.index(WORDS)
    asked = {"action": "show", "polls": [], "threads": [THREAD], "lang": "en"}
    assert (await member.send("POST", "/me", asked)).json()["answers"] == [answer]
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")
    assert WORDS in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_an_answer_reaches_nobody_else(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    await mo.act("private-answer", comment, text=WORDS)
    await mo.act("approve", comment, sure="1")
    public = [
        f"/threads/{THREAD}",
        f"/threads/{THREAD}?order=newest",
        f"/threads/{THREAD}/comments.atom",
        f"/counts?threads={THREAD}",
        "/snapshot",
        "/snapshot?page=1",
    ]
    for path in public:
        assert "zugzwang" not in (await function.get(path)).text
    other = function.member()
    await other.write("Another one's words.", "Calm Otter")
    assert await answers(other) == []
    for client in (other, function.member()):
        refused = await client.send("POST", f"/answers/{comment.id}/read", {})
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown-comment")
    assert (await answers(member))[0]["read"] is None
    assert all(WORDS not in json.dumps(one) for one in (await member.send("GET", "/me")).json()["comments"])
    entries = await function.store.audit(AuditAsk(comment=comment.id))
    assert [entry.action for entry in entries] == ["approve", "private-answer"]
    assert "zugzwang" not in str(entries)
    eve = await sign_in("Eve", "editor")
    page = (await eve.get(f"/items/{comment.id}")).text
    assert "zugzwang" not in page
    assert "Private answer by Mo" in page


async def test_the_receipt_is_all_that_its_reader_can_say(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    await mo.act("private-answer", comment, text=WORDS)
    assert (await answers(member))[0]["button"] == "I have read it"
    assert "no receipt yet" in (await mo.get(f"/items/{comment.id}")).text
    said = await member.send("POST", f"/answers/{comment.id}/read", {"text": "Thank you"})
    assert said.status_code == 422
    first = await member.send("POST", f"/answers/{comment.id}/read", {})
    function.clock.forward(60)
    again = await member.send("POST", f"/answers/{comment.id}/read", {})
    assert first.status_code == again.status_code == 200
    assert (
        first.json()
        == again.json()
        == {
            "comment": comment.id,
            "read": "2026-09-22T12:00:00Z",
            "said": "You said that you have read it. Nothing else was told.",
        }
    )
    assert (await answers(member))[0]["button"] == ""
    assert "read 2026-09-22 12:00 UTC" in (await mo.get(f"/items/{comment.id}")).text


async def test_without_javascript_the_receipt_leaves_no_address_behind(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    await (await marked(sign_in)).act("private-answer", comment, text=WORDS)
    cookies = {"__Host-gw": member.key}
    answer = await function.form(f"/answers/{comment.id}/read", {"lang": "en"}, cookies)
    assert (answer.status_code, answer.headers["location"]) == (303, "/api/v1/me")
    assert (await answers(member))[0]["read"]
    unknown = await function.form(f"/answers/{comment.id}/read", {"lang": "en"})
    assert unknown.status_code == 401


@pytest.mark.parametrize("way", ["withdraw", "erase", "time"])
async def test_an_answer_is_erased_with_the_post_or_after_thirty_days(
    function: Function, sign_in: SignIn, way: str
) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    await mo.act("private-answer", comment, text=WORDS)
    function.clock.forward(20 * DAY)
    await mo.get("/account")
    if way == "withdraw":
        await member.send("DELETE", f"/comments/{comment.id}")
    elif way == "erase":
        await member.send("DELETE", "/me")
    else:
        mo = await arrived(function, "Mo", may_answer_crisis=True)
        await mo.act("private-answer", comment, text="A second one.")
        assert len((await answers(member))[0]["html"].split("Mo (moderator)")) == 3
        function.clock.forward(10 * DAY)
        assert await answers(member) == []  # also before the purge
        await function.services.purge()
    assert await answers(member) == []
    assert await function.store.desk_rows("private-answer") == []
    if way != "time":
        assert (await mo.act("private-answer", comment, text=WORDS)).status_code in (401, 404)


async def test_an_answer_to_a_post_that_is_erased_meanwhile_is_refused(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    keep = function.store.keep_beside

    async def erased_first(*args: Any) -> Any:
        await function.store.remove_comment(comment.id, None)
        return await keep(*args)

    monkeypatch.setattr(function.store, "keep_beside", erased_first)
    assert (await mo.act("private-answer", comment, text=WORDS)).status_code == 409
    assert await function.store.desk_rows("private-answer") == []
    assert await function.store.audit(AuditAsk(comment=comment.id)) == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "a\u202eb"}, 303),
        ({"text": "w" * 2_001}, 400),
        ({"text": "w" * 2_000}, 303),
        ({"text": "Z" + "\u0335" * 300}, 303),
    ],
    ids=["empty", "bidi controls", "too long", "one long word", "combining marks"],
)
async def test_what_an_answer_may_hold(
    function: Function, sign_in: SignIn, more: dict[str, str], status: int
) -> None:
    comment = await pleaded(function, function.member())
    assert (await (await marked(sign_in)).act("private-answer", comment, **more)).status_code == status


async def test_a_childs_post_a_colleagues_and_a_sixth_answer_are_refused(
    function: Function, sign_in: SignIn
) -> None:
    mo, ed = await marked(sign_in), await sign_in("Ed", "editor")
    child = await written(function, held=("child", "crisis"), urgency=9)
    assert (await mo.act("private-answer", child, text=WORDS)).status_code == 409
    await ed.act("approve", child, sure="1")
    child = await function.store.comment(child.id)
    assert (await mo.act("private-answer", child, text=WORDS)).status_code == 409
    own = await written(function, state="published", role="moderator")
    assert (await mo.act("private-answer", own, text=WORDS)).status_code == 409
    comment = await written(function, held=("crisis",), urgency=9)
    codes = [(await mo.act("private-answer", comment, text=f"{WORDS} {n}")).status_code for n in range(6)]
    assert codes == [303] * 5 + [409]


async def test_a_form_that_is_sent_twice_answers_once(function: Function, sign_in: SignIn) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    mo = await marked(sign_in)
    once = function.services.new_id()
    codes = [(await mo.act("private-answer", comment, text=WORDS, once=once)).status_code for _ in range(2)]
    assert codes == [303, 409]
    assert (await answers(member))[0]["html"].count(WORDS) == 1


async def test_colleagues_see_in_the_queue_that_somebody_has_answered(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    comment = await pleaded(function, member)
    ana = await marked(sign_in, "Ana")
    bo = await sign_in("Bo", "moderator")
    assert "Private answer by" not in (await bo.get("/")).text
    await ana.act("private-answer", comment, text=WORDS)
    page = (await bo.get("/")).text
    assert "Private answer by Ana · no receipt yet" in page
    assert WORDS not in page
    await member.send("POST", f"/answers/{comment.id}/read", {})
    assert "Private answer by Ana · read<" in (await bo.get("/")).text


async def test_chosen_sentences_come_into_the_text_before_anything_is_sent(
    function: Function, sign_in: SignIn
) -> None:
    comment = await pleaded(function, function.member())
    mo = await marked(sign_in)
    page = await mo.act(
        "private-answer", comment, compose="1", text="Dear Heron,", thank="Thank you.", see="Seen."
    )
    assert page.status_code == 200
    assert "Dear Heron,\n\nSeen.\n\nThank you.</textarea>" in page.text
    assert " autofocus>\nDear Heron," in page.text
    assert await function.store.desk_rows("private-answer") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("en:\n  see:\n    - 'We of the reef have read it.'\n", "We of the reef have read it."),
        ("en:\n  see: [\n", "replies.yaml:3: is not YAML"),
        ("en:\n  seen: [a]\n", "did you mean see?"),
        ("en:\n  see: {a: b}\n", "write a list of sentences"),
    ],
)
async def test_a_community_has_sentences_of_its_own(
    build: Build, tmp_path: Path, text: str, shown: str
) -> None:
    path = tmp_path / "replies.yaml"
    path.write_text(text, encoding="utf-8")
    function = build(replies=path)
    comment = await pleaded(function, function.member())
    page = (await (await arrived(function, may_answer_crisis=True)).get(f"/items/{comment.id}")).text
    assert shown in page
    assert "I am glad that you wrote." in page
