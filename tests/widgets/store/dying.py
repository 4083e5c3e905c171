"""Run as a process of its own: for each history a child dies at the n-th statement of its write, for every n;
another then carries the same intent through. Prints {history: deaths}, or says what was wrong."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

from tests.widgets.store.histories import HISTORIES, History, Work, sound
from widgets.store.sqlite import SqliteStore

DEAD = 9


def opened(path: Path) -> SqliteStore:
    """Without waiting for the disk: a process dies here, not a machine."""
    store = SqliteStore(path)
    store._writer._connection.execute("PRAGMA synchronous = OFF")
    return store


def in_a_child(path: Path, history: History, dies_at: int) -> bool:
    """Whether the child carried the intent through before the statement at which it was to die."""
    child = os.fork()
    if child == 0:
        asyncio.run(write_and_die(path, history.intent, dies_at))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != DEAD


async def write_and_die(path: Path, intent: Work, dies_at: int) -> None:
    store = opened(path)
    statements = 0

    def count(statement: str) -> None:
        nonlocal statements
        statements += 1
        if statements == dies_at:
            os._exit(DEAD)

    store._writer._connection.set_trace_callback(count)
    await intent(store)


async def _prepare(path: Path, history: History) -> None:
    store = opened(path)
    for step in history.before:
        await step(store)
    await store.close()


async def _look(path: Path, history: History) -> tuple[bool, bool, bool]:
    store = opened(path)
    after_the_death = await sound(store)
    await history.intent(store)
    found = after_the_death, await history.after(store), await sound(store)
    await store.close()
    return found


def die_everywhere(folder: Path, name: str, history: History) -> int:
    asyncio.run(_prepare(folder / name, history))
    for deaths in range(1_000):
        path = Path(shutil.copy(folder / name, folder / f"{name}-{deaths}"))
        for log in folder.glob(f"{name}-erasures*"):
            shutil.copy(log, folder / log.name.replace(name, path.name, 1))
        lived = in_a_child(path, history, deaths + 1)
        found = asyncio.run(_look(path, history))
        if found != (True, True, True):
            raise SystemExit(f"{name}, dead at statement {deaths + 1}: sound, right, sound = {found}")
        if lived:
            return deaths
    raise SystemExit(f"{name}: no end")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(json.dumps({name: die_everywhere(place, name, each) for name, each in HISTORIES.items()}))
