"""Copies of a store: where none may lie, and going back to one with what was erased since."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_comments import comment
from tests.widgets.store.test_conformance_votes import vote, voter
from widgets.store.desk_records import DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Mark, MarkChange, StoreError, Tally
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.erasures import log_path
from widgets.store.sqlite.files import CONTRIBUTIONS, migrate, open_database
from widgets.store.sqlite.inspection import check_file, demand_sound
from widgets.store.sqlite.restoring import restore

pytestmark = pytest.mark.anyio
POLL = vote(1).poll


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(path)
    await opened.cast(vote(1, "often"), None)
    await opened.cast(vote(2, "never"), None)
    await opened.add_comment(comment(1, text="stays"), None)
    await opened.add_comment(comment(2, text="erased later"), None)
    yield opened
    await opened.close()


def itself(path: Path) -> Path:
    return path


def symbolic(path: Path) -> Path:
    path.with_name("link").symlink_to(path)
    return path.with_name("link")


def hard(path: Path) -> Path:
    path.with_name("hard").hardlink_to(path)
    return path.with_name("hard")


def through_a_folder(path: Path) -> Path:
    folder = path.parent / "folder"
    folder.symlink_to(path.parent, target_is_directory=True)
    return folder / path.name


def beside(suffix: str) -> Callable[[Path], Path]:
    return lambda path: path.with_name(path.name + suffix)


PLACES = [itself, symbolic, hard, through_a_folder]
SUFFIXES = ["-wal", "-shm", "-turn", "-ledger", "-ledger-wal", "-erasures", "-erasures-shm"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize(
    "place", [*PLACES, *map(beside, SUFFIXES)], ids=[*(p.__name__ for p in PLACES), *SUFFIXES]
)
async def test_no_copy_takes_the_place_of_a_file_of_the_store(
    store: SqliteStore, path: Path, place: Callable[[Path], Path]
) -> None:
    with pytest.raises(StoreError, match="a file of the store itself"):
        store.back_up(place(path))
    await store.cast(vote(3, "often"), None)
    assert (await store.tally(POLL, 1)).voters == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
async def test_no_copy_of_a_linked_store_takes_the_place_of_the_file_behind(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "real.sqlite")
    opened = SqliteStore(tmp_path / "link.sqlite")
    for name in ("real.sqlite", "real.sqlite-wal"):
        with pytest.raises(StoreError, match="a file of the store itself"):
            opened.back_up(tmp_path / name)
    await opened.close()


async def test_no_copy_takes_the_place_of_another_store_in_use(store: SqliteStore, tmp_path: Path) -> None:
    other = SqliteStore(tmp_path / "other.sqlite")
    with pytest.raises(StoreError, match="a store in use"):
        store.back_up(tmp_path / "other.sqlite")
    await other.close()


async def test_what_was_erased_since_the_copy_does_not_come_back(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    reaction = MarkChange("reaction", comment(1).thread, "p" * 32, Mark("", "thanks"), True, "2026-09-22")
    await store.mark(reaction, None)
    await store.add_comment(comment(3, text="a number that is redacted later", state="published"), None)
    await store.add_comment(comment(4, text="rejected later", state="published"), None)
    await store.keep_desk_row(DeskRow("passkey", "k", {"staff": "mo"}))
    await store.keep_desk_row(DeskRow("session", "s", {"staff": "mo"}, 2_000_000_000))
    staff = await store.keep_desk_row(DeskRow("staff", "mo", {"name": "Mo", "revoked": None}))
    store.back_up(tmp_path / "copy.sqlite")

    await store.cast(vote(2), None)
    await store.erase_marks("reaction", reaction.thread, reaction.person)
    await store.remove_comment(comment(2).id, comment(2).author)
    await store.change_comment(CommentChange(comment(3).id, 1, {"text": "[…]", "html": "<p>[…]</p>"}))
    await store.change_comment(CommentChange(comment(4).id, 1, {"state": "rejected"}))
    await store.drop_desk_row("passkey", "k")
    await store.keep_desk_row(DeskRow("staff", "mo", {"name": "Mo", "revoked": 5}, None, staff.revision))
    await store.close()

    done = restore(tmp_path / "copy.sqlite", path)
    assert done.erased == {"comments": 2, "held": 1, "votes": 1, "marks": 1, "desk": 2}
    again = SqliteStore(path)
    assert await again.check() == []
    assert await again.tally(POLL, 1) == Tally(1, {"often": 1})
    assert await again.mark_counts("reaction", [reaction.thread]) == {reaction.thread: {}}
    texts = {
        number: found.text for number in (1, 2, 3, 4) if (found := await again.comment(comment(number).id))
    }
    assert texts == {1: "stays", 4: "rejected later"}
    held = await again.comment(comment(4).id)
    assert held is not None
    assert (held.state, held.queued, held.held) == ("held", True, ("restored",))
    assert (await again.desk_rows("passkey"), await again.desk_rows("session")) == ([], [])
    assert (await again.desk_rows("staff"))[0].value["revoked"]
    await again.close()
    content = path.read_bytes()
    assert b"erased later" not in content
    assert b"redacted later" not in content


async def test_a_vote_that_was_cast_anew_before_the_copy_stays(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    await store.cast(vote(2), None)
    await store.cast(vote(2, "often"), None)
    store.back_up(tmp_path / "copy.sqlite")
    await store.close()
    assert restore(tmp_path / "copy.sqlite", path).erased == {}
    again = SqliteStore(path)
    assert await again.tally(POLL, 1) == Tally(2, {"often": 2})
    await again.close()


async def test_a_copy_can_be_gone_back_to_twice(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.remove_comment(comment(2).id, None)
    await store.close()
    for _ in range(2):
        restore(tmp_path / "copy.sqlite", path)
        again = SqliteStore(path)
        assert await again.comment(comment(2).id) is None
        await again.cast(vote(1), None)
        await again.close()


async def test_the_log_outlives_its_store_and_holds_no_word(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.remove_comment(comment(2).id, None)
    await store.close()
    path.unlink()
    successor = SqliteStore(path)
    await successor.cast(vote(9, "often"), None)
    await successor.cast(vote(9), None)
    await successor.close()
    told = log_path(path).read_bytes()
    assert not any(word.encode() in told for word in (comment(2).id, comment(2).author, voter(9), POLL))
    assert restore(tmp_path / "copy.sqlite", path).erased == {"comments": 1}


async def test_without_the_log_a_copy_is_refused_unless_somebody_accepts_it(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.close()
    log_path(path).unlink()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="what was erased since the copy cannot be known"):
        restore(tmp_path / "copy.sqlite", path)
    assert path.read_bytes() == before
    restore(tmp_path / "copy.sqlite", path, without_erasures=True)


async def test_a_log_that_is_older_than_the_copy_is_refused(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    await store.cast(vote(2), None)
    store.back_up(tmp_path / "copy.sqlite")
    await store.close()
    other = SqliteStore(tmp_path / "other.sqlite")
    await other.close()
    with pytest.raises(StoreError, match="older than the copy, or belongs to another store"):
        restore(tmp_path / "copy.sqlite", path, erasures=log_path(tmp_path / "other.sqlite"))


async def test_a_store_in_use_is_not_replaced(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    with pytest.raises(StoreError, match="in use"):
        restore(tmp_path / "copy.sqlite", path)
    await store.cast(vote(3, "often"), None)
    assert (await store.tally(POLL, 1)).voters == 3


async def test_a_damaged_copy_is_refused(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    store.back_up(copy)
    await store.close()
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE tallies SET n = n + 5")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="The copy is damaged"):
        restore(copy, path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.restoring*"))


async def test_a_damaged_store_is_replaced_and_kept_beside(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.close()
    path.write_bytes(b"nothing that SQLite knows" * 500)
    done = restore(tmp_path / "copy.sqlite", path)
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"nothing")
    again = SqliteStore(path)
    assert (await again.tally(POLL, 1)).voters == 2
    await again.close()


async def test_a_copy_of_an_earlier_version_says_that_erasures_cannot_be_known(
    path: Path, tmp_path: Path
) -> None:
    old = open_database(tmp_path / "old.sqlite", synchronous="FULL")
    migrate(old, CONTRIBUTIONS[:4])
    old.close()
    with pytest.raises(StoreError, match="kept no log of erasures"):
        restore(tmp_path / "old.sqlite", path)
    restore(tmp_path / "old.sqlite", path, without_erasures=True)
    assert check_file(path) == []


async def test_a_check_goes_on_beside_a_writer(store: SqliteStore, path: Path) -> None:
    with sqlite3.connect(path, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert check_file(path) == []
        writer.execute("ROLLBACK")
    writer.close()


async def test_a_start_refuses_a_damaged_file_and_says_what_to_do(store: SqliteStore, path: Path) -> None:
    for number in range(200):
        await store.cast(vote(number, "often"), None)
    await store.close()
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 100] = b"\xee" * 100
    path.write_bytes(content)
    with pytest.raises(StoreError, match="restore"):
        demand_sound(path, "Go back to a copy with `gatherwell function restore`.")
    demand_sound(path.with_name("absent.sqlite"), "")
