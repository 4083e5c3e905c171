"""A store that is moved, deleted or replaced while it is open: no write is acknowledged into nothing."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_comments import comment
from tests.widgets.store.test_conformance_surveys import text
from tests.widgets.store.test_conformance_votes import vote
from widgets.store.records import Busy, NoStore, Tally
from widgets.store.sqlite import SqliteLedger, SqliteStore
from widgets.store.sqlite.erasures import log_path
from widgets.store.sqlite.files import APPLICATION_ID, open_database

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there"),
]
POLL = vote(1).poll


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "store.sqlite", busy_seconds=0.05)
    await opened.cast(vote(1, "often"), None)
    yield opened
    await opened.close()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite"))


def deleted(path: Path) -> None:
    path.unlink()


def swapped(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


def without_its_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def without_its_index(path: Path) -> None:
    path.with_name(f"{path.name}-shm").unlink()


@pytest.mark.parametrize("blow", [moved, deleted, swapped, without_its_log, without_its_index])
async def test_writes_and_health_fail_at_once(
    store: SqliteStore, tmp_path: Path, blow: Callable[[Path], None]
) -> None:
    blow(tmp_path / "store.sqlite")
    with pytest.raises(Busy, match="is not the file that was opened"):
        await store.cast(vote(2, "often"), None)
    with pytest.raises(Busy, match="is not the file that was opened"):
        await store.health()


@pytest.mark.parametrize("blow", [moved, deleted, swapped, without_its_log, without_its_index])
async def test_no_text_waits_in_a_ledger_that_is_gone_and_limits_go_on(
    tmp_path: Path, blow: Callable[[Path], None]
) -> None:
    ledger = SqliteLedger(path := tmp_path / "ledger", busy_seconds=0.05)
    await ledger.texts.wait(text(1))
    blow(path)
    with pytest.raises(Busy, match=r"ledger.* is not the file that was opened"):
        await ledger.texts.wait(text(2))
    with pytest.raises(Busy, match=r"ledger.* is not the file that was opened"):
        await ledger.texts.demand()
    assert await ledger.spend("token", "by", 1)
    await ledger.close()


@pytest.mark.parametrize("blow", [moved, deleted, swapped, without_its_log, without_its_index])
async def test_erasures_and_health_fail_without_the_log_of_erasures(
    store: SqliteStore, tmp_path: Path, blow: Callable[[Path], None]
) -> None:
    blow(log_path(tmp_path / "store.sqlite"))
    with pytest.raises(Busy, match=r"erasures.* is not the file that was opened"):
        await store.cast(vote(1), None)
    with pytest.raises(Busy, match=r"erasures.* is not the file that was opened"):
        await store.health()
    await store.cast(vote(2, "often"), None)
    assert await store.tally(POLL, 1) == Tally(2, {"often": 2})


async def test_a_store_that_is_put_back_goes_on(store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    moved(path)
    with pytest.raises(Busy):
        await store.cast(vote(2, "often"), None)
    path.with_name("elsewhere.sqlite").rename(path)
    await store.cast(vote(2, "often"), None)
    assert (await store.tally(POLL, 1), await store.recount(POLL, 1)) == (Tally(2, {"often": 2}),) * 2
    await store.health()


async def test_health_tells_the_last_write_and_the_room(store: SqliteStore, tmp_path: Path) -> None:
    found = await store.health()
    assert found.last_write == int((tmp_path / "store.sqlite-wal").stat().st_mtime)
    assert found.free_bytes is not None
    assert found.free_bytes > 0


async def refusal(store: SqliteStore) -> str:
    """Why a large comment is not taken; empty where it is."""
    number = secrets.randbelow(10**9)
    try:
        await store.add_comment(comment(number, text="words " * 500), None)
    except Busy as error:
        return str(error)
    return ""


async def test_health_fails_while_the_disk_is_full_and_recovers(store: SqliteStore) -> None:
    connection = store._writer._connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    refused = ""
    while not refused:
        refused = await refusal(store)
    assert "SQLITE_FULL" in refused
    with pytest.raises(Busy, match="SQLITE_FULL"):
        await store.health()
    connection.execute("PRAGMA max_page_count = 100000")
    await store.health()
    assert not store._writer.fault


async def test_health_fails_while_another_process_holds_the_lock(store: SqliteStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="SQLITE_BUSY"):
            await store.health()
        other.execute("ROLLBACK")
    other.close()
    await store.health()


async def test_the_header_says_whose_file_it_is(store: SqliteStore, tmp_path: Path) -> None:
    assert store._reader.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


async def test_a_server_leaves_somebody_elses_database_alone(tmp_path: Path) -> None:
    place = tmp_path / "photos.sqlite"
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    other.close()
    before = place.read_bytes()
    with pytest.raises(NoStore, match="not a store of Gatherwell"):
        SqliteStore(place)
    assert place.read_bytes() == before


async def test_a_database_that_another_process_is_making_into_a_store_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    open_database(place, synchronous="FULL").close()
    assert place.stat().st_size > 0
    await SqliteStore(place).close()
