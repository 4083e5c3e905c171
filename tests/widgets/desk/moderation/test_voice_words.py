"""What is published of a story that was off the page in between: the words that its writer accepted, never others."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, arrived, told
from tests.widgets.desk.moderation.test_voice_pleas import does, sent_by
from widgets.store.voices import Words

pytestmark = pytest.mark.anyio


async def test_taken_off_the_page_and_published_again_it_has_the_words_that_were_accepted(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await sign_in()
    voice = await sent_by(function, member, text="My neighbour Zebrafinch said it.")
    await does(mo, voice, "voice-offer", title="A long winter", text="A neighbour said it.")
    offered = await function.store.voices.voice(voice.id)
    said = {"action": "accept", "revision": offered.revision}
    assert (await member.send("POST", f"/stories/{voice.id}", said)).status_code == 200
    await does(mo, await function.store.voices.voice(voice.id), "voice-hold")
    page = (await mo.get(f"/voices/{voice.id}")).text
    assert "A neighbour said it." in page
    assert "Publish it again in the accepted words" in page
    await does(mo, await function.store.voices.voice(voice.id), "voice-publish")
    again = await function.store.voices.voice(voice.id)
    assert (again.state, again.shown) == ("published", Words("A long winter", "A neighbour said it."))
    assert "Zebrafinch" not in again.html


async def test_the_original_is_published_over_the_accepted_words_only_once_its_writer_accepts_it(
    function: Function, sign_in: SignIn
) -> None:
    mo = await sign_in()
    agreed = Words("Winter", "A neighbour said it.")
    voice = await told(function, state="read", agreed=agreed)
    await does(mo, voice, "voice-offer", title=voice.written.title, text=voice.written.text)
    offered = await function.store.voices.voice(voice.id)
    assert (offered.state, offered.offered, offered.shown) == ("offered", voice.written, None)


async def test_new_words_of_its_writer_take_the_place_of_those_accepted_before(
    function: Function, sign_in: SignIn
) -> None:
    member, mo = function.member(), await arrived(function)
    voice = await sent_by(function, member, text="It began with a zebrafinch.")
    said = {"action": "reply", "text": "It began in spring."}
    for act in ("voice-publish", "voice-hold", "", "voice-publish"):
        fresh = await function.store.voices.voice(voice.id)
        if act:
            done = await does(mo, fresh, act)
            assert done.status_code == 303, done.text
        else:
            assert (await member.send("POST", f"/stories/{voice.id}", said)).status_code == 200
    assert (await function.store.voices.voice(voice.id)).html == "<p>It began in spring.</p>\n"
