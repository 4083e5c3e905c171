"""Compares the stamps of all outputs with the recorded ones, in a child process while this one reads the sources."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.disk.output_list import read_list
from generator.disk.stamps import Seen, Stamp, stamp_of
from generator.processes.workers import may_fork


class OutputScan(NamedTuple):
    """The *number* of outputs that earlier builds recorded, and the paths of those that may have been changed since;
    *listed* where the folder's own list names just these.
    """

    number: int
    doubtful: set[str]
    listed: bool


AwaitScan = Callable[[], OutputScan | None]
"""Waits for the result of a scan; None where there was no scan, so that each output must be checked in this process."""


@contextmanager
def scanning_outputs(cache: Path, folder: Path, key: str, jobs: int) -> Iterator[AwaitScan]:
    """Scan the outputs in *folder* that *cache* has recorded under *key*, while the block runs.

    There is no scan where forking is not safe, *jobs* is 1 or there is no cache yet.
    """
    if jobs < 2 or not may_fork() or not cache.exists():
        yield lambda: None
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _report(writing, cache, folder, key)
    os.close(writing)
    found: list[OutputScan | None] = []

    def await_scan() -> OutputScan | None:
        if not found:
            found.append(_received(reading))
        return found[0]

    try:
        yield await_scan
    finally:
        os.close(reading)
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _report(writing: int, cache: Path, folder: Path, key: str) -> None:
    """Runs in the child process: write the result to the pipe; the process ends in any case."""
    try:
        encoded = msgspec.msgpack.encode(_scan(cache, folder, key))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(encoded)
    finally:
        os._exit(0)


def _scan(cache: Path, folder: Path, key: str) -> OutputScan:
    db = sqlite3.connect(f"{cache.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
    sql = "SELECT path, size, mtime, ctime, inode, seen FROM outputs WHERE out=?"
    doubtful: set[str] = set()
    paths: set[str] = set()
    for path, size, mtime, ctime, inode, seen in db.execute(sql, (key,)):
        paths.add(path)
        known = Seen(Stamp(size, mtime, ctime, inode), seen, "")
        try:
            if not known.holds_for(stamp_of(os.lstat(f"{folder}/{path}"))):
                doubtful.add(path)
        except OSError:
            doubtful.add(path)
    return OutputScan(len(paths), doubtful, frozenset(paths) == read_list(folder))


def _received(reading: int) -> OutputScan | None:
    """The child's result; None where the child failed."""
    with os.fdopen(os.dup(reading), "rb") as pipe:
        encoded = pipe.read()
    with suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(encoded, type=OutputScan)
    return None
