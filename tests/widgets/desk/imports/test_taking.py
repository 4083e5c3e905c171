"""`take_in`: old comments stand under their pages, are read by the rules, and come once."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Clock, Function
from tests.widgets.desk.conftest import SignIn
from widgets.desk.imports import judging
from widgets.desk.imports.commands import erase_name
from widgets.desk.imports.judging import LONGEST, Judges
from widgets.desk.imports.reading import Place, in_order
from widgets.desk.imports.taking import OldPlaces, Taken, take_in
from widgets.function.text.name_notes import NAME_NOTES, name_notes_place
from widgets.store.desk_records import BESIDE, AuditAsk, DeskRow
from widgets.store.opening import open_stores
from widgets.store.records import Comment, StoreError

pytestmark = pytest.mark.anyio
CONDITION = THREAD.partition("~")[0]
OLD = OldPlaces({"2019/05/post": (THREAD, "en")}, {"content/a.md": (THREAD, "en")})


def line(
    number: int, parent: int = 0, text: str = "Me too.", name: str = "Ana", **more: str
) -> dict[str, Any]:
    above = {"parent": f"w:{parent}"} if parent else {}
    made = {"id": f"w:{number}", "address": "/2019/05/post/", "name": name, "text": text}
    return {**made, "created": f"2019-05-01T12:00:{number % 60:02}+00:00", **above, **more}


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    file = folder / "old.jsonl"
    head = {"format": "gatherwell-comments", "version": 1, "source": "wordpress"}
    file.write_text("".join(json.dumps(one) + "\n" for one in (head, *lines)), "utf-8")
    return file


async def take(function: Function, manifest: dict[str, Any], file: Path) -> Taken:
    return await take_in(function.store, file, [json.dumps(manifest).encode()], OLD, Judges())


async def shown(function: Function) -> list[dict[str, Any]]:
    answer = (await function.get(f"/threads/{THREAD}")).json()
    found: list[dict[str, Any]] = answer["comments"]
    return found


async def test_answers_stand_under_their_parents_at_any_depth_whatever_their_order(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    lines = [line(n, n - 1, f"Text {n}") for n in range(30, 1, -1)]
    taken = await take(function, manifest, write(tmp_path, *lines, line(1, text="Text 1", page="x")))
    assert (taken.stored, taken.alone) == (30, 0)
    found = await shown(function)
    assert [one["html"] for one in found] == [f"<p>Text {n}</p>\n" for n in range(1, 31)]
    assert [one["parent"] for one in found] == [None, *(one["id"] for one in found[:-1])]
    assert found[0]["created"].startswith("2019-05-01T12:00:01")


async def test_a_second_time_changes_nothing_and_more_joins(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    await take(function, manifest, write(tmp_path, line(1), line(2, 1)))
    before = await shown(function)
    again = await take(function, manifest, write(tmp_path, line(1), line(2, 1)))
    assert (again.stored, again.known, await shown(function)) == (0, 2, before)
    more = await take(
        function, manifest, write(tmp_path, line(1), line(2, 1), line(3, 2, name="Tom"), line(4))
    )
    assert more.stored == 2
    assert [one["pseudonym"] for one in await shown(function)] == ["Ana", "Ana", "Tom", "Ana"]


async def test_an_interrupted_import_goes_on_where_it_was(
    function: Function, manifest: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, *(line(n, n // 2) for n in range(1, 50)))
    kept, calls = function.store.import_comments, []

    async def dies(comments: Any, row: Any) -> None:
        calls.append(row)
        if len(calls) == 3:
            raise StoreError("power cut")
        await kept(comments, row)

    monkeypatch.setattr(function.store, "import_comments", dies)
    with pytest.raises(StoreError, match="power cut"):
        await take(function, manifest, file)
    monkeypatch.undo()
    taken = await take(function, manifest, file)
    assert (taken.known, taken.stored) == (32, 17)
    assert len(await shown(function)) == 49


@pytest.mark.parametrize(
    ("text", "reason", "state"),
    [
        ("I want to kill myself tonight", "crisis", "published"),
        ("Stop taking your tablets, this oil cures migraine", "medical-claim", "published"),
        ("Call me on +34 600 123 456", "personal-data", "published"),
        ("Just kill yourself", "incitement", "held"),
        ("Nothing special today", "", "published"),
    ],
)
async def test_the_rules_mark_and_never_drop(
    function: Function, manifest: dict[str, Any], tmp_path: Path, text: str, reason: str, state: str
) -> None:
    taken = await take(function, manifest, write(tmp_path, line(1, text=text)))
    queued = [one for _, one in await function.store.queue(5)]
    assert taken.stored == 1
    assert [(one.held, one.state, one.urgency <= 2) for one in queued] == (
        [((reason,), state, True)] if reason else []
    )
    assert bool(await shown(function)) == (state == "published")
    assert await function.store.calls() == []


async def test_many_comments_are_read_in_processes_with_the_same_result(
    function: Function, manifest: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = tmp_path / "claims.yaml"
    claims.write_text(f"{CONDITION}:\n  - moon garden\n", "utf-8")
    texts = (
        "I want to kill myself tonight",
        "Just kill yourself",
        "We met in the moon garden",
        "\x07",
        "Call +34 600 123 456",
    )
    file = write(tmp_path, *(line(n, n // 3, texts[n % 5]) for n in range(1, 151)))
    monkeypatch.setattr(judging, "MANY", 100)
    ways = []
    for jobs, name in ((1, "one"), (2, "two")):
        store, _ = open_stores(f"sqlite:{tmp_path / name}")
        taken = await take_in(store, file, [json.dumps(manifest).encode()], OLD, Judges(claims, jobs))
        ways.append((taken, [one for _, one in await store.queue(200)]))
        await store.close()
    one, two = ways
    assert one == two
    assert (one[0].stored, one[0].marked["medical-claim"]) == (120, 60)


async def test_a_process_that_is_ended_says_what_to_do(
    function: Function, manifest: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MANY", 1)
    monkeypatch.setattr(judging, "_begin", os.abort)
    with pytest.raises(StoreError, match="Run this again"):
        await take_in(
            function.store, write(tmp_path, line(1)), [json.dumps(manifest).encode()], OLD, Judges(jobs=2)
        )


async def test_names_are_free_and_allowed(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    await function.member().write("Mine since yesterday.", "Ana")
    lines = [
        line(1),
        line(2, name="Moderator"),
        line(3, name="Tom"),
        line(4, name="Moderator"),
        line(5, name="x"),
    ]
    taken = await take(function, manifest, write(tmp_path, *lines))
    names = [one["pseudonym"] for one in await shown(function) if "Mine" not in one["html"]]
    assert names == ["Ana 2", "Member", "Tom", "Member", "Member 2"]
    assert taken.renamed == {"Ana": "Ana 2", "Moderator": "Member", "x": "Member 2"}


async def test_nobody_takes_an_imported_name(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    await take(function, manifest, write(tmp_path, line(1)))
    assert (await function.member().write("I am not Ana.", "Ana")).status_code == 409


async def test_what_has_no_page_is_told_and_comes_once_it_has_one(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    there, gone = line(3, address="/", page="content/a.md"), line(2, address="/gone/")
    file = write(tmp_path, line(1), gone, there, line(4, address="/", page="content/draft.md"))
    taken = await take(function, manifest, file)
    assert (taken.stored, taken.homeless) == (2, {"/gone/": 1, "content/draft.md": 1})
    places = OldPlaces({**OLD.addresses, "gone": (THREAD, "en")}, OLD.pages)
    assert (
        await take_in(function.store, file, [json.dumps(manifest).encode()], places, Judges())
    ).stored == 1


@pytest.mark.parametrize("second", ['{"id": "w:1", "addr', '{"id": "w:1"}', "[]"])
async def test_a_damaged_file_is_refused_with_its_line(
    function: Function, manifest: dict[str, Any], tmp_path: Path, second: str
) -> None:
    file = write(tmp_path, line(1))
    file.write_text(file.read_text("utf-8") + second, "utf-8")
    with pytest.raises(StoreError, match="line 3 is no comment"):
        await take(function, manifest, file)
    assert await shown(function) == []


async def test_what_is_too_long_is_left_out_and_counted(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    file = write(tmp_path, line(1, text="a" * LONGEST), line(2, text="a" * (LONGEST + 1)), line(3, 2))
    taken = await take(function, manifest, file)
    assert (taken.stored, taken.alone) == (2, 1)
    assert taken.out == {"refused: text-too-long (more than 50,000 characters)": 1}


async def test_a_full_conversation_goes_on_in_another(
    function: Function, manifest: dict[str, Any], tmp_path: Path
) -> None:
    taken = await take(function, manifest, write(tmp_path, line(1), *(line(n, 1) for n in range(2, 210))))
    assert (taken.stored, taken.alone) == (209, 8)


async def test_the_desk_erases_an_old_name_and_a_later_import_leaves_it_out(
    function: Function, manifest: dict[str, Any], tmp_path: Path, sign_in: SignIn
) -> None:
    file = write(tmp_path, line(1), line(2, 1, name="Tom"), line(3))
    await take(function, manifest, file)
    first = await _first(function)
    mo = await sign_in()
    assert "Erase this old name" in (await mo.get(f"/items/{first.id}")).text
    assert (await mo.act("erase-name", first)).status_code == 303
    assert [one["pseudonym"] for one in await shown(function) if one["state"] != "withdrawn"] == ["Tom"]
    log = [one for one in await function.store.audit(AuditAsk()) if one.action == "erase-name"]
    assert [(one.actor, one.comment != "") for one in log] == [("mo", True)] * 2
    again = await take(function, manifest, write(tmp_path, line(1), line(2, 1, name="Tom"), line(3), line(4)))
    assert (again.stored, again.out) == (0, {"of a name that was erased at the desk": 1})


@pytest.mark.parametrize("by", ["desk", "terminal"])
async def test_what_lies_beside_old_comments_goes_with_them(
    function: Function, manifest: dict[str, Any], tmp_path: Path, sign_in: SignIn, by: str
) -> None:
    await take(function, manifest, write(tmp_path, line(1), line(2, 1, name="Tom"), line(3)))
    first, other, last = [await function.store.comment(one["id"]) for one in await shown(function)]
    for kind in BESIDE:
        for comment in (first, other, last):
            await function.store.keep_beside(DeskRow(kind, comment.id, {"of": "words"}))
    for comment in (first, other):
        place = name_notes_place(function.services.keys, comment.author)
        await function.store.keep_desk_row(DeskRow(NAME_NOTES, place, {"notes": []}))
    if by == "desk":
        assert (await (await sign_in()).act("erase-name", first)).status_code == 303
    else:
        store = f"sqlite:{function.folder / 'store.sqlite'}"
        secret = function.services.settings.secret
        assert await asyncio.to_thread(erase_name, store, CONDITION, "Ana", secret) == 2
    for kind in BESIDE:
        assert [row.id for row in await function.store.desk_rows(kind)] == [other.id]
    assert [row.id for row in await function.store.desk_rows(NAME_NOTES)] == [place]


@pytest.mark.parametrize("known", [True, False])
async def test_a_name_that_a_member_erased_within_twelve_months_is_nobodys(
    build: Build, manifest: dict[str, Any], tmp_path: Path, known: bool
) -> None:
    function = build(clock=Clock(time.time()))
    member = function.member()
    await member.write("Mine.", "Ana")
    await member.send("DELETE", "/me")
    keys = function.services.keys if known else None
    data, file = [json.dumps(manifest).encode()], write(tmp_path, line(1), line(2, name="Tom"))
    taken = await take_in(function.store, file, data, OLD, Judges(), keys)
    assert [one["pseudonym"] for one in await shown(function)] == ["Ana 2" if known else "Ana", "Tom"]
    assert taken.unseen_names == (not known)


async def _first(function: Function) -> Comment:
    comment: Comment = await function.store.comment((await shown(function))[0]["id"])
    return comment


async def test_members_with_a_key_are_not_erased_by_name(function: Function, sign_in: SignIn) -> None:
    answer = await function.member().write("Mine.", "Ana")
    comment = await function.store.comment(answer.json()["comment"]["id"])
    mo = await sign_in()
    assert "Erase this old name" not in (await mo.get(f"/items/{comment.id}")).text
    assert (await mo.act("erase-name", comment)).status_code == 409
    assert await function.store.comment(comment.id) == comment


async def test_the_terminal_erases_too(function: Function, manifest: dict[str, Any], tmp_path: Path) -> None:
    await take(function, manifest, write(tmp_path, line(1), line(2)))
    store = f"sqlite:{function.folder / 'store.sqlite'}"
    with pytest.raises(StoreError, match="as the page shows it"):
        await asyncio.to_thread(erase_name, store, CONDITION, "Tom")
    assert await asyncio.to_thread(erase_name, store, CONDITION, "Ana") == 2


@pytest.mark.parametrize(
    ("parents", "expected", "parentless"),
    [
        ({"a": "", "b": "a", "c": "b"}, "abc", 0),
        ({"c": "b", "b": "a", "a": ""}, "abc", 0),
        ({"a": "c", "b": "a", "c": "b"}, "abc", 1),
        ({"a": "a"}, "a", 1),
        ({"a": "gone", "b": "a"}, "ab", 1),
        ({"a": "b", "b": "a", "c": "b", "d": ""}, "dabc", 1),
    ],
)
def test_parents_come_first_and_circles_are_cut(
    parents: dict[str, str], expected: str, parentless: int
) -> None:
    found = {key: Place(key, parent, THREAD, "en", ord(key), 0) for key, parent in parents.items()}
    ordered, without = in_order(found)
    assert ("".join(one.key for one in ordered), without) == (expected, parentless)
    assert ordered[0].parent == ""
