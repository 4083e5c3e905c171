"""Who writes of danger sees help in the same answer, comes first in the queue, and is never sent away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Build, Function
from widgets.function.text import moderation

pytestmark = pytest.mark.anyio

PLEA = "Some days I just want to die."
DECIDED = "I am going to kill myself tonight."
MEANS = "I want to die. How many of these pills would it take?"
COOKIE = {"__Host-gw": "0" * 32}


async def thread(function: Function) -> Any:
    return (await function.get(f"/threads/{THREAD}")).json()


@pytest.mark.parametrize("text", [PLEA, DECIDED, MEANS])
async def test_the_answer_to_a_plea_holds_the_lines_of_the_page_s_language(
    function: Function, manifest: dict[str, Any], text: str
) -> None:
    answer = (await function.member().write(text, lang="es")).json()
    assert answer["help"] == manifest["help"]["es"] + manifest["help"]["en"]


async def test_no_lines_come_with_other_texts(function: Function) -> None:
    assert (await function.member().write("This noise is killing me.")).json()["help"] == []


async def test_an_edit_that_becomes_a_plea_is_answered_with_help(
    function: Function, manifest: dict[str, Any]
) -> None:
    member = function.member()
    written = (await member.write("A quiet day.")).json()["comment"]
    answer = (await member.send("PATCH", f"/comments/{written['id']}", {"text": DECIDED})).json()
    assert answer["help"] == manifest["help"]["en"]
    assert answer["comment"]["held_because"] == ["crisis"]


async def test_a_retry_is_answered_with_help_again(function: Function) -> None:
    member = function.member()
    once = {"idempotency-key": "the-same-intent-0001"}
    first, second = [(await member.write(PLEA, headers=once)).json() for _ in range(2)]
    assert first == second
    assert second["help"]


async def test_a_site_without_lines_still_says_where_to_turn(
    function: Function, manifest: dict[str, Any]
) -> None:
    del manifest["help"]
    [line] = (await function.member().write(PLEA)).json()["help"]
    assert line["url"] == "https://findahelpline.com/"


@pytest.mark.parametrize(
    ("text", "state", "reasons", "urgency"),
    [
        (PLEA, "published", ("crisis",), 8),
        (DECIDED, "held", ("crisis",), 9),
        (MEANS, "held", ("crisis", "method"), 8),
        ("Ten years ago I attempted suicide. I am well.", "published", ("crisis",), 6),
    ],
)
async def test_a_plea_is_queued_with_its_reasons_whether_held_or_not(
    function: Function, text: str, state: str, reasons: tuple[str, ...], urgency: int
) -> None:
    await function.member().write(text)
    [(_, queued)] = await function.store.queue(10)
    assert (queued.state, queued.held, queued.urgency) == (state, reasons, urgency)


async def test_a_plea_comes_before_all_that_waits(function: Function, manifest: dict[str, Any]) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    for number, text in enumerate(["first", "second", DECIDED, "fourth"]):
        await function.member().write(text, pseudonym=f"Heron {number}")
        function.clock.forward(1)
    queue = [comment.text for _, comment in await function.store.queue(10)]
    assert queue == [DECIDED, "first", "second", "fourth"]


async def test_a_plea_with_a_phone_number_is_taken_and_held_and_not_sent_back(function: Function) -> None:
    answer = await function.member().write(f"{PLEA} Call me on 020 7946 0018.")
    assert answer.status_code == 201
    assert answer.json()["help"]
    assert answer.json()["comment"]["held_because"] == ["crisis", "personal-data"]


async def test_a_plea_that_became_harmless_stays_first_in_the_queue(function: Function) -> None:
    member = function.member()
    written = (await member.write(PLEA)).json()["comment"]
    await member.send("PATCH", f"/comments/{written['id']}", {"text": "Never mind."})
    [(_, queued)] = await function.store.queue(10)
    assert (queued.urgency, queued.held) == (8, ("crisis",))


async def test_the_form_s_answer_shows_help_and_its_address_tells_nothing(
    function: Function, manifest: dict[str, Any]
) -> None:
    fields = {"text": DECIDED, "pseudonym": "Quiet Heron", "lang": "en"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields, COOKIE)
    assert (answer.status_code, answer.url.path) == (200, f"/api/v1/threads/{THREAD}/comments")
    [line] = manifest["help"]["en"]
    assert f'<a href="tel:116123">{line["phone"]}</a>' in answer.text
    assert answer.text.index(line["name"]) < answer.text.index("Your comment has arrived")
    assert 'href="/weather/"' in answer.text
    assert DECIDED not in answer.text


async def test_the_form_s_answer_to_an_edit_shows_help_too(function: Function) -> None:
    fields = {"text": "A quiet day.", "pseudonym": "Quiet Heron", "lang": "es"}
    await function.form(f"/threads/{THREAD}/comments", fields, COOKIE)
    [written] = (await function.get("/me", gatherwell_key=COOKIE["__Host-gw"])).json()["comments"]
    edit = {"action": "edit", "text": "Quiero morirme", "lang": "es"}
    answer = await function.form(f"/comments/{written['id']}", edit, COOKIE)
    assert answer.status_code == 200
    assert "No tienes que pasar por esto a solas" in answer.text


async def test_who_points_to_a_crisis_is_told_where_to_turn(
    function: Function, manifest: dict[str, Any]
) -> None:
    written = (await function.member().write("An ordinary comment.")).json()["comment"]
    path = f"/comments/{written['id']}/flags"
    by_json = await function.member().send("POST", path, {"reason": "crisis"})
    assert by_json.json()["help"] == manifest["help"]["en"]
    by_form = await function.form(path, {"reason": "crisis", "lang": "en"})
    assert manifest["help"]["en"][0]["name"] in by_form.text
    other = await function.member().send("POST", path, {"reason": "spam"})
    assert other.json()["help"] == []


@pytest.mark.parametrize("text", [DECIDED, MEANS])
async def test_nothing_public_shows_a_held_plea(function: Function, text: str) -> None:
    visible = (await function.member().write("An ordinary comment.", pseudonym="Ana")).json()["comment"]
    answer = (await function.member().write(text, parent=visible["id"])).json()["comment"]
    for path in (
        f"/threads/{THREAD}",
        f"/threads/{THREAD}?order=newest",
        f"/threads/{THREAD}?order=reacted",
        f"/threads/{THREAD}?comment={visible['id']}",
        f"/threads/{THREAD}?comment={answer['id']}",
        f"/threads/{THREAD}/comments.atom",
    ):
        shown = await function.get(path)
        assert answer["id"] not in shown.text.replace(f"?comment={answer['id']}", "")
        assert "Quiet Heron" not in shown.text
        assert text.split(".")[0] not in shown.text
    counts = (await function.get(f"/counts?threads={THREAD}")).json()
    assert counts["counts"][THREAD]["comments"] == 1
    assert (await thread(function))["count"] == 1


async def test_an_edit_that_tells_of_means_vanishes_from_all_that_is_public(function: Function) -> None:
    member = function.member()
    written = (await member.write("A quiet day.")).json()["comment"]
    assert len((await thread(function))["comments"]) == 1
    await member.send("PATCH", f"/comments/{written['id']}", {"text": MEANS})
    assert (await thread(function))["comments"] == []
    assert (await function.get(f"/counts?threads={THREAD}")).json()["counts"][THREAD]["comments"] == 0


async def test_nobody_else_reads_a_held_plea_in_their_own_export(function: Function) -> None:
    await function.member().write(DECIDED)
    other = function.member()
    assert (await other.send("GET", "/me")).json()["comments"] == []


async def test_an_approved_pseudonym_is_held_for_a_decision_and_for_means_alone(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "first"
    member = function.member()
    first = (await member.write("hello")).json()["comment"]
    await moderation.approve(function.store, first["id"])
    states = [(await member.write(text)).json()["comment"]["state"] for text in (PLEA, DECIDED, MEANS)]
    assert states == ["published", "held", "held"]


async def test_the_page_with_help_is_of_our_own_making_alone(build: Build) -> None:
    function = build()
    fields = {"text": PLEA, "pseudonym": "Quiet Heron", "lang": "<script>"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields, COOKIE, referer=f"{ORIGIN}/weather/")
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_lines_of_their_own_kind_come_first(function: Function, manifest: dict[str, Any]) -> None:
    line = {"phone": "1", "text": None, "url": None, "hours": None}
    manifest["help"]["en"] = [
        line | {"name": "Anything"},
        line | {"name": "Poisons", "kinds": ["poisoning"]},
        line | {"name": "Listeners", "kinds": ["listening"]},
    ]
    said = {
        "My toddler swallowed a tablet, what do I do?": ["Poisons", "Anything", "Listeners"],
        DECIDED: ["Listeners", "Anything", "Poisons"],
    }
    for number, (text, names) in enumerate(said.items()):
        answer = (await function.member().write(text, pseudonym=f"Heron {number}")).json()
        assert [one["name"] for one in answer["help"]] == names


async def test_a_number_for_text_messages_is_one_tap_without_javascript(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["help"]["en"] = [{"name": "Shout", "phone": None, "text": "85 258", "url": None, "hours": None}]
    fields = {"text": DECIDED, "pseudonym": "Quiet Heron", "lang": "en"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields, COOKIE)
    assert '<a href="sms:85258">85 258</a>' in answer.text


async def test_words_where_a_number_was_expected_are_shown_as_words(
    function: Function, manifest: dict[str, Any]
) -> None:
    line = {"name": "Shout", "phone": None, "text": "SHOUT to 85258", "url": None, "hours": None}
    manifest["help"]["en"] = [line]
    fields = {"text": DECIDED, "pseudonym": "Quiet Heron", "lang": "en"}
    page = (await function.form(f"/threads/{THREAD}/comments", fields, COOKIE)).text
    assert "SHOUT to 85258" in page
    assert "sms:" not in page
