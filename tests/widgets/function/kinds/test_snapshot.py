"""The snapshot: all that is public, in pages, each with the ids that are valid; nothing of what only staff know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function
from widgets.function.kinds.snapshot import ids_in, pages_of
from widgets.function.text.moderation import approve
from widgets.store.interface import CommentChange
from widgets.store.records import Comment

pytestmark = pytest.mark.anyio
WORDS = "A cold cloth on the neck helps me through the afternoon."


async def whole(function: Function) -> dict[str, Any]:
    """All pages as one."""
    found: dict[str, Any] = {"valid": [], "polls": {}, "threads": {}}
    pages = (await function.get("/snapshot")).json()["pages"]
    for page in range(pages):
        document = (await function.get(f"/snapshot?page={page}&of={pages}")).json()
        found["valid"] += document["valid"]
        found["polls"] |= document["polls"]
        found["threads"] |= document["threads"]
    return found


@pytest.mark.parametrize(
    ("ids", "pages"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2), (401, 4), (10_000, 64)]
)
def test_how_many_pages_hold_so_many_ids(ids: int, pages: int) -> None:
    assert pages_of(ids) == pages


def test_every_id_lies_in_one_page_and_a_new_one_changes_one_page() -> None:
    ids = [f"migraine~a{number}" for number in range(1_000)]
    pages = [ids_in(page, 8, ids) for page in range(8)]
    assert sorted(id_ for page in pages for id_ in page) == sorted(ids)
    assert max(map(len, pages)) < 200
    after = [ids_in(page, 8, [*ids, "migraine~new"]) for page in range(8)]
    assert sum(before != now for before, now in zip(pages, after, strict=True)) == 1


async def test_polls_and_threads_are_as_their_own_routes_answer_them(function: Function) -> None:
    member = function.member()
    await member.vote("often")
    await member.react("me-too")
    await member.write(WORDS)
    found = await whole(function)
    assert found["polls"][POLL] == (await function.get(f"/polls/{POLL}")).json()
    assert found["threads"][THREAD] == (await function.get(f"/threads/{THREAD}")).json()
    assert sorted(found["valid"]) == sorted([*found["polls"], *found["threads"], "migraine~sleep"])
    assert len(found["valid"]) == 10


async def test_what_the_manifest_lacks_is_listed_no_more(build: Build, manifest: dict[str, Any]) -> None:
    function = build()
    assert THREAD in (await whole(function))["valid"]
    del manifest["threads"][THREAD]
    found = await whole(function)
    assert THREAD not in found["valid"]
    assert THREAD not in found["threads"]


async def test_an_unchanged_page_is_a_304_and_a_write_changes_its_tag(function: Function) -> None:
    tag = (await function.get("/snapshot?page=0&of=1")).headers["etag"]
    assert (await function.get("/snapshot?page=0&of=1", if_none_match=tag)).status_code == 304
    await function.member().write(WORDS)
    assert (await function.get("/snapshot?page=0&of=1", if_none_match=tag)).status_code == 200


@pytest.mark.parametrize(
    "query", ["page=0", "of=1", "page=1&of=1", "page=0&of=2", "page=-1&of=1", "page=x&of=1"]
)
async def test_a_page_that_is_not_there_is_refused(function: Function, query: str) -> None:
    answer = await function.get(f"/snapshot?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "query-invalid")


async def approved(function: Function, thread: str = THREAD, name: str = "Ana", text: str = WORDS) -> Comment:
    """Written two hours ago and approved by a person."""
    answer = await function.member().write(text, name, thread)
    comment = await approve(function.store, answer.json()["comment"]["id"])
    decided = await function.store.change_comment(
        CommentChange(comment.id, comment.revision, {"decided": function.services.now()})
    )
    return Comment(**{name: getattr(decided, name) for name in Comment.__dataclass_fields__})


async def picks(function: Function) -> list[str]:
    function.clock.forward(7_200)
    return list((await function.get("/snapshot")).json()["hub"]["arthritis"])


async def test_a_hubs_picks_are_three_each_of_another_thread(
    function: Function, manifest: dict[str, Any]
) -> None:
    threads = [id_ for id_, one in manifest["threads"].items() if one["condition"] == "arthritis"]
    threads = [id_ for id_ in threads if manifest["threads"][id_]["comments"] == "open"]
    made = [await approved(function, thread, f"Ana {thread[-3:]}") for thread in threads]
    function.clock.forward(60)
    last = await approved(
        function, threads[0], "Ben Ody", "Another thing that helps me is a walk before work."
    )
    chosen = await picks(function)
    assert len(chosen) == min(3, len(threads))
    assert last.id in chosen
    assert made[0].id not in chosen


async def test_nothing_that_only_staff_know_is_in_a_public_answer(function: Function) -> None:
    comment = await approved(function)
    flagged = await function.member().send("POST", f"/comments/{comment.id}/flags", {"reason": "spam"})
    assert flagged.status_code < 300
    await function.member().write("I am going to kill myself tonight.", "Quiet Heron")
    answers = [
        (await function.get(path)).text
        for path in ("/snapshot", "/snapshot?page=0&of=1", f"/threads/{THREAD}", f"/counts?threads={THREAD}")
    ]
    names: set[str] = set()
    for text in answers:
        json.loads(text, object_pairs_hook=lambda pairs: names.update(key for key, _ in pairs))
    told = {
        "flags",
        "urgency",
        "held",
        "held_because",
        "reason",
        "level",
        "queued",
        "decided",
        "author",
        "burst",
    }
    assert not names & told
    assert not any("kill myself" in text for text in answers)
