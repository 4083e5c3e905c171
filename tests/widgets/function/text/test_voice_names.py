"""The name of a published story is its writer's, as that of a published comment is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import Function, Member
from tests.widgets.desk.conftest import Colleague, arrived, told
from widgets.function.text.voice_names import VOICE_NAME
from widgets.store.voices import Voice

pytestmark = pytest.mark.anyio
NAME = "Quiet Heron"
DAY = 86_400


async def sent(member: Member, name: str = NAME, **more: Any) -> Any:
    body = {"form": "migraine~story", "title": "T", "text": "It began with a zebrafinch.", "lang": "en"}
    ticks = {"consents": ["publish", "edit"], "age": True, "pseudonym": name}
    return (await member.send("POST", "/stories", {**body, **ticks, **more})).json()


async def story(function: Function, member: Member, name: str = NAME) -> Voice:
    found: Voice = await function.store.voices.voice((await sent(member, name))["voice"]["id"])
    return found


async def publish(function: Function, mo: Colleague, voice: Voice, act: str = "voice-publish") -> int:
    fresh = await function.store.voices.voice(voice.id)
    return (await mo.post(f"/voices/{voice.id}/{act}", {"revision": fresh.revision})).status_code


async def comment(member: Member, name: str = NAME) -> str:
    answer = (await member.write("Some words.", pseudonym=name)).json()
    return str(answer["comment"]["state"] if "comment" in answer else answer["code"])


@pytest.mark.parametrize("name", [NAME, "quiet heron", "Quіet Heron"], ids=["same", "case", "look-alike"])
async def test_the_name_of_a_published_story_is_nobody_elses(function: Function, name: str) -> None:
    writer, other, mo = function.member(), function.member(), await arrived(function)
    voice = await story(function, writer)
    assert (await sent(function.member()))["voice"]["pseudonym"] == NAME  # what is held keeps nobody away
    await publish(function, mo, voice)
    taken = "pseudonym-invalid" if name.startswith("Quі") else "pseudonym-taken"
    assert await comment(other, name) == taken
    assert (await sent(other, name))["code"] == taken
    assert await comment(writer) == "published"
    assert (await sent(writer))["voice"]["pseudonym"] == NAME


async def test_a_name_that_somebody_else_has_in_public_since_is_not_published(function: Function) -> None:
    first, second, mo = function.member(), function.member(), await arrived(function)
    one, two = await story(function, first), await story(function, second)
    assert await publish(function, mo, one) == 303
    assert await publish(function, mo, two) == 409
    three = await story(function, function.member(), "Calm Otter")
    assert await comment(function.member(), "Calm Otter") == "published"
    assert await publish(function, mo, three) == 409
    assert (await function.store.voices.voice(three.id)).state != "published"


async def test_its_writers_own_comments_keep_no_name_from_a_story(function: Function) -> None:
    member, mo = function.member(), await arrived(function)
    assert await comment(member) == "published"
    assert await publish(function, mo, await story(function, member)) == 303


async def test_a_name_that_passes_for_staff_since_is_not_published(function: Function) -> None:
    mo = await arrived(function)
    voice = await story(function, function.member(), "Sam Okafor")
    await arrived(function, "Sam Okafor")
    assert await publish(function, mo, voice) == 409


async def test_an_acceptance_publishes_no_name_of_somebody_else(function: Function) -> None:
    member, mo = function.member(), await arrived(function)
    voice = await story(function, member)
    fresh = {"revision": voice.revision, "title": "T", "text": "Changed."}
    await mo.post(f"/voices/{voice.id}/voice-offer", fresh)
    assert await comment(function.member()) == "published"
    offered = await function.store.voices.voice(voice.id)
    answer = await member.send(
        "POST", f"/stories/{voice.id}", {"action": "accept", "revision": offered.revision}
    )
    assert answer.json()["code"] == "pseudonym-taken"
    assert (await function.store.voices.voice(voice.id)).state == "offered"


async def test_a_held_comment_is_not_approved_under_the_name_of_a_story(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    member, mo = function.member(), await arrived(function)
    voice = await story(function, function.member())
    held = (await member.write("Some words.", pseudonym=NAME)).json()["comment"]
    await publish(function, mo, voice)
    waiting = await function.store.comment(held["id"])
    assert (await mo.act("approve", waiting)).status_code == 409
    assert (await function.store.comment(held["id"])).state == "held"


async def test_off_the_page_it_keeps_nobody_away(function: Function) -> None:
    member, mo = function.member(), await arrived(function)
    voice = await story(function, member)
    await publish(function, mo, voice)
    await publish(function, mo, voice, "voice-hold")
    assert await comment(function.member()) == "published"
    assert await publish(function, mo, voice) == 409


@pytest.mark.parametrize(("all_of_it", "own"), [(True, "pseudonym-taken"), (False, "published")])
async def test_of_an_erased_name_a_hash_stays_as_of_a_comments(
    function: Function, all_of_it: bool, own: str
) -> None:
    member, mo = function.member(), await arrived(function)
    voice = await story(function, member)
    await publish(function, mo, voice)
    if all_of_it:
        await member.send("DELETE", "/me")
    else:
        await member.send("POST", f"/stories/{voice.id}", {"action": "withdraw"})
    assert await function.store.desk_rows(VOICE_NAME) == []
    [kept] = await function.store.desk_rows("erased-name")
    assert "heron" not in str(kept).lower()
    assert await comment(function.member()) == "pseudonym-taken"
    assert await comment(member) == own


async def test_a_name_of_two_stories_is_kept_until_the_last_is_gone(function: Function) -> None:
    member, mo = function.member(), await arrived(function)
    one = await story(function, member)
    two = (await sent(member, text="Another one."))["voice"]["id"]
    for voice in (one, await function.store.voices.voice(two)):
        assert await publish(function, mo, voice) == 303
    await member.send("POST", f"/stories/{one.id}", {"action": "withdraw"})
    [row] = await function.store.desk_rows(VOICE_NAME)
    assert row.value["voices"] == [two]
    assert await function.store.desk_rows("erased-name") == []
    assert await comment(function.member()) == "pseudonym-taken"


async def test_the_row_tells_nothing_of_its_writers_comments(function: Function) -> None:
    member, mo = function.member(), await arrived(function)
    await publish(function, mo, await story(function, member))
    await comment(member, "Calm Otter")
    [row] = await function.store.desk_rows(VOICE_NAME)
    [name] = await function.store.comments_by(function.services.keys.author("migraine", member.key))
    assert name.author not in str(row.value)


async def test_a_story_by_a_member_reserves_nothing(function: Function) -> None:
    await publish(function, await arrived(function), await told(function, state="read"))
    assert await function.store.desk_rows(VOICE_NAME) == []
