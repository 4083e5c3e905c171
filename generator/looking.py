"""Looks at every output in a process of its own, while this one reads the sources: ten thousand files take a while."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.stamps import Seen, Stamp, stamp_of
from generator.workers import may_fork


class Standing(NamedTuple):
    """The outputs that an earlier build recorded: how many, and which of them may not be as it left them."""

    number: int
    doubtful: set[str]


Look = Callable[[], Standing | None]
"""Gives what was found, and waits for it; None where nobody looked, so that each output must be looked at here."""


@contextmanager
def looking(cache: Path, folder: Path, key: str, jobs: int) -> Iterator[Look]:
    """Look at the outputs in *folder* that *cache* knows under *key*, beside whatever is done in the block.

    Where forking is not safe, only one process is wanted or nothing was built yet, nobody looks.
    """
    if jobs < 2 or not may_fork() or not cache.exists():
        yield lambda: None
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _report(writing, cache, folder, key)
    os.close(writing)
    found: list[Standing | None] = []

    def look() -> Standing | None:
        if not found:
            found.append(_received(reading))
        return found[0]

    try:
        yield look
    finally:
        os.close(reading)
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _report(writing: int, cache: Path, folder: Path, key: str) -> None:
    """In the child: write what stands to the pipe, and end whatever happens."""
    try:
        encoded = msgspec.msgpack.encode(_look_at_all(cache, folder, key))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(encoded)
    finally:
        os._exit(0)


def _look_at_all(cache: Path, folder: Path, key: str) -> Standing:
    db = sqlite3.connect(f"{cache.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
    sql = "SELECT path, size, mtime, ctime, inode, seen FROM outputs WHERE out=?"
    standing = Standing(0, set())
    number = 0
    for path, size, mtime, ctime, inode, seen in db.execute(sql, (key,)):
        number += 1
        known = Seen(Stamp(size, mtime, ctime, inode), seen, "")
        try:
            if not known.holds_for(stamp_of(os.lstat(f"{folder}/{path}"))):
                standing.doubtful.add(path)
        except OSError:
            standing.doubtful.add(path)
    return standing._replace(number=number)


def _received(reading: int) -> Standing | None:
    with os.fdopen(os.dup(reading), "rb") as pipe:
        encoded = pipe.read()
    with suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(encoded, type=Standing)
    return None
