"""Stories and questions at the desk: read, asked back, changed beside their writer's words, published, declined, answered."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import Colleague, SignIn, told, written
from widgets.rules.voices.states import DECLINED, SILENCE
from widgets.store.desk_records import AuditAsk
from widgets.store.voices import Voice, Words

pytestmark = pytest.mark.anyio


async def does(colleague: Colleague, voice: Voice, act: str, **fields: Any) -> httpx.Response:
    return await colleague.post(f"/voices/{voice.id}/{act}", {"revision": voice.revision, **fields})


async def now(function: Function, voice: Voice) -> Voice:
    found: Voice = await function.store.voices.voice(voice.id)
    return found


async def test_the_queue_leads_to_them_and_opening_one_tells_its_writer(
    function: Function, sign_in: SignIn
) -> None:
    urgent, plain = await told(function, urgency=9, held=("crisis",)), await told(function)
    editor = await sign_in("Ed", "editor")
    assert "2 stories and questions wait" in (await editor.get("/")).text
    listed = (await editor.get("/voices")).text
    assert listed.index(urgent.id) < listed.index(plain.id)
    page = (await editor.get(f"/voices/{plain.id}")).text
    assert "It began with a zebrafinch." in page
    assert (await now(function, plain)).state == "read"


async def test_a_question_back_waits_fourteen_days_for_its_writer(
    function: Function, sign_in: SignIn
) -> None:
    voice, editor = await told(function, state="read"), await sign_in("Ed", "editor")
    assert (await does(editor, voice, "voice-ask", question="When was that?")).status_code == 303
    asked = await now(function, voice)
    assert (asked.state, asked.due) == ("asked", function.services.now() + SILENCE)
    assert [(one.by, one.text) for one in asked.messages] == [("staff", "When was that?")]


async def test_changed_words_wait_beside_those_of_their_writer(function: Function, sign_in: SignIn) -> None:
    voice, editor = await told(function, state="read"), await sign_in("Ed", "editor")
    fields = {"title": "Winter", "text": "It began.", "notes": "illness, hospital"}
    assert (await does(editor, voice, "voice-offer", **fields)).status_code == 303
    offered = await now(function, voice)
    assert (offered.state, offered.offered, offered.shown) == ("offered", Words("Winter", "It began."), None)
    assert (offered.written, offered.content_notes) == (voice.written, ("illness", "hospital"))
    page = (await editor.get(f"/voices/{voice.id}")).text
    assert "It began with a zebrafinch." in page
    assert "It began.</textarea>" in page


async def test_without_a_changed_word_nobody_is_asked(function: Function, sign_in: SignIn) -> None:
    editor = await sign_in("Ed", "editor")
    same = await told(function, state="read")
    await does(editor, same, "voice-offer", title=same.written.title, text=same.written.text)
    as_it_is = await told(function, state="read")
    await does(editor, as_it_is, "voice-publish")
    for voice in (same, as_it_is):
        shown = await now(function, voice)
        assert (shown.state, shown.shown, shown.due) == ("published", voice.written, None)
        assert shown.html == "<p>It began with a zebrafinch.</p>\n"


async def test_who_did_not_agree_to_edits_keeps_every_word(function: Function, sign_in: SignIn) -> None:
    voice, editor = await told(function, state="read", consents=("publish",)), await sign_in("Ed", "editor")
    assert "does not want others to change" in (await editor.get(f"/voices/{voice.id}")).text
    assert (await does(editor, voice, "voice-offer", title="W", text="w")).status_code == 409
    assert await now(function, voice) == voice


async def test_the_first_of_two_editors_decides(function: Function, sign_in: SignIn) -> None:
    voice = await told(function, state="read")
    first, second = await sign_in("Ed", "editor"), await sign_in("Mo", "moderator")
    assert (await does(first, voice, "voice-publish")).status_code == 303
    late = await does(second, voice, "voice-decline", answer="off-topic")
    assert late.status_code == 409
    assert (await now(function, voice)).state == "published"


async def test_one_is_declined_with_a_kind_answer_and_kept_thirty_days(
    function: Function, sign_in: SignIn
) -> None:
    voice, editor = await told(function, state="read"), await sign_in("Ed", "editor")
    assert (await does(editor, voice, "voice-decline", answer="nonsense")).status_code == 400
    assert (await does(editor, voice, "voice-decline", answer="personal-data")).status_code == 303
    declined = await now(function, voice)
    assert (declined.state, declined.reason) == ("declined", "personal-data")
    assert declined.due == function.services.now() + DECLINED


async def test_one_is_taken_off_the_page_and_pages_are_built_anew(
    function: Function, sign_in: SignIn
) -> None:
    voice, editor = await told(function, state="read"), await sign_in("Ed", "editor")
    await does(editor, voice, "voice-publish")
    shown = await now(function, voice)
    assert await function.store.takedowns() == 0
    await does(editor, shown, "voice-hold")
    held = await now(function, voice)
    assert (held.state, held.shown, held.html) == ("read", None, "")
    assert await function.store.takedowns() == 1


@pytest.mark.parametrize(
    ("role", "kept"), [("clinician", True), ("editor", True), ("advocate", False), (None, False)]
)
async def test_only_a_clinicians_or_editors_words_are_accepted_as_an_answer(
    function: Function, sign_in: SignIn, role: str | None, kept: bool
) -> None:
    voice = await told(function, kind="question", state="published")
    comment = await written(function, state="published", thread=f"migraine~{voice.id}", role=role)
    editor = await sign_in("Ed", "editor")
    answer = await does(editor, voice, "voice-answer", comment=comment.id)
    assert answer.status_code == (303 if kept else 400)
    assert (await now(function, voice)).accepted == (comment.id if kept else None)
    elsewhere = await written(function, state="published", role="clinician")
    other = await does(editor, await now(function, voice), "voice-answer", comment=elsewhere.id)
    assert other.status_code == 400


async def test_the_audit_tells_of_every_act_without_a_word(function: Function, sign_in: SignIn) -> None:
    voice, editor = await told(function, state="read", pseudonym="Quiet Heron"), await sign_in("Ed", "editor")
    await does(editor, voice, "voice-ask", question="When was that, Quiet Heron?")
    await does(editor, await now(function, voice), "voice-decline", answer="other")
    entries = [one for one in await function.store.audit(AuditAsk(20)) if one.comment == voice.id]
    assert [one.action for one in reversed(entries)] == ["voice-ask", "voice-decline"]
    assert not any(word in str(entries) for word in ("zebrafinch", "Quiet", "When", "winter"))
    assert f"/desk/voices/{voice.id}" in (await editor.get("/audit")).text


async def test_a_forged_post_changes_nothing(function: Function, sign_in: SignIn) -> None:
    voice, editor = await told(function, state="read"), await sign_in("Ed", "editor")
    forged = await editor.post(f"/voices/{voice.id}/voice-publish", {"csrf": "0" * 32, "revision": 1})
    other_site = await editor.post(
        f"/voices/{voice.id}/voice-publish", {"revision": 1}, origin="https://evil.example"
    )
    wrong_act = await does(editor, voice, "approve")
    on_comment = await editor.post(f"/items/{(await written(function)).id}/voice-publish", {"revision": 1})
    statuses = [one.status_code for one in (forged, other_site, wrong_act, on_comment)]
    assert statuses == [403, 403, 404, 404]
    assert await now(function, voice) == voice


async def test_nobody_writes_privately_to_who_may_be_a_child(function: Function, sign_in: SignIn) -> None:
    child, editor = (
        await told(function, state="read", held=("policy", "child")),
        await sign_in("Ed", "editor"),
    )
    page = (await editor.get(f"/voices/{child.id}")).text
    assert "safeguarding contact" in page
    assert "voice-ask" not in page
    assert (await does(editor, child, "voice-ask", question="Where do you live?")).status_code == 409
    await does(editor, child, "voice-publish")
    await does(editor, await now(function, child), "voice-hold")
    again = await now(function, child)
    assert (await does(editor, again, "voice-ask", question="Where do you live?")).status_code == 409
    assert (await now(function, child)).messages == ()


async def test_no_plea_is_declined_as_off_topic(function: Function, sign_in: SignIn) -> None:
    plea, editor = (
        await told(function, urgency=9, held=("crisis",), state="read"),
        await sign_in("Ed", "editor"),
    )
    page = (await editor.get(f"/voices/{plea.id}")).text
    assert ('value="off-topic"' in page, 'value="care"' in page) == (False, True)
    assert (await does(editor, plea, "voice-decline", answer="off-topic")).status_code == 400
    assert (await does(editor, plea, "voice-decline", answer="care")).status_code == 303
    plain = await told(function, state="read")
    assert (await does(editor, plain, "voice-decline", answer="care")).status_code == 400


async def test_who_comes_second_gets_back_what_they_wrote_and_reads_what_changed(
    function: Function, sign_in: SignIn
) -> None:
    voice = await told(function, state="read")
    first, second = await sign_in("Ed", "editor"), await sign_in("Mo", "editor")
    await does(first, voice, "voice-offer", title="Winter", text="It began.")
    late = await does(second, voice, "voice-offer", title="Snow", text="A <b>morning</b> of work.")
    assert late.status_code == 409
    assert "A &lt;b&gt;morning&lt;/b&gt; of work.</textarea>" in late.text
    assert "While you read: Ed" in late.text
    assert "It began.</textarea>" in late.text


async def test_a_refused_text_is_given_back_but_none_of_a_story_that_was_taken_back(
    function: Function, sign_in: SignIn
) -> None:
    voice, editor = await told(function, state="read", consents=("publish",)), await sign_in("Ed", "editor")
    fields = {"title": "Snow", "text": "A morning of work."}
    refused = await does(editor, voice, "voice-offer", **fields)
    assert (refused.status_code, "A morning of work.</textarea>" in refused.text) == (409, True)
    await function.store.voices.remove(voice.id, voice.author, None, ())
    gone = await does(editor, voice, "voice-offer", **fields)
    assert (gone.status_code, "A morning" in gone.text) == (404, False)
