"""An export and its way into an empty store: equal threads, tallies and results, and no hash of anybody."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import written as anything_written
from widgets.contract.manifest import parse_manifest
from widgets.desk.exports.records import FILES, schema
from widgets.desk.exports.restoring import ballots, restore_contributions
from widgets.desk.exports.threads import write_threads
from widgets.desk.exports.writing import write_contributions
from widgets.rules.text import render
from widgets.store.publications import Rounding
from widgets.store.records import Comment, Mark, MarkChange, StoreError, Tally, Vote
from widgets.store.surveys import Fixed

pytestmark = pytest.mark.anyio
CONDITION = THREAD.partition("~")[0]
RESULTS = {"version": 1, "moment": "2026-09-01T00:00:00Z", "tables": []}


async def lived_in(function: Function, manifest: dict[str, Any]) -> None:
    """A store in which there is something of everything."""

    async def written(function: Function, text: str, **more: Any) -> Comment:
        return await anything_written(function, text, html=render(text), **more)

    root = await written(function, "Root *words*", state="published", pseudonym="Ana", skeleton="ana")
    gone = await written(function, "Gone", state="published", root=root.id, parent=root.id)
    await written(function, "Deep", state="published", root=root.id, parent=gone.id)
    await written(
        function, "Nurse", state="published", root=root.id, parent=root.id, role="clinician", skeleton="@x"
    )
    await written(function, "Waits")
    await function.store.remove_comment(gone.id, gone.author)
    for number in range(3):
        mark = MarkChange("reaction", THREAD, f"{number:032x}", Mark(root.id, "hug"), True, "2026-09-22")
        await function.store.mark(mark, None)
        await function.store.mark(
            MarkChange("reaction", THREAD, f"{number:032x}", Mark("", "me-too"), True, "2026-09-22"), None
        )
    for id_, poll in manifest["polls"].items():
        keys = [option["key"] for option in poll["options"]]
        for number in range(14):
            chosen = tuple(keys[:2] if poll["max"] > 1 and number % 3 else [keys[number % len(keys)]])
            await function.store.cast(
                Vote(id_, poll["version"], f"{number:032x}", chosen, "2026-09-01"), None
            )
        if poll["sensitive"]:
            await function.store.publish(id_, poll["version"], 1_790_000_000, Rounding(11))


async def public(function: Function, manifest: dict[str, Any]) -> dict[str, Any]:
    paths = [f"/threads/{id_}" for id_ in manifest["threads"]] + [
        f"/polls/{id_}" for id_ in manifest["polls"]
    ]
    return {path: (await function.get(path)).json() for path in paths}


async def carried(source: Function, target: Function, manifest: dict[str, Any], folder: Path) -> None:
    await write_contributions(source.store, [parse_manifest(json.dumps(manifest).encode())], folder)
    await restore_contributions(target.store, folder)


async def test_threads_and_tallies_are_equal(build: Build, manifest: dict[str, Any], tmp_path: Path) -> None:
    one, two = build(), build()
    await lived_in(one, manifest)
    await carried(one, two, manifest, tmp_path / "a")
    before = await public(one, manifest)
    assert len(before[f"/threads/{THREAD}"]["comments"]) == 4
    assert await public(two, manifest) == before
    for id_, poll in manifest["polls"].items():
        assert await two.store.tally(id_, poll["version"]) == await one.store.tally(id_, poll["version"])
    assert [one_.text for _, one_ in await two.store.queue(5)] == ["Waits"]
    assert await two.store.check() == []


async def test_a_second_import_and_a_second_export_change_nothing(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    await lived_in(one, manifest)
    await carried(one, two, manifest, tmp_path / "a")
    before = await public(two, manifest)
    again = await restore_contributions(two.store, tmp_path / "a")
    assert again.stored == {}
    assert await public(two, manifest) == before
    await carried(two, build(), manifest, tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "a" / name).read_bytes()


async def test_results_of_a_survey_stay_as_they_were_published(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    await one.store.surveys.publish(
        "migraine~care", 1, 1_780_000_000, lambda *_: Fixed(json.dumps(RESULTS), True)
    )
    await carried(one, two, manifest, tmp_path)
    head = await two.store.surveys.head("migraine~care", 1)
    assert (json.loads(head.results), head.moment, head.ended) == (RESULTS, 1_780_000_000, True)
    assert (await restore_contributions(two.store, tmp_path)).known == {"surveys": 1}


async def test_no_hash_of_anybody_is_in_an_export_and_it_is_its_owners_alone(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one = build()
    await lived_in(one, manifest)
    parsed = parse_manifest(json.dumps(manifest).encode())
    await write_contributions(one.store, [parsed], tmp_path)
    write_threads(tmp_path, tmp_path / "threads", [parsed])
    files = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and "function-" not in str(path) and path.name != "manifest.json"
    ]
    text = "".join(path.read_text("utf-8") for path in files)
    assert [row for row in await one.store.queue(9) if row[1].author in text] == []
    assert f"{1:032x}" not in text
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    page = (tmp_path / "threads" / f"{THREAD}.md").read_text("utf-8")
    assert "Root *words*" in page
    assert ">> Deep" in page
    assert "Waits" not in page


async def test_lines_are_as_their_schemas_say(build: Build, manifest: dict[str, Any], tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    one = build()
    await lived_in(one, manifest)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    for name, record in FILES.items():
        for line in (tmp_path / name).read_text("utf-8").splitlines():
            jsonschema.validate(json.loads(line), schema(record))


async def test_counts_are_never_added_to_counts(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one = build()
    await lived_in(one, manifest)
    with pytest.raises(StoreError, match="has counts here already"):
        await carried(one, one, manifest, tmp_path)


async def test_a_damaged_file_is_refused_before_anything_is_stored(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    await lived_in(one, manifest)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    (tmp_path / "polls.jsonl").write_text('{"poll": "x', "utf-8")
    with pytest.raises(StoreError, match=r"polls\.jsonl: line 1"):
        await restore_contributions(two.store, tmp_path)
    assert await two.store.queue(5) == []


@pytest.mark.parametrize(
    ("voters", "votes"),
    [(0, {}), (3, {"a": 3}), (3, {"a": 1, "b": 2}), (5, {"a": 5, "b": 3, "c": 1}), (2, {"a": 2, "b": 2})],
)
def test_ballots_make_their_tally(voters: int, votes: dict[str, int]) -> None:
    made = ballots(voters, votes)
    assert len(made) == voters
    assert all(one and len(set(one)) == len(one) for one in made)
    assert {key: sum(key in one for one in made) for key in votes} == votes


@pytest.mark.parametrize(("voters", "votes"), [(3, {"a": 4}), (3, {"a": 2}), (1, {"a": -1, "b": 2})])
def test_a_tally_that_no_votes_make_is_refused(voters: int, votes: dict[str, int]) -> None:
    with pytest.raises(StoreError):
        ballots(voters, Tally(voters, votes).votes)
