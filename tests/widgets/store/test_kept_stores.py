"""Stores that an earlier version wrote open, migrate and lose nothing; a newer one is refused in words."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.store.conftest import Stores, Wire
from tests.widgets.store.fixtures.make import FOLDER, items_from
from tests.widgets.store.fixtures.reading import read_ledger, read_store
from tests.widgets.store.test_conformance_votes import vote
from widgets.store.dynamodb import DynamoLedger, DynamoStore, connect, create_tables, version
from widgets.store.interface import Ledger, Store
from widgets.store.opening import ledger_path
from widgets.store.records import NewerStore
from widgets.store.sqlite import SqliteLedger, SqliteStore
from widgets.store.sqlite.files import CONTRIBUTIONS

pytestmark = pytest.mark.anyio
KEPT = sorted(path.stem for path in FOLDER.glob("*.sqlite"))
_NUMBERS = itertools.count(1)


def expected(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return document


async def test_there_are_kept_stores() -> None:
    assert KEPT[0] == "first"


@pytest.mark.parametrize("name", KEPT)
async def test_a_kept_sqlite_store_loses_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    shutil.copyfile(FOLDER / f"{name}.sqlite", path)
    shutil.copyfile(FOLDER / f"{name}.sqlite-ledger", ledger_path(path))
    with sqlite3.connect(ledger_path(path)) as raw:
        (key,) = raw.execute("SELECT secret FROM day_keys").fetchone()
    await _loses_nothing(name, SqliteStore(path), SqliteLedger(ledger_path(path)), key)


@pytest.mark.parametrize("name", KEPT)
async def test_kept_dynamodb_items_lose_nothing(name: str, wire: Wire) -> None:
    client = connect(wire.url)
    table = f"kept-{os.getpid()}-{next(_NUMBERS)}"
    create_tables(client, table)
    tables = items_from((FOLDER / f"{name}.dynamodb.json").read_text(encoding="utf-8"))
    for kept, items in tables.items():
        for item in items:
            client.put_item(TableName=kept.replace("kept", table), Item=item)
    (key,) = (item["secret"]["B"] for item in tables["kept-ledger"] if "secret" in item)
    await _loses_nothing(name, DynamoStore(client, table), DynamoLedger(client, f"{table}-ledger"), key)


async def _loses_nothing(name: str, store: Store, ledger: Ledger, day_key: bytes) -> None:
    found = {"store": await read_store(store), "ledger": await read_ledger(ledger)}
    assert found["ledger"].pop("day key") == day_key.hex()
    wanted = expected(name)
    for part in ("store", "ledger"):
        for later in found[part].keys() - wanted[part].keys():
            assert not found[part].pop(later)  # a store from before it has none
    assert found == wanted
    await store.close()
    await ledger.close()


async def test_an_older_function_refuses_a_newer_sqlite_store_in_words(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    shutil.copyfile(FOLDER / "first.sqlite", path)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    before = list(raw.iterdump())
    with pytest.raises(NewerStore, match=rf"version 99.*knows {len(CONTRIBUTIONS)}: upgrade Gatherwell, or"):
        SqliteStore(path)
    assert list(raw.iterdump()) == before
    raw.close()


async def test_an_older_function_refuses_a_newer_dynamodb_table_in_words(dynamo: Stores) -> None:
    pk, sk = version.KEY
    item = {"pk": {"S": pk}, "sk": {"S": sk}, "version": {"N": "99"}}
    store = dynamo.again()
    assert isinstance(store, DynamoStore)
    store._table.client.put_item(TableName=store._table.name, Item=item)
    for work in (store.demand_version(), store.cast(vote(1, "often"), None)):
        with pytest.raises(NewerStore, match=r"version 99.*knows 7: upgrade Gatherwell, or"):
            await work
    assert len(store._table.client.scan(TableName=store._table.name)["Items"]) == 1
    await store.close()


async def test_a_dynamodb_table_of_an_earlier_version_becomes_one_of_this(dynamo: Stores) -> None:
    store = dynamo.again()
    assert isinstance(store, DynamoStore)
    await store.demand_version()
    assert store._table.get(*version.KEY) == {"pk": "SCHEMA", "sk": "-", "version": version.VERSION}
    await store.close()


async def test_a_dynamodb_table_of_this_version_is_looked_at_once(dynamo: Stores) -> None:
    assert dynamo.wire is not None
    first = dynamo.again()
    await first.demand_version()
    await first.close()
    before = dynamo.wire.calls
    for _ in range(3):
        await dynamo.store.comment("nobody")
    assert dynamo.wire.calls - before == 4
