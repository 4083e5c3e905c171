"""The desk on DynamoDB: the same work over HTTP, on the other store."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import arrived, batch_of, told, written
from tests.widgets.store.conftest import Wire, wire
from widgets.contract.manifest import parse_manifest
from widgets.desk.exports.restoring import restore_contributions
from widgets.desk.exports.writing import write_contributions
from widgets.desk.imports.judging import Judges
from widgets.desk.imports.taking import OldPlaces, take_in
from widgets.function.state.alert_channels import AlertSettings
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Vote
from widgets.store.voices import Words

__all__ = ["wire"]
pytestmark = pytest.mark.anyio
_NUMBERS = itertools.count(1)


@pytest.fixture
def anew(build: Build, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Function]:
    """Makes functions on tables of their own."""
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)

    def make(**settings: Any) -> Function:
        name = f"desk-{os.getpid()}-{next(_NUMBERS)}"
        create_tables(connect(), name)
        return build(store=f"dynamodb:{name}", **settings)

    return make


@pytest.fixture
def function(anew: Callable[..., Function]) -> Function:
    return anew()


async def test_a_day_at_the_desk(function: Function) -> None:
    first = await written(function, "A rare word: zugzwang.", urgency=9, held=("crisis",))
    second = await written(function)
    mo, ed = await arrived(function), await arrived(function, "Ed", "editor")
    page = (await mo.get("/")).text
    assert page.index(first.id) < page.index(second.id)
    answer = await mo.act("approve", first, sure="1")
    batch = batch_of(answer)
    assert (await mo.post("/undo", {"batch": batch})).status_code == 303
    assert (await function.store.comment(first.id)).held == ("crisis",)
    assert (await mo.act("approve", await function.store.comment(first.id), sure="1")).status_code == 303
    assert (await ed.act("reject", second, answer="advert")).status_code == 303
    assert (await mo.act("approve", second)).status_code == 409
    assert first.id in (await mo.post("/search", {"words": "ZUGZWANG"})).text
    assert first.id in (await mo.get("/unanswered")).text
    actions = [entry.action for entry in await function.store.audit(AuditAsk()) if entry.comment]
    assert sorted(actions) == ["approve", "approve", "reject", "undo"]
    assert (await ed.get("/audit")).text.count("<tr>") > 4


async def test_a_lock_and_a_hold_reach_those_who_write(function: Function) -> None:
    member = function.member()
    sent = (await member.write("First words.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await arrived(function)
    await mo.act("hold-name", comment, days=2)
    assert (await member.write("Second words.")).json()["comment"]["state"] == "held"
    await mo.act("lock", comment, reason="Rest.")
    assert (await member.write("Third words.")).json()["code"] == "thread-locked"


async def test_a_rejected_text_is_destroyed_in_time(function: Function) -> None:
    comment = await written(function, "Words of a rejected text")
    mo = await arrived(function)
    await mo.act("reject", comment, answer="advert")
    function.clock.forward(30 * 86_400 + 1)
    assert await function.services.purge() == 1
    assert await function.store.comment(comment.id) is None


async def test_old_comments_come_leave_and_come_again(
    function: Function, manifest: dict[str, Any], tmp_path: Path, build: Build
) -> None:
    places = OldPlaces({"old": (THREAD, "en")})
    head = {"format": "gatherwell-comments", "version": 1, "source": "isso"}
    lines = [
        {
            "id": f"{n}",
            "parent": f"{n - 1}",
            "address": "/old",
            "name": "Ana",
            "created": "2019-05-01T12:00:00Z",
            "text": "Me too.",
        }
        for n in range(1, 25)
    ]
    file = tmp_path / "old.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in (head, *lines)), "utf-8")
    data = json.dumps(manifest).encode()
    taken = await take_in(function.store, file, [data], places, Judges())
    assert (taken.stored, (await take_in(function.store, file, [data], places, Judges())).known) == (24, 24)
    await function.store.cast(Vote("migraine~weather-trigger", 1, "a" * 32, ("often",), "2026-09-01"), None)
    await write_contributions(function.store, [parse_manifest(data)], tmp_path / "out")
    other = build()
    await restore_contributions(other.store, tmp_path / "out")
    assert (await other.get(f"/threads/{THREAD}")).json() == (await function.get(f"/threads/{THREAD}")).json()
    [author] = {one["pseudonym"] for one in (await function.get(f"/threads/{THREAD}")).json()["comments"]}
    assert author == "Ana"


async def test_stories_leave_and_come_between_the_two_stores(
    function: Function, manifest: dict[str, Any], tmp_path: Path, build: Build, anew: Callable[..., Function]
) -> None:
    words = Words("Winter", "It began.")
    page = {"state": "published", "shown": words, "html": "<p>It began.</p>\n", "published": "2026-09-20"}
    story = await told(function, **page, consents=("publish", "share"), content_notes=("illness",))
    await told(function, **page, kind="question")
    await told(function)
    parsed = parse_manifest(json.dumps(manifest).encode())
    snapshot = (await function.get("/snapshot?page=0&of=1")).json()
    assert len(snapshot["voices"]) == 2
    before, folder = function, tmp_path / "out"
    for after in (build(), anew()):
        await write_contributions(before.store, [parsed], folder)
        await restore_contributions(after.store, folder)
        assert (await restore_contributions(after.store, folder)).stored == {}
        assert (await after.get("/snapshot?page=0&of=1")).json() == snapshot
        before = after
    await before.store.voices.remove(story.id, None)
    assert (await restore_contributions(before.store, folder)).stored == {}
    assert len(await before.store.voices.listed(("published",))) == 1


async def test_counts_leave_and_come_between_the_two_stores(
    function: Function, manifest: dict[str, Any], tmp_path: Path, build: Build, anew: Callable[..., Function]
) -> None:
    for choice in ("often", "often", "never"):
        await function.member().vote(choice)
        await function.member().react("helpful")
    parsed = parse_manifest(json.dumps(manifest).encode())
    paths = ("/polls/migraine~weather-trigger", f"/threads/{THREAD}")
    shown = [(await function.get(path)).json() for path in paths]
    before, folder = function, tmp_path / "out"
    for after in (build(), anew()):
        await write_contributions(before.store, [parsed], folder)
        await restore_contributions(after.store, folder)
        assert (await restore_contributions(after.store, folder)).stored == {}
        assert [(await after.get(path)).json() for path in paths] == shown
        assert await after.store.check() == []
        before = after


async def test_work_that_is_shared_and_answers_in_private(function: Function) -> None:
    member = function.member()
    sent = (await member.write("I am going to end my life tonight.")).json()["comment"]
    comment = await function.store.comment(sent["id"])
    mo = await arrived(function, may_answer_crisis=True)
    ed = await arrived(function, "Ed", "editor")
    await mo.get(f"/items/{comment.id}")
    assert (await mo.act("claim", comment)).status_code == 303
    assert (await ed.act("claim", comment)).status_code == 409
    assert (await mo.act("hand-over", comment, to="ed")).status_code == 303
    assert comment.id in (await ed.get("/?mine=1&reason=crisis")).text
    assert (await mo.act("memo", comment, memo="Called before.")).status_code == 303
    assert (await mo.act("memo-name", comment, memo="Kind.")).status_code == 303
    assert (await mo.act("private-answer", comment, text="I have read it.")).status_code == 303
    answers = (await member.send("GET", "/me")).json()["answers"]
    assert "I have read it." in answers[0]["html"]
    read = await member.send("POST", f"/answers/{comment.id}/read", {})
    assert read.json()["read"]
    assert (await mo.act("reject", comment, answer="care")).status_code == 303
    appeal = {"comment": comment.id, "text": "Please look again."}
    assert (await member.send("POST", "/appeals", appeal)).status_code == 202
    assert (await member.send("POST", "/appeals", appeal)).status_code == 409
    waiting = await function.store.comment(comment.id)
    assert (await mo.act("approve", waiting)).status_code == 409
    page = (await ed.get(f"/items/{comment.id}")).text
    assert all(text in page for text in ("Please look again.", "Called before.", "Kind."))
    assert (await ed.get("/load")).status_code == 200
    assert (await member.send("DELETE", "/me")).status_code == 200
    kinds = ("private-answer", "post-notes", "assigned", "looked", "appeal", "name-notes")
    assert [row for kind in kinds for row in await function.store.desk_rows(kind)] == []


async def test_who_is_refused_after_the_call_of_the_minute_is_over_is_called_about(
    anew: Callable[..., Function], monkeypatch: pytest.MonkeyPatch
) -> None:
    function = anew(alerts=AlertSettings(webhook="https://duty.example/hook"))

    async def never() -> None:
        """The outbox sends nothing."""

    monkeypatch.setattr(function.services.alerts, "told", never)
    plea, member = "I am going to kill myself tonight.", function.member()
    await member.write(plea, pseudonym="")
    await member.write(plea)
    assert [call.due is not None for call in await function.store.calls() if call.refused] == [False]
    await function.member().write(plea, pseudonym="")
    assert [call.due is not None for call in await function.store.calls() if call.refused] == [True]
