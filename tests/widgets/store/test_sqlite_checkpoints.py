"""What is committed reaches the database beside the writer, which waits for nothing."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from widgets.store.sqlite.checkpoints import Checkpoints
from widgets.store.sqlite.files import open_database


def in_the_log(path: Path) -> sqlite3.Connection:
    """A connection whose one row lies in the write-ahead log alone."""
    connection = open_database(path, synchronous="FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("CREATE TABLE words (text TEXT)")
    connection.execute("INSERT INTO words VALUES ('a quiet heron')")
    assert b"a quiet heron" not in path.read_bytes()
    return connection


def test_a_commit_is_moved_into_the_database(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    writer = in_the_log(path)
    mover, begun = open_database(path, synchronous="FULL"), threading.Event()
    mover.set_trace_callback(lambda statement: begun.set())
    checkpoints = Checkpoints(mover, "test", pause=0)

    checkpoints.wake()

    assert begun.wait(30)
    with checkpoints.lock:
        assert b"a quiet heron" in path.read_bytes()
    checkpoints.close()
    writer.close()


def test_nothing_is_moved_while_somebody_empties_the_log(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    writer = in_the_log(path)
    checkpoints = Checkpoints(open_database(path, synchronous="FULL"), "test", pause=0)

    with checkpoints.lock:
        checkpoints.wake()
        busy = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    assert busy == 0
    assert path.with_name("store.sqlite-wal").stat().st_size == 0
    checkpoints.close()
    writer.close()


def test_an_end_that_comes_as_a_pause_runs_out_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoints = Checkpoints(open_database(tmp_path / "store.sqlite", synchronous="FULL"), "test", pause=0)
    clear = checkpoints._wanted.clear

    def end_first() -> None:
        checkpoints._ended.set()
        checkpoints._wanted.set()
        clear()

    monkeypatch.setattr(checkpoints._wanted, "clear", end_first)
    checkpoints.wake()

    checkpoints._thread.join(30)
    assert not checkpoints._thread.is_alive()
    checkpoints.close()
