"""Comments: written, read in pages, edited, withdrawn, published as the policy says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from widgets.function.text import moderation

pytestmark = pytest.mark.anyio


async def thread(function: Function, query: str = "") -> Any:
    return (await function.get(f"/threads/{THREAD}{query}")).json()


def policy(manifest: dict[str, Any], value: str) -> None:
    manifest["conditions"]["migraine"]["comments"] = value


async def test_a_comment_is_rendered_and_shown(function: Function) -> None:
    answer = await function.member().write("A *falling* barometer.\n\n- every\n- time")
    assert answer.status_code == 201
    [shown] = (await thread(function))["comments"]
    assert shown["html"] == (
        "<p>A <em>falling</em> barometer.</p>\n<ul>\n<li>every</li>\n<li>time</li>\n</ul>\n"
    )
    assert answer.json()["comment"]["text"] == "A *falling* barometer.\n\n- every\n- time"


async def test_held_until_that_pseudonym_was_approved_once(
    function: Function, manifest: dict[str, Any]
) -> None:
    policy(manifest, "first")
    member = function.member()
    first = (await member.write("first")).json()["comment"]
    assert (first["state"], first["held_because"]) == ("held", ["first"])
    assert (await thread(function))["comments"] == []
    await moderation.approve(function.store, first["id"])
    assert (await member.write("second")).json()["comment"]["state"] == "published"
    assert (await thread(function))["count"] == 2
    other = (await function.member().write("mine", pseudonym="Ana")).json()["comment"]
    assert other["state"] == "held"


async def test_every_comment_waits_under_the_policy_pre(function: Function, manifest: dict[str, Any]) -> None:
    policy(manifest, "pre")
    member = function.member()
    first = (await member.write("first")).json()["comment"]
    await moderation.approve(function.store, first["id"])
    assert (await member.write("second")).json()["comment"]["held_because"] == ["policy"]


async def test_many_links_are_read_by_an_editor_first(function: Function) -> None:
    text = "https://a.example https://b.example and [c](https://c.example)"
    assert (await function.member().write(text)).json()["comment"]["held_because"] == ["links"]


async def test_an_edit_passes_the_same_rules(function: Function) -> None:
    member = function.member()
    written = (await member.write("harmless")).json()["comment"]
    text = "https://a.example https://b.example https://c.example"
    answer = await member.send("PATCH", f"/comments/{written['id']}", {"text": text})
    assert answer.json()["comment"]["state"] == "held"
    assert (await thread(function))["comments"] == []
    again = await member.send("PATCH", f"/comments/{written['id']}", {"text": "harmless again"})
    assert again.json()["comment"]["state"] == "held"


async def test_an_edit_is_possible_for_fifteen_minutes_and_withdrawal_always(function: Function) -> None:
    member = function.member()
    path = f"/comments/{(await member.write('one')).json()['comment']['id']}"
    function.clock.forward(899)
    assert (await member.send("PATCH", path, {"text": "two"})).json()["comment"]["html"] == "<p>two</p>\n"
    function.clock.forward(1)
    assert (await member.send("PATCH", path, {"text": "three"})).json()["code"] == "edit-window-over"
    function.clock.forward(1_000_000)
    assert (await member.send("DELETE", path)).json()["state"] == "gone"
    assert (await thread(function))["comments"] == []


async def test_what_someone_else_wrote_does_not_exist_for_a_member(function: Function) -> None:
    path = f"/comments/{(await function.member().write('mine')).json()['comment']['id']}"
    other = function.member()
    for method, body in (("PATCH", {"text": "yours"}), ("DELETE", None)):
        answer = await other.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-comment")


async def test_an_answered_comment_leaves_an_empty_place(function: Function) -> None:
    member, other = function.member(), function.member()
    root = (await member.write("root words")).json()["comment"]["id"]
    await other.write("answer", pseudonym="Ana", parent=root)
    assert (await member.send("DELETE", f"/comments/{root}")).json()["state"] == "withdrawn"
    comments = (await thread(function))["comments"]
    assert [(row["state"], row["pseudonym"], row["html"]) for row in comments] == [
        ("withdrawn", "", ""),
        ("published", "Ana", "<p>answer</p>\n"),
    ]


async def test_pages_of_a_thread_lead_into_each_other(build: Build) -> None:
    function = build(page_roots=2)
    member = function.member()
    for number in range(5):
        function.clock.forward(1)
        await member.write(f"number {number}")
    first = await thread(function)
    second = await thread(function, f"?cursor={first['next']}")
    third = await thread(function, f"?cursor={second['next']}")
    assert [len(page["comments"]) for page in (first, second, third)] == [2, 2, 1]
    assert (first["previous"], third["next"]) == (None, None)
    assert await thread(function, f"?cursor={third['previous']}") == second | {
        "previous": second["previous"],
        "next": second["next"],
    }
    wanted = third["comments"][0]["id"]
    assert (await thread(function, f"?comment={wanted}"))["comments"][0]["id"] == wanted


async def test_a_pseudonym_cannot_be_taken_by_another(function: Function) -> None:
    await function.member().write("mine", pseudonym="Quiet Heron")
    for name in ("quiet heron", "Quíet Heron", "QuietHeron", "Quiet Her0n", "Qulet Heron"):
        answer = await function.member().write("theirs", pseudonym=name)
        assert (answer.status_code, answer.json()["code"]) == (409, "pseudonym-taken")


async def test_the_same_pseudonym_serves_another_condition(function: Function) -> None:
    await function.member().write("mine", pseudonym="Quiet Heron")
    answer = await function.member().write("theirs", pseudonym="Quiet Heron", thread="arthritis~work")
    assert answer.status_code == 201


async def test_a_retry_answers_with_the_comment_already_written(build: Build) -> None:
    function = build(limits={"comment": ()})
    member = function.member()
    headers = {"idempotency_key": "a" * 20}
    first = await member.write("once", headers=headers)
    again = await member.write("once", headers=headers)
    assert again.json() == first.json()
    assert (await thread(function))["count"] == 1


async def test_personal_data_asks_its_writer_first(function: Function) -> None:
    member = function.member()
    answer = await member.write("write me: ana@example.org or +44 20 7946 0958")
    assert (answer.status_code, answer.json()["code"]) == (409, "personal-data")
    assert answer.json()["found"] == ["email", "phone"]
    assert (await member.write("write me: ana@example.org", confirmed=True)).status_code == 201


async def test_the_trap_and_closed_threads_refuse(function: Function) -> None:
    member = function.member()
    assert (await member.write("buy", website="https://spam.example")).json()["code"] == "trap-field"
    for name in ("arthritis~old-news", "arthritis~we-did"):
        assert (await member.write("late", thread=name)).json()["code"] == "comments-closed"


async def test_a_rejected_comment_stays_its_writers_own(function: Function, manifest: dict[str, Any]) -> None:
    policy(manifest, "pre")
    member = function.member()
    written = (await member.write("unfit")).json()["comment"]
    await moderation.reject(function.store, written["id"])
    [mine] = (await member.send("GET", "/me")).json()["comments"]
    assert mine["state"] == "rejected"
    assert (await thread(function))["comments"] == []
    assert await function.store.queue(10) == []


async def test_no_public_answer_tells_of_a_held_comment(function: Function, manifest: dict[str, Any]) -> None:
    policy(manifest, "pre")
    written = (await function.member().write("the held words")).json()["comment"]
    for path in (f"/threads/{THREAD}", f"/threads/{THREAD}/comments.atom", f"/counts?threads={THREAD}"):
        answer = await function.get(path)
        assert "held words" not in answer.text
        assert written["id"] not in answer.text
    assert (await function.get(f"/counts?threads={THREAD}")).json()["counts"][THREAD]["comments"] == 0
    assert (await function.get(f"/threads/{THREAD}?comment={written['id']}")).status_code == 404


async def test_reactions_to_pages_and_comments(function: Function) -> None:
    member = function.member()
    id_ = (await member.write("words")).json()["comment"]["id"]
    assert (await member.react("me-too")).json()["own"] == ["me-too"]
    assert (await member.react("helpful", comment=id_)).json()["reactions"]["helpful"] == 1
    assert (await member.react("helpful", comment=id_)).json()["reactions"]["helpful"] == 1
    assert (await member.react("helpful", on=False, comment=id_)).json()["own"] == []
    shown = await thread(function)
    assert shown["reactions"] == {"me-too": 1, "thanks": 0, "helpful": 0}
    assert shown["comments"][0]["reactions"]["helpful"] == 0
    assert (await member.react("love")).json()["code"] == "unknown-reaction"


async def test_a_flag_brings_a_comment_to_the_queue_and_hides_nothing(function: Function) -> None:
    id_ = (await function.member().write("my aunt swears by it")).json()["comment"]["id"]
    answer = await function.member().send(
        "POST", f"/comments/{id_}/flags", {"reason": "unsafe-medical-claim"}
    )
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    [(_, queued)] = await function.store.queue(10)
    assert (queued.id, queued.urgency) == (id_, 7)
    assert (await thread(function))["count"] == 1


async def test_the_feed_is_atom_and_holds_what_is_published(function: Function) -> None:
    import feedparser

    await function.member().write("<b>bold</b> & *soft*", pseudonym="O'Hara")
    answer = await function.get(f"/threads/{THREAD}/comments.atom")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.entries[0].title == "O'Hara: Weather and migraine"
    assert feed.entries[0].content[0].value == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; <em>soft</em></p>"


async def test_the_feed_tells_of_an_answer_in_an_old_conversation(function: Function) -> None:
    import feedparser

    member = function.member()
    oldest = (await member.write("the first")).json()["comment"]["id"]
    for number in range(65):
        function.clock.forward(1)
        await member.write(f"another {number}")
    function.clock.forward(1)
    await member.write("a late answer", parent=oldest)
    feed = feedparser.parse((await function.get(f"/threads/{THREAD}/comments.atom")).content)
    assert (feed.bozo, len(feed.entries)) == (False, 60)
    assert "a late answer" in feed.entries[0].content[0].value
    assert feed.feed.updated == feed.entries[0].updated


async def test_me_shows_and_erases_everything_of_one_key(function: Function) -> None:
    member, other = function.member(), function.member()
    await other.write("stays", pseudonym="Ana")
    await other.vote("often")
    id_ = (await member.write("goes")).json()["comment"]["id"]
    await member.vote("often")
    await member.react("me-too")
    await member.react("thanks", comment=id_)
    mine = (await member.send("GET", "/me")).json()
    assert [len(mine[part]) for part in ("votes", "reactions", "comments")] == [1, 2, 1]
    erased = (await member.send("DELETE", "/me")).json()["erased"]
    expected = {"votes": 1, "reactions": 2, "comments": 1, "flags": 0, "pseudonyms": 1}
    assert {part: erased[part] for part in expected} == expected
    after = (await member.send("GET", "/me")).json()
    assert [after[part] for part in ("votes", "reactions", "comments", "pseudonyms")] == [[], [], [], {}]
    assert (await thread(function))["count"] == 1
    assert (await function.store.tally("migraine~weather-trigger", 1)).voters == 1


async def test_me_reaches_what_is_retired(function: Function, manifest: dict[str, Any]) -> None:
    member = function.member()
    await member.vote("often")
    manifest["retired"]["polls"].append({"id": "migraine~weather-trigger", "version": 1})
    del manifest["polls"]["migraine~weather-trigger"]
    answer = await member.send("POST", "/me", {"action": "erase", "polls": ["migraine~weather-trigger"]})
    assert answer.json()["erased"]["votes"] == 1
