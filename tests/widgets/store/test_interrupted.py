"""Every kind of write, interrupted at every step: once carried through, it stands there once."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.store.conftest import Wire
from tests.widgets.store.histories import HISTORIES, History, sound
from widgets.store.dynamodb import DynamoStore, connect, create_tables
from widgets.store.records import StoreError

pytestmark = pytest.mark.anyio
_NUMBERS = itertools.count(1)


@pytest.mark.long
def test_a_process_on_sqlite_may_die_at_any_statement(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.widgets.store.dying", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    deaths = json.loads(done.stdout)
    assert deaths.keys() == HISTORIES.keys()
    assert min(deaths.values()) >= 5


class Strike:
    """Befalls one writing call, the `at`-th: refused, or carried out without an answer. After a crash nothing goes
    out any more. Reading changes nothing: between two writes it is all the same where a process dies."""

    def __init__(self, kind: str, at: int) -> None:
        self._kind = kind
        self._at = at
        self._dead = False
        self.writes = 0

    def __call__(self, operation: str) -> str | None:
        if self._dead:
            return "dead"
        if operation != "TransactWriteItems":
            return None
        self.writes += 1
        if self.writes != self._at:
            return None
        self._dead = self._kind.startswith("crash")
        return {"crash before": "dead", "crash after": "lost"}.get(self._kind, self._kind)


async def interrupted(wire: Wire, client: Any, history: History, strike: Strike) -> tuple[bool, bool]:
    """Whether it is right and sound, after an interrupted try and another of the same intent."""
    table = f"interrupted-{os.getpid()}-{next(_NUMBERS)}"
    create_tables(client, table)
    store = DynamoStore(client, table, lambda seconds: None)
    for step in history.before:
        await step(store)
    with wire.disturbed(strike), suppress(StoreError):
        await history.intent(store)
    await history.intent(store)
    return await history.after(store), await sound(store)


@pytest.mark.parametrize("name", HISTORIES)
async def test_a_write_to_dynamodb_may_fail_anywhere(wire: Wire, name: str) -> None:
    client = connect(wire.url)
    untouched = Strike("", 0)
    assert await interrupted(wire, client, HISTORIES[name], untouched) == (True, True)
    assert untouched.writes >= 1
    for kind in ("crash before", "crash after", "lost", "conflict"):
        for at in range(1, untouched.writes + 1):
            found = await interrupted(wire, client, HISTORIES[name], Strike(kind, at))
            assert found == (True, True), f"{kind} write {at}"
    client.close()
