"""Words that are written beside posts and apart from them: read by whom they are for, told nowhere else, and gone with their erasure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import THREAD, Function, Member
from tests.widgets.desk.conftest import Colleague, SignIn
from tests.widgets.desk.imports.test_taking import line, shown, take, write
from tests.widgets.function.test_privacy import everything_on_disk
from widgets.store.desk_records import AuditAsk, DeskRow
from widgets.store.records import Comment
from widgets.store.voices import Voice

pytestmark = pytest.mark.anyio
CANARIES = tuple(f"canary{word}" for word in ("answer", "note", "name", "appeal", "mistake", "story", "ask"))


async def found(function: Function, answer: httpx.Response) -> Comment:
    comment: Comment = await function.store.comment(answer.json()["comment"]["id"])
    return comment


async def fill(function: Function, member: Member, mo: Colleague) -> Voice:
    """One of each kind of words; the rejected post with its appeal waits."""
    pleaded = await found(function, await member.write("I am going to end my life tonight."))
    await mo.act("private-answer", pleaded, text=f"Thank you, {CANARIES[0]}.")
    await mo.act("memo", pleaded, memo=f"Seen, {CANARIES[1]}.")
    await mo.act("memo-name", pleaded, memo=f"Again, {CANARIES[2]}.")
    plain = await found(function, await member.write("The rain again."))
    await mo.act("reject", plain, answer="off-topic")
    appeal = {"comment": plain.id, "text": f"Please, {CANARIES[3]}."}
    assert (await member.send("POST", "/appeals", appeal)).status_code == 202
    mistake = {"text": f"Wrong, {CANARIES[4]}."}
    assert (await member.send("POST", f"/threads/{THREAD}/mistakes", mistake)).status_code == 202
    sent = {"form": "migraine~story", "consents": ["publish", "edit"], "age": True}
    told = await member.send("POST", "/stories", {**sent, "title": "Winter", "text": CANARIES[5]})
    voice = await function.store.voices.voice(told.json()["voice"]["id"])
    fields = {"revision": voice.revision, "question": f"When, {CANARIES[6]}?"}
    assert (await mo.post(f"/voices/{voice.id}/voice-ask", fields)).status_code == 303
    changed: Voice = await function.store.voices.voice(voice.id)
    return changed


async def test_they_are_in_no_log_no_public_answer_no_audit_and_reach_no_other_device(
    function: Function, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    member, mo = function.member(), await sign_in(may_answer_crisis=True)
    voice = await fill(function, member, mo)
    other = function.member()
    texts = [
        caplog.text,
        repr(await function.store.audit(AuditAsk(100))),
        *[
            (await function.get(path)).text
            for path in (
                f"/threads/{THREAD}",
                f"/threads/{THREAD}/comments.atom",
                "/snapshot?page=0&of=1",
                f"/counts?threads={THREAD}",
            )
        ],
        (await other.send("GET", "/me")).text,
        (await other.send("POST", f"/stories/{voice.id}", {"action": "show"})).text,
    ]
    assert [(word, text[:80]) for word in CANARIES for text in texts if word in text] == []


async def test_nothing_of_them_is_on_the_disk_once_they_are_erased(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await sign_in(may_answer_crisis=True)
    await fill(function, member, mo)
    disk = everything_on_disk(function.folder)
    assert [word for word in CANARIES if word.encode() not in disk] == []
    await member.send("DELETE", "/me")
    [row] = await function.store.desk_rows("mistake")
    assert (await mo.post("/mistakes", {"mistake": row.id})).status_code == 303
    disk = everything_on_disk(function.folder)
    assert [word for word in CANARIES if word.encode() in disk] == []


async def test_notes_on_an_old_name_go_with_all_that_it_wrote(
    function: Function, sign_in: SignIn, manifest: dict[str, Any], tmp_path: Path
) -> None:
    await take(function, manifest, write(tmp_path, line(1), line(2)))
    first = await function.store.comment((await shown(function))[0]["id"])
    mo = await sign_in(may_answer_crisis=True)
    assert (await mo.act("memo", first, memo=CANARIES[1])).status_code == 303
    assert (await mo.act("memo-name", first, memo=CANARIES[2])).status_code == 303
    assert (await mo.act("erase-name", first)).status_code == 303
    disk = everything_on_disk(function.folder)
    assert [word for word in CANARIES if word.encode() in disk] == []


async def test_nobody_answers_an_old_name_privately(
    function: Function, sign_in: SignIn, manifest: dict[str, Any], tmp_path: Path
) -> None:
    """Its writer holds no key, so the answer would reach nobody."""
    await take(function, manifest, write(tmp_path, line(1)))
    first = await function.store.comment((await shown(function))[0]["id"])
    mo = await sign_in(may_answer_crisis=True)
    assert (await mo.act("private-answer", first, text="Hello.")).status_code == 409


async def test_a_note_on_a_name_that_is_erased_at_that_moment_does_not_stay(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, mo = function.member(), await sign_in()
    comment = await found(function, await member.write("The rain again."))
    keep = function.store.keep_desk_row

    async def keep_late(row: DeskRow) -> DeskRow:
        if row.kind == "name-notes":
            await member.send("DELETE", "/me")
        kept: DeskRow = await keep(row)
        return kept

    monkeypatch.setattr(function.store, "keep_desk_row", keep_late)
    await mo.act("memo-name", comment, memo=CANARIES[2])
    assert await function.store.desk_rows("name-notes") == []
    assert CANARIES[2].encode() not in everything_on_disk(function.folder)
