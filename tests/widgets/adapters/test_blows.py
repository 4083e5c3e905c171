"""What befalls a store under a running server: full disk, lock, move. Writes are refused, health is red, and
what was acknowledged is there afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.widgets.adapters.test_server import served
from tests.widgets.conftest import ORIGIN, POLL
from widgets.adapters.environment import read_or_make_secret
from widgets.rules.keys import Keys
from widgets.store.sqlite import SqliteStore

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="uses limits of processes, and moves open files"),
]
Blow = Callable[[Path, int], Iterator[None]]


def full(path: Path, pid: int) -> Iterator[None]:
    """No file of the process may grow: its log is not truncated while a reader holds it."""
    import resource

    with sqlite3.connect(path, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM votes").fetchone()
        size = path.with_name(f"{path.name}-wal").stat().st_size
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (max(size, 4096), before[1]))
        yield
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        reader.execute("ROLLBACK")
    reader.close()


def locked(path: Path, pid: int) -> Iterator[None]:
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


def moved(path: Path, pid: int) -> Iterator[None]:
    path.rename(path.with_name("elsewhere"))
    yield
    path.with_name("elsewhere").rename(path)


def replaced(path: Path, pid: int) -> Iterator[None]:
    path.rename(path.with_name("elsewhere"))
    path.write_bytes(path.with_name("elsewhere").read_bytes())
    yield
    path.with_name("elsewhere").rename(path)


BLOWS = [full, locked, moved, replaced]


def vote(client: httpx.Client, url: str, number: int) -> bool:
    """Whether it was acknowledged; anything else is a 503."""
    headers = {"origin": ORIGIN, "gatherwell-key": f"{number:032x}"}
    answer = client.post(
        f"{url}/polls/{POLL}/votes", json={"version": 1, "choices": ["often"]}, headers=headers
    )
    assert answer.status_code in (200, 503), answer.text
    return answer.status_code == 200


def present(folder: Path, numbers: list[int]) -> tuple[int, int, list[str]]:
    keys = Keys(read_or_make_secret(folder / "secret"))

    async def look() -> tuple[int, int, list[str]]:
        store = SqliteStore(folder / "store.sqlite")
        found = await store.votes([(POLL, 1, keys.voter(POLL, 1, f"{number:032x}")) for number in numbers])
        result = len(found), (await store.tally(POLL, 1)).voters, await store.check()
        await store.close()
        return result

    return asyncio.run(look())


@pytest.mark.parametrize("blow", BLOWS, ids=lambda blow: blow.__name__)
def test_writes_are_refused_health_is_red_and_nothing_is_lost(
    tmp_path: Path, manifest_file: Path, blow: Blow
) -> None:
    read_or_make_secret(tmp_path / "secret")
    acknowledged: list[int] = []
    with served(tmp_path, manifest_file, 1) as (process, url), httpx.Client(timeout=30) as client:
        acknowledged += [number for number in range(20) if vote(client, url, number)]
        assert len(acknowledged) == 20
        with contextmanager(blow)(tmp_path / "store.sqlite", process.pid):
            refused = [number for number in range(100, 106) if not vote(client, url, number)]
            assert refused
            assert client.get(f"{url}/healthz").status_code == 503
            acknowledged += [number for number in range(100, 106) if number not in refused]
        assert client.get(f"{url}/healthz").status_code == 200
        assert vote(client, url, 500)
        acknowledged.append(500)
    found, voters, wrong = present(tmp_path, acknowledged)
    assert (found, wrong) == (len(acknowledged), [])
    assert voters >= found
