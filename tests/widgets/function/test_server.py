"""Real servers: killed under load, stopped, worked on from the command line."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD
from widgets import CONTRACT_DIR
from widgets.function.adapters.environment import read_or_make_secret
from widgets.function.commands import approve, back_up, check, pull, queue
from widgets.store.sqlite import SqliteStore

KEY = "0123456789abcdef0123456789abcdef"
JSON_VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    folder: Path, manifest_file: Path, workers: int = 1
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A real server in a process group of its own."""
    port = free_port()
    script = (
        "import sys; from widgets.function.commands import serve\n"
        "serve(manifest=sys.argv[1], store=sys.argv[2], secret_file=sys.argv[3], port=int(sys.argv[4]),"
        " workers=int(sys.argv[5]), limits=False, proof=False)"
    )
    arguments = [str(manifest_file), f"sqlite:{folder / 'store.sqlite'}", str(folder / "secret"), str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments, str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}/api/v1"
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport, timeout=20) as client:
            assert client.get(f"{url}/healthz").json()["status"] == "ok"
        yield process, url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()


async def write_until_killed(
    process: subprocess.Popen[bytes], url: str, writers: int, enough: int
) -> set[str]:
    """Many writers at once; the server is killed once `enough` votes are acknowledged. Answers who was."""
    acknowledged: set[str] = set()

    async def write(client: httpx.AsyncClient, first: int) -> None:
        for number in range(10_000):
            key = f"{first:016x}{number:016x}"
            try:
                answer = await client.post(
                    f"{url}/polls/{POLL}/votes",
                    content=JSON_VOTE,
                    headers={"origin": ORIGIN, "gatherwell-key": key, "content-type": "application/json"},
                )
            except httpx.HTTPError:
                return
            if answer.status_code == 200:
                acknowledged.add(key)
            if len(acknowledged) == enough:
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()

    limits = httpx.Limits(max_connections=writers, max_keepalive_connections=writers)
    async with httpx.AsyncClient(limits=limits, timeout=20) as client:
        await asyncio.gather(*(write(client, first) for first in range(1, writers + 1)))
    return acknowledged


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_under_load_no_acknowledged_vote_is_lost(
    tmp_path: Path, manifest_file: Path, workers: int
) -> None:
    secret = read_or_make_secret(tmp_path / "secret")
    acknowledged: set[str] = set()
    for round_ in range(2):
        with served(tmp_path, manifest_file, workers) as (process, url):
            done = asyncio.run(write_until_killed(process, url, 40, 60))
        acknowledged |= {f"{key}" for key in done}
        assert len(done) >= 60, round_

    async def look() -> tuple[int, int, list[str]]:
        from widgets.function.keys import Keys

        store = SqliteStore(tmp_path / "store.sqlite")
        keys = [(POLL, 1, Keys(secret).voter(POLL, 1, key)) for key in acknowledged]
        found = len(await store.votes(keys))
        result = found, (await store.tally(POLL, 1)).voters, await store.check()
        await store.close()
        return result

    found, voters, wrong = asyncio.run(look())
    assert (found, wrong) == (len(acknowledged), [])
    assert voters >= found


def test_a_stopped_server_ends_by_itself(tmp_path: Path, manifest_file: Path) -> None:
    with served(tmp_path, manifest_file) as (process, _):
        process.terminate()
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)


def test_the_queue_is_worked_off_from_the_command_line(
    tmp_path: Path, manifest: dict[str, Any], manifest_file: Path
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    manifest_file.write_text(json.dumps(manifest), encoding="utf-8")
    store = f"sqlite:{tmp_path / 'store.sqlite'}"
    snapshot = tmp_path / "snapshot.json"
    with served(tmp_path, manifest_file) as (_, url):
        body = json.dumps({"text": "words to read", "pseudonym": "Ana"}).encode()
        headers = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
        httpx.post(f"{url}/threads/{THREAD}/comments", content=body, headers=headers).raise_for_status()
        [held] = queue(store)
        assert (held.text, held.held) == ("words to read", ("policy",))
        approve(store, held.id)
        assert queue(store) == []
        assert pull(endpoint=url.removesuffix("/api/v1"), manifest=manifest_file, out=snapshot) == (4, 5)
    pulled = json.loads(snapshot.read_text(encoding="utf-8"))
    assert pulled["threads"][THREAD]["comments"][0]["html"] == "<p>words to read</p>\n"
    assert pulled["polls"]["arthritis~next-topic"]["results"] is None
    assert check(store) == []
    back_up(store, tmp_path / "copy.sqlite")
    assert b"words to read" in (tmp_path / "copy.sqlite").read_bytes()


def test_the_snapshot_fits_its_schema(tmp_path: Path, manifest_file: Path) -> None:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    found = {path.name: json.loads(path.read_text("utf-8")) for path in CONTRACT_DIR.rglob("*.schema.json")}
    pairs = [(name, Resource.from_contents(document)) for name, document in found.items()]
    pairs += [(f"schemas/{name}", resource) for name, resource in pairs]
    with served(tmp_path, manifest_file) as (_, url):
        pull(endpoint=url.removesuffix("/api/v1"), manifest=manifest_file, out=tmp_path / "snapshot.json")
    registry: Registry[Any] = Registry().with_resources(pairs)
    snapshot = json.loads((tmp_path / "snapshot.json").read_text("utf-8"))
    validator = Draft202012Validator(found["snapshot.schema.json"], registry=registry)
    assert [error.message for error in validator.iter_errors(snapshot)] == []


def test_a_snapshot_holds_nothing_of_a_held_plea(tmp_path: Path, manifest_file: Path) -> None:
    store, snapshot = f"sqlite:{tmp_path / 'store.sqlite'}", tmp_path / "snapshot.json"
    with served(tmp_path, manifest_file) as (_, url):
        for text, name in (
            ("An ordinary day.", "Ana"),
            ("I am going to kill myself tonight.", "Quiet Heron"),
        ):
            answer = httpx.post(
                f"{url}/threads/{THREAD}/comments",
                json={"text": text, "pseudonym": name},
                headers={"origin": ORIGIN, "gatherwell-key": KEY[::-1] if name == "Ana" else KEY},
            )
            assert answer.status_code == 201
        pull(endpoint=url.removesuffix("/api/v1"), manifest=manifest_file, out=snapshot)
    [held] = queue(store)
    text = snapshot.read_text(encoding="utf-8")
    assert "An ordinary day." in text
    assert [part for part in ("kill myself", "Quiet Heron", held.id, "crisis") if part in text] == []
