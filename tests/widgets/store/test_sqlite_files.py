"""SQLite's files as disks and processes treat them: full, locked, damaged, older, copied, left by a kill."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_comments import comment
from tests.widgets.store.test_conformance_votes import once, vote, voter
from widgets.store.records import Busy, StoreError, Tally
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.files import CONTRIBUTIONS, migrate, open_database

pytestmark = pytest.mark.anyio
PAGE = 4096
POLL = vote(1).poll


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "store.sqlite", busy_seconds=0.05)
    yield opened
    await opened.close()


def disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def places(path: Path, numbers: list[int]) -> list[list[str]]:
    """The voters of each page of the file, in the order in which they lie there."""
    content = path.read_bytes()
    pages: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for number in numbers:
        place = content.index(voter(number).encode())
        pages[place // PAGE].append((place, voter(number)))
    return [[name for _, name in sorted(found)] for found in pages.values()]


async def test_neither_file_nor_log_tells_the_order_of_voting_once_the_hour_is_over(
    store: SqliteStore, tmp_path: Path
) -> None:
    numbers = random.Random(5).sample(range(1_000), 60)
    for number in numbers:
        await store.cast(vote(number, "often"), once(f"intent {number}"))
    await store.purge_once("2026-09-01")
    for page in places(tmp_path / "store.sqlite", numbers):
        assert page == sorted(page, reverse=True)
    assert (tmp_path / "store.sqlite-wal").stat().st_size == 0
    assert await store.check() == []


async def test_a_copy_is_private_and_tells_no_order_of_voting(store: SqliteStore, tmp_path: Path) -> None:
    numbers = random.Random(5).sample(range(1_000), 60)
    for number in numbers:
        await store.cast(vote(number, "often"), None)
    copy = tmp_path / "backup" / "copy.sqlite"
    store.back_up(copy)
    store.back_up(copy)
    for page in places(copy, numbers):
        assert page == sorted(page, reverse=True)
    assert os.name == "nt" or copy.stat().st_mode & 0o077 == 0
    again = SqliteStore(copy)
    assert (await again.tally(POLL, 1), await again.check()) == (Tally(60, {"often": 60}), [])
    await again.close()


async def test_a_copy_that_fails_leaves_the_one_before(store: SqliteStore, tmp_path: Path) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    yesterday = (tmp_path / "copy.sqlite").read_bytes()
    (tmp_path / "copy.sqlite.part").mkdir()
    with pytest.raises(StoreError, match="could not be made"):
        store.back_up(tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_bytes() == yesterday


async def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_lost(store: SqliteStore) -> None:
    connection = store._writer._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    acknowledged, refusal = 0, ""
    while not refusal:
        try:
            await store.cast(vote(acknowledged, "often"), None)
            acknowledged += 1
        except Busy as error:
            refusal = str(error)
    assert "SQLITE_FULL" in refusal
    assert await store.recount(POLL, 1) == await store.tally(POLL, 1)
    assert (await store.tally(POLL, 1)).voters == acknowledged > 0
    connection.execute(f"PRAGMA max_page_count = {pages + 100}")
    await store.cast(vote(acknowledged, "often"), None)
    assert (await store.tally(POLL, 1)).voters == acknowledged + 1


async def test_a_store_locked_by_another_process_is_busy_and_then_goes_on(
    store: SqliteStore, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="SQLITE_BUSY"):
            await store.cast(vote(1, "often"), None)
        other.execute("ROLLBACK")
    await store.cast(vote(1, "often"), None)
    assert (await store.tally(POLL, 1)).voters == 1


async def test_a_damaged_page_is_busy_for_askers_and_told_to_the_operator(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    for number in range(200):
        await store.cast(vote(number, "often"), None)
    await store.close()
    with sqlite3.connect(path) as raw:  # of the tables alone: with its schema damaged no file opens at all
        pages = [page for (page,) in raw.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")]
    content = bytearray(path.read_bytes())
    for start in ((page - 1) * PAGE for page in pages):
        content[start : start + 100] = b"\xee" * 100
    path.write_bytes(content)
    store = SqliteStore(path)
    with pytest.raises(Busy, match="SQLITE_CORRUPT"):
        await store.tally(POLL, 1)
    with pytest.raises(Busy, match="SQLITE_CORRUPT"):
        await store.cast(vote(1, "never"), None)
    with pytest.raises(Busy, match="damaged"):
        await store.health()
    assert await store.check() != []
    await store.close()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 100, b"SQLite"])
async def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.sqlite.*SQLITE_NOTADB"):
        SqliteStore(path)
    assert path.read_bytes() == content


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteStore(tmp_path / "file" / "store.sqlite")


async def test_a_store_that_may_only_be_read_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(f"file:{path}?mode=rwc", uri=True)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    immutable = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    with pytest.raises(StoreError, match="SQLITE_READONLY"):
        migrate(immutable, CONTRIBUTIONS)
    immutable.close()


async def test_an_older_schema_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    old = open_database(path, synchronous="FULL")
    migrate(old, CONTRIBUTIONS[:1])
    old.execute("INSERT INTO votes VALUES (?, 1, ?, 'often', '2026-09-22')", (POLL, voter(1)))
    old.execute("INSERT INTO tallies VALUES (?, 1, '', 1), (?, 1, 'often', 1)", (POLL, POLL))
    migrate(old, (*CONTRIBUTIONS[:1], "ALTER TABLE names ADD COLUMN seen TEXT; CREATE TABLE later (x TEXT)"))
    assert old.execute("PRAGMA user_version").fetchone() == (2,)
    assert old.execute("SELECT seen FROM names").fetchall() == []
    assert old.execute("SELECT choices FROM votes").fetchall() == [("often",)]
    old.execute("PRAGMA user_version = 1")
    old.close()
    store = SqliteStore(path)
    assert (await store.tally(POLL, 1), await store.check()) == (Tally(1, {"often": 1}), [])
    await store.close()


async def test_a_step_that_fails_leaves_the_schema_before_it(tmp_path: Path) -> None:
    old = open_database(tmp_path / "store.sqlite", synchronous="FULL")
    migrate(old, CONTRIBUTIONS[:1])
    with pytest.raises(StoreError, match="SQLITE_ERROR"):
        migrate(old, (*CONTRIBUTIONS[:1], "CREATE TABLE later (x TEXT); CREATE TABLE votes (x TEXT)"))
    assert old.execute("PRAGMA user_version").fetchone() == (1,)
    assert old.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []
    old.close()


async def test_several_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from widgets.store.sqlite import SqliteStore\n"
        "import asyncio; store = SqliteStore(Path(sys.argv[1])); asyncio.run(store.close())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "store.sqlite")]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(6)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [(b"", 0)] * 6


def test_a_new_store_waits_for_the_first_transaction_of_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # SQLite refuses to change the journal at once, without its timeout
        monkeypatch.setattr("widgets.store.sqlite.files.time.sleep", lambda seconds: other.execute("COMMIT"))

        with closing(open_database(path, synchronous="FULL")) as opened:
            assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)


DYING = """
import asyncio, os, sys
from pathlib import Path
from tests.widgets.store.test_conformance_comments import comment
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.leftovers import Leftovers
async def main():
    store = SqliteStore(Path(sys.argv[1]))
    written = comment(1, text="words that were taken back " * 20)
    await store.add_comment(written, None)
    Leftovers.remove = lambda self: os._exit(9)
    await store.remove_comment(written.id, written.author)
asyncio.run(main())
"""


async def test_what_a_killed_process_erased_is_gone_with_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", DYING, str(path)], check=False)
    assert (done.returncode, b"taken back" in disk(tmp_path)) == (9, True)
    store = SqliteStore(path)
    await store.cast(vote(1, "often"), None)
    assert b"taken back" not in disk(tmp_path)
    assert await store.comment(comment(1).id) is None
    await store.close()
