"""What was erased is nowhere in the file: not in the copies that b-tree balancing leaves, which secure_delete misses."""

from __future__ import annotations

import asyncio
import logging
import random
import sqlite3
from contextlib import nullcontext
from pathlib import Path

import pytest

from widgets.store.desk_records import AuditEntry
from widgets.store.records import Busy, Comment
from widgets.store.sqlite import SqliteStore, comments, leftovers
from widgets.store.sqlite.files import CONTRIBUTIONS, migrate, open_database
from widgets.store.sqlite.leftovers import Leftovers, pause_after

pytestmark = pytest.mark.anyio
# Histories of which secure_delete alone left a copy in the file.
LEAVING = [4, 5, 16, 23]


def written(chance: random.Random, number: int) -> Comment:
    id_ = f"{number:026d}"
    author, name = chance.randbytes(16).hex(), "Name" + chance.randbytes(5).hex()
    text = ("ERASEME" if number % 2 == 0 else "kept") + chance.randbytes(chance.randint(5, 600)).hex()
    return Comment(
        id=id_, thread="migraine~aura", condition="migraine", root=id_, parent=None, author=author, pseudonym=name,
        skeleton=name, text=text, html=f"<p>{text}</p>\n", lang="en", state="held", created=number, held=("first",),
        urgency=1, queued=True,
    )  # fmt: skip


def history(path: Path, seed: int) -> list[Comment]:
    """A file of 300 comments, of which every second is to be erased, in the order returned."""
    chance = random.Random(seed)
    database = open_database(path, synchronous="OFF")
    migrate(database, CONTRIBUTIONS)
    database.execute("BEGIN")
    all_ = [written(chance, number) for number in range(300)]
    for one in all_:
        comments.add(database, one, None)
    database.execute("COMMIT")
    database.close()
    wanted = all_[::2]
    chance.shuffle(wanted)
    return wanted


def left(path: Path) -> int:
    return sum(part.read_bytes().count(b"ERASEME") for part in path.parent.glob(f"{path.name}*"))


async def erased(path: Path, wanted: list[Comment]) -> int:
    """How many copies are left once the store has answered."""
    store = SqliteStore(path)
    await asyncio.gather(*(store.remove_comment(one.id, one.author) for one in wanted))
    found = left(path)
    await store.close()
    return found


@pytest.mark.parametrize("seed", LEAVING)
def test_secure_delete_alone_leaves_copies(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.sqlite"
    wanted = history(path, seed)
    database = open_database(path, synchronous="OFF")
    database.execute("BEGIN")
    for one in wanted:
        comments.remove(database, one.id, one.author)
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(path) > 0
    database.close()


@pytest.mark.parametrize("seed", LEAVING)
async def test_when_the_erasure_is_answered_nothing_is_left(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.sqlite"
    assert await erased(path, history(path, seed)) == 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(200))
async def test_nothing_is_left_of_many_histories(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.sqlite"
    assert await erased(path, history(path, seed)) == 0


async def test_a_file_that_is_damaged_while_something_is_left_refuses_and_never_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "pause_after", lambda took: 0.1)
    path = tmp_path / "store.sqlite"
    chance = random.Random(1)
    store, other = SqliteStore(path), SqliteStore(path)
    rows = [written(chance, number) for number in range(4)]
    for one in rows:
        await store.add_comment(one, None)
    for one in rows[:2]:  # the second waits for its turn
        await store.remove_comment(one.id, one.author)
    await other.add_comment(written(chance, 4), None)  # what the first has in its cache is of no use now
    for part in (path, path.with_name(f"{path.name}-wal")):
        part.write_bytes(b"x" * part.stat().st_size)
    for _ in range(2):
        with pytest.raises(Busy):
            await asyncio.wait_for(store.remove_comment(rows[2].id, rows[2].author), 5)
        await asyncio.sleep(0.15)
    for opened in (store, other):
        await opened.close()


async def test_a_start_removes_what_a_killed_process_left(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    wanted = history(path, LEAVING[0])
    database = open_database(path, synchronous="OFF")
    database.execute("BEGIN")
    for one in wanted:
        comments.remove(database, one.id, one.author)
    database.execute("UPDATE erasure_mark SET seq = seq + 1")
    database.execute("COMMIT")
    database.close()
    store = SqliteStore(path)
    await store.append_audit(AuditEntry("1", 1, "terminal", "test"))
    assert left(path) == 0
    await store.close()


@pytest.mark.parametrize(
    ("took", "pause"), [(0.0, 0.0), (0.02, 0.2), (2.0, 20.0), (30.0, 300.0), (90.0, 300.0)]
)
def test_rows_are_laid_anew_a_tenth_of_the_time_and_within_minutes(took: float, pause: float) -> None:
    assert pause_after(took) == pytest.approx(pause)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_what_could_not_be_removed_is_logged_with_its_age(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "store.sqlite"
    history(path, 0)
    clock = Clock()
    database = open_database(path, synchronous="OFF", busy_seconds=0.0)
    leftovers = Leftovers(database, nullcontext(), clock)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        leftovers.erased()
        with caplog.at_level(logging.WARNING, "gatherwell.store"):
            leftovers.remove()
            assert caplog.text == ""
            clock.now += 301
            leftovers.remove()
        assert "What was erased 5 minutes ago is still in the store's file" in caplog.text
        other.execute("ROLLBACK")
    other.close()
    clock.now += 2
    leftovers.remove()
    assert leftovers.wait() is None
    database.close()


def test_a_large_file_is_laid_anew_within_minutes_and_not_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.store.sqlite.leftovers._SMALL", 1)
    path = tmp_path / "store.sqlite"
    history(path, 0)
    clock = Clock()
    database = open_database(path, synchronous="OFF")
    leftovers = Leftovers(database, nullcontext(), clock)
    leftovers.erased()
    leftovers.remove()
    assert (leftovers.keeps_writers_waiting(), leftovers.wait()) == (False, 60.0)
    clock.now += 60
    assert leftovers.keeps_writers_waiting()
    leftovers.remove_slowly()
    assert leftovers.wait() is None
    database.close()
