"""An export and its way into an empty store: equal threads, tallies and results, and no hash of anybody."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Build, Function
from tests.widgets.desk.conftest import told
from tests.widgets.desk.conftest import written as anything_written
from widgets.contract.manifest import parse_manifest
from widgets.desk.exports.records import FILES, schema
from widgets.desk.exports.restoring import ballots, restore_contributions
from widgets.desk.exports.threads import write_threads, write_voices
from widgets.desk.exports.together import write_together
from widgets.desk.exports.writing import write_contributions
from widgets.desk.moderation.assignments import ASSIGNED
from widgets.desk.moderation.memos import POST_NOTES
from widgets.desk.moderation.sources import note_html
from widgets.function.text.appeals import APPEAL
from widgets.function.text.false_alarms import FALSE_ALARM
from widgets.function.text.mistakes import MISTAKE
from widgets.function.text.name_claims import ERASED_NAME, STAFF
from widgets.function.text.name_notes import NAME_NOTES
from widgets.function.text.private_answers import PRIVATE_ANSWER
from widgets.function.text.refused_pleas import REFUSED
from widgets.function.text.withdrawn_pleas import WITHDRAWN
from widgets.rules.text import render, render_long
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.publications import Rounding
from widgets.store.records import Busy, Comment, Mark, MarkChange, Note, StoreError, Tally, Vote
from widgets.store.surveys import Fixed
from widgets.store.voices import Message, Voice, Words

pytestmark = pytest.mark.anyio
CONDITION = THREAD.partition("~")[0]
SOURCE = "https://example.org/a"
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
    await shown_voices(function, root.id)


async def shown_voices(function: Function, answer: str | None = None) -> list[Voice]:
    """A story with every tick and mark, and a question with its accepted answer."""
    words = Words("Winter", "## Before\n\nIt *began*.")
    page = {"state": "published", "shown": words, "html": render_long(words.text), "published": "2026-09-20"}
    story = await told(
        function,
        **page,
        pseudonym="Quiet Heron",
        consents=("publish", "edit", "share", "archive"),
        carer=True,
        content_notes=("illness",),
        note=Note(note_html("See [x](https://x.example)", SOURCE, "Mo O'Hara"), SOURCE, "Mo O'Hara"),
        messages=(Message("writer", "Private words", "2026-09-19"),),
        written=Words("First", "Words that were edited"),
    )
    return [story, await told(function, **page, kind="question", accepted=answer)]


async def public(function: Function, manifest: dict[str, Any]) -> dict[str, Any]:
    pages = (await function.get("/snapshot")).json()["pages"]
    paths = [f"/threads/{id_}" for id_ in manifest["threads"]] + [
        f"/polls/{id_}" for id_ in manifest["polls"]
    ]
    paths += [f"/snapshot?page={number}&of={pages}" for number in range(pages)]
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


async def test_a_published_story_is_on_its_page_again_and_in_nobodys_hands(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    shown = await shown_voices(one)
    for state in ("sent", "read", "asked", "offered", "declined"):
        await told(one, state=state, written=Words("Unpublished", "Unpublished"))
    await carried(one, two, manifest, tmp_path)
    assert "Unpublished" not in (tmp_path / "voices.jsonl").read_text("utf-8")
    before = await public(one, manifest)
    assert sum(len(page.get("voices", {})) for page in before.values()) == 2
    assert await public(two, manifest) == before
    story = await two.store.voices.voice(shown[0].id)
    assert (story.consents, story.created, story.messages) == (shown[0].consents, shown[0].created, ())
    assert story.written == shown[0].shown
    assert await two.store.voices.by_author(shown[0].author) == []
    assert await two.store.voices.by_receipt(shown[0].receipt) is None
    assert await two.store.check() == []


async def test_a_story_that_was_erased_after_an_import_does_not_come_again(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    story, question = await shown_voices(one)
    await carried(one, two, manifest, tmp_path)
    await two.store.voices.remove(story.id, None)
    again = await restore_contributions(two.store, tmp_path)
    assert (again.stored, again.known) == ({}, {"voices": 2})
    assert [each.id for each in await two.store.voices.listed(("published",))] == [question.id]


async def test_an_import_that_ended_within_a_story_goes_on(
    build: Build, manifest: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = build(), build()
    await shown_voices(one)
    add = two.store.voices.add

    async def dies(voice: Voice, once: None) -> None:
        await add(voice, once)
        raise StoreError("power cut")

    monkeypatch.setattr(two.store.voices, "add", dies)
    with pytest.raises(StoreError, match="power cut"):
        await carried(one, two, manifest, tmp_path)
    monkeypatch.undo()
    assert (await restore_contributions(two.store, tmp_path)).stored == {"voices": 2}
    assert await public(two, manifest) == await public(one, manifest)


@pytest.mark.parametrize(
    ("field", "value"), [("consents", ["share"]), ("id", "../../x"), ("kind", "poem"), ("published", "soon")]
)
async def test_a_line_that_no_story_makes_is_refused(
    build: Build, manifest: dict[str, Any], tmp_path: Path, field: str, value: Any
) -> None:
    one, two = build(), build()
    await shown_voices(one)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    file = tmp_path / "voices.jsonl"
    line = {**json.loads(file.read_text("utf-8").splitlines()[0]), field: value}
    file.write_text(json.dumps(line), "utf-8")
    with pytest.raises(StoreError, match=r"voices\.jsonl: line 1"):
        await restore_contributions(two.store, tmp_path)


async def test_no_hash_of_anybody_is_in_an_export_and_it_is_its_owners_alone(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one = build()
    await lived_in(one, manifest)
    parsed = parse_manifest(json.dumps(manifest).encode())
    await write_contributions(one.store, [parsed], tmp_path)
    write_threads(tmp_path, tmp_path / "threads", [parsed])
    write_voices(tmp_path, tmp_path)
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
    for voice in await one.store.voices.listed(("published",)):
        assert voice.author not in text
        assert voice.receipt not in text
        assert voice.written.text == voice.shown.text or voice.written.text not in text
    assert "Private words" not in text
    [story] = (tmp_path / "stories").iterdir()
    assert story.read_text("utf-8").startswith(
        "# Winter\n\n**Quiet Heron**, 2026-09-20, illness\n\n## Before"
    )


PRIVATE = (
    APPEAL,
    PRIVATE_ANSWER,
    MISTAKE,
    POST_NOTES,
    NAME_NOTES,
    FALSE_ALARM,
    WITHDRAWN,
    REFUSED,
    ASSIGNED,
    STAFF,
    ERASED_NAME,
)


async def test_what_only_the_desk_knows_is_in_no_file_of_an_export(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one = build()
    await lived_in(one, manifest)
    [waiting] = [row.id for _, row in await one.store.queue(9)]
    for kind in PRIVATE:
        row = DeskRow(kind, f"canary-id-{kind}", {"text": "canary", "name": "canary", "times": 1})
        await one.store.keep_desk_row(row)
        await one.store.keep_desk_row(DeskRow(kind, waiting, {"text": "canary"}))
    await one.store.append_audit(AuditEntry("0" * 26, 1, "canary", "note", after={"canary": "canary"}))
    parsed = parse_manifest(json.dumps(manifest).encode())
    await write_contributions(one.store, [parsed], tmp_path / "out")
    write_threads(tmp_path / "out", tmp_path / "out/threads", [parsed])
    write_voices(tmp_path / "out", tmp_path / "out")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert [path.name for path in written if b"canary" in path.read_bytes()] == []


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


async def test_a_file_that_is_missing_is_not_taken_for_an_empty_one(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    await write_contributions(build().store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    (tmp_path / "comments.jsonl").unlink()
    with pytest.raises(StoreError, match=r"comments\.jsonl: is missing"):
        await restore_contributions(build().store, tmp_path)


async def test_an_answer_in_front_of_its_conversation_is_refused_before_anything_is_stored(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    await lived_in(one, manifest)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    file = tmp_path / "comments.jsonl"
    file.write_bytes(b"".join(reversed(file.read_bytes().splitlines(keepends=True))))
    with pytest.raises(StoreError, match="in front of the first comment"):
        await restore_contributions(two.store, tmp_path)


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
    ("name", "changed", "cause"),
    [
        ("comments", {"id": "../../x"}, "line 2 is not"),
        ("comments", {"state": "pinned"}, "line 2 is not"),
        ("comments", {"role": "chief"}, "line 2 is not"),
        ("comments", {"thread": "arthritis~work"}, "another condition"),
        ("comments", {"thread": "migraine~elsewhere"}, "not in this thread"),
        ("comments", {"root": "0" * 26}, "not in this thread"),
        ("comments", {"id": "$1", "parent": None}, "the id of line 1"),
        ("comments", {"parent": "$2"}, "none answers itself"),
        ("comments", {"parent": "$3"}, "in a circle"),
        ("comments", {"created": -1}, "line 2 is not"),
        ("comments", {"created": 10**17}, "line 2 is not"),
        ("comments", {"reactions": {"hug": 10**9}}, "line 2 is not"),
        ("comments", {"reactions": {"hug": -1}}, "line 2 is not"),
        ("polls", {"voters": 10**9, "votes": {"a": 10**9}}, "line 2 is not"),
        ("polls", {"voters": 3, "votes": {"a": 4}}, "No votes make"),
        ("polls", {"published_votes": {"<b>": 1}}, "line 2 is not"),
        ("reactions", {"reactions": {"me-too": 10**9}}, "line 1 is not"),
        ("comments", {"pseudonym": "x" * 1000}, "line 2 is not"),
        ("comments", {"urgency": -(10**25)}, "line 2 is not"),
        ("polls", {"version": 10**25}, "line 2 is not"),
        ("voices", {"condition": "../x"}, "line 2 is not"),
        ("voices", {"published": "2026-99-99"}, "line 2 is not"),
    ],
)
async def test_what_no_export_holds_is_refused_in_words(
    build: Build, manifest: dict[str, Any], tmp_path: Path, name: str, changed: dict[str, Any], cause: str
) -> None:
    one, two = build(), build()
    await lived_in(one, manifest)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    file = tmp_path / f"{name}.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    ids = {f"${number}": line.get("id") for number, line in enumerate(lines, 1)}
    lines[min(1, len(lines) - 1)] |= {key: ids.get(str(value), value) for key, value in changed.items()}
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    with pytest.raises(StoreError, match=cause):
        await restore_contributions(two.store, tmp_path)
    assert await two.store.queue(5) == []


async def test_a_note_that_was_changed_by_hand_holds_no_script(
    build: Build, manifest: dict[str, Any], tmp_path: Path
) -> None:
    one, two = build(), build()
    [story, _] = await shown_voices(one)
    await write_contributions(one.store, [parse_manifest(json.dumps(manifest).encode())], tmp_path)
    file = tmp_path / "voices.jsonl"
    note = {"html": "<p onclick='x()'>Words<script>x()</script></p>", "source": "javascript:x()", "by": "Mo"}
    lines = [json.loads(line) | {"note": note} for line in file.read_text("utf-8").splitlines()]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    await restore_contributions(two.store, tmp_path)
    restored = await two.store.voices.voice(story.id)
    assert restored is not None
    assert restored.note == Note("<p>Words</p>", None, "Mo")


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


async def test_counts_are_carried_together_and_one_by_one_where_a_store_is_busy() -> None:
    at_work, most = 0, 0
    made: list[int] = []

    def writing(number: int) -> Callable[[], Awaitable[None]]:
        async def write() -> None:
            nonlocal at_work, most
            at_work, most = at_work + 1, max(most, at_work + 1)
            await asyncio.sleep(0)
            at_work -= 1
            if number == 300 and number not in made and at_work:
                made.append(number)
                raise Busy
            made.append(number)

        return write

    await write_together(writing(number) for number in range(400))
    assert most == 256
    assert set(made) == set(range(400))
