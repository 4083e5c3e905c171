"""Who may write under which pseudonym: what a refusal tells, and what stays of a name that was erased."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function, Member
from widgets.function.text import moderation

pytestmark = pytest.mark.anyio
DAY = 86_400
NAME = "Quiet Heron"


async def code(member: Member, name: str = NAME) -> str:
    """How a text under that name is answered: its state, or the code of the refusal."""
    answer = (await member.write("Some words.", pseudonym=name)).json()
    return str(answer["comment"]["state"] if "comment" in answer else answer["code"])


async def rows(function: Function) -> list[Any]:
    return [
        row for kind in ("erased-name", "own-erased-name") for row in await function.store.desk_rows(kind)
    ]


@pytest.mark.parametrize("policy", ["post", "first", "pre"])
async def test_a_refusal_tells_of_no_held_post(
    function: Function, manifest: dict[str, Any], policy: str
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    assert await code(function.member()) == "held"
    manifest["conditions"]["migraine"]["comments"] = policy
    unused = await code(function.member(), "Nobodys Name")
    assert await code(function.member()) == unused


async def test_an_approval_of_another_does_not_count_for_a_name(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "first"
    first, second = function.member(), function.member()
    held = (await first.write("First.", pseudonym=NAME)).json()["comment"]
    assert await code(second) == "held"
    await moderation.approve(function.store, held["id"])
    assert await code(first) == "published"
    assert await code(second) == "pseudonym-taken"


async def test_titles_and_names_of_profiles_are_reserved(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest |= {"title": "Open Harbour", "people": ["Dr Ana Lee"]}
    for name in ("open harbour", "OpenHarbourTeam", "dr ana lee", "Dr Ana Lee 2"):
        assert await code(function.member(), name) == "pseudonym-reserved"
    assert await code(function.member(), "Ana Lee") == "published"


async def test_names_of_crisis_lines_are_reserved(function: Function, manifest: dict[str, Any]) -> None:
    lines = (
        "Samaritans (United Kingdom and Ireland), United Kingdom",
        "988 Suicide & Crisis Lifeline (call or text)",
    )
    manifest |= {"help": {"en": [{"name": name, "phone": "1"} for name in lines]}}
    for name in ("Samaritans", "Sarnaritans", "988 Suicide Crisis Lifeline"):
        assert await code(function.member(), name) == "pseudonym-reserved", name
    assert await code(function.member(), "Samara") == "published"


async def test_an_erased_public_name_is_kept_for_twelve_months_as_a_hash(function: Function) -> None:
    member = function.member()
    await code(member)
    await member.send("POST", "/me", {"action": "erase"})
    [kept] = await rows(function)
    assert (kept.value, kept.expires) == ({"month": "2026-09"}, 1_822_348_800)  # 2027-10-01
    assert "heron" not in kept.id
    for anybody in (function.member(), member):
        assert await code(anybody) == "pseudonym-taken"
    function.clock.now = kept.expires
    assert await code(function.member()) == "published"
    await function.services.purge()
    assert await rows(function) == []


async def test_of_a_name_that_was_never_public_nothing_stays(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    member = function.member()
    await code(member)
    await member.send("POST", "/me", {"action": "erase"})
    assert await rows(function) == []
    assert await code(function.member()) == "held"


async def test_who_withdraws_one_text_may_use_the_name_again_for_a_day(function: Function) -> None:
    member = function.member()
    for wait, expected in ((DAY - 1, "published"), (DAY, "pseudonym-taken")):
        id_ = (await member.write(f"Wait {wait}.", pseudonym=NAME)).json()["comment"]["id"]
        await member.send("DELETE", f"/comments/{id_}")
        assert await code(function.member()) == "pseudonym-taken"
        function.clock.forward(wait)
        again = await member.write(f"Back after {wait}.", pseudonym=NAME)
        answer = again.json()
        assert (answer["comment"]["state"] if again.is_success else answer["code"]) == expected
        if again.is_success:
            await member.send("DELETE", f"/comments/{answer['comment']['id']}")
            function.clock.forward(1)


async def test_an_erasure_says_what_stays_of_names(function: Function) -> None:
    member = function.member()
    await code(member)
    answer = (await member.send("POST", "/me", {"action": "erase"})).json()
    assert answer["erased"]["pseudonyms"] == 1
    assert answer["names_kept_months"] == 12
    quiet = (await function.member().send("POST", "/me", {"action": "erase"})).json()
    assert "names_kept_months" not in quiet
    page = await function.form("/me", {"action": "erase", "lang": "en"}, {"__Host-gw": member.key})
    told = await function.client.get(page.headers["location"])
    assert "twelve months" in told.text


async def test_an_earlier_function_knows_neither_title_nor_people(build: Build) -> None:
    function = build()
    assert (await function.services.manifest.current()).people == ()
    assert THREAD in (await function.services.manifest.current()).threads


@pytest.mark.parametrize(
    ("first", "second"), [("EMMA", "ΕΜΜΑ"), ("ΕΜΜΑ", "Emma"), ("Νίκος", "ΝΙΚΟΣ"), ("ΜΕΝΗ", "Μένη")]
)
async def test_a_public_name_is_taken_in_other_capitals(function: Function, first: str, second: str) -> None:
    assert await code(function.member(), first) == "published"
    assert await code(function.member(), second) == "pseudonym-taken"


async def test_a_name_in_greek_capitals_is_free_where_nobody_bears_it(function: Function) -> None:
    member = function.member()
    assert [await code(member, name) for name in ("ΕΜΜΑ", "ΕΜΜΑ")] == ["published", "published"]


async def test_a_name_that_was_reserved_under_its_folded_skeleton_stays_its_writers(
    function: Function,
) -> None:
    member, other = function.member(), function.member()
    written = (await member.write("Some words.", pseudonym="Heron")).json()["comment"]
    comment = await function.store.comment(written["id"])
    assert comment is not None
    earlier = replace(comment, id=function.services.new_id(), pseudonym="ΑΝΝΑ", skeleton="awa")
    await function.store.add_comment(replace(earlier, root=earlier.id), None)
    assert await code(other, "ΑΝΝΑ") == "pseudonym-taken"
    assert await code(member, "ΑΝΝΑ") == "published"
