"""Run as a process of its own: one vote on SQLite, and death at the n-th statement of its write."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.widgets.store.dying import write_and_die
from widgets.store.records import Once, Vote

if __name__ == "__main__":
    path, at, poll, voter, choice, once, digest, day = sys.argv[1:]
    vote, intent = Vote(poll, 1, voter, (choice,), day), Once(once, digest, day)
    asyncio.run(write_and_die(Path(path), lambda store: store.cast(vote, intent), int(at)))
    os._exit(0)
