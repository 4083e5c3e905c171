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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD
from widgets import CONTRACT_DIR
from widgets.adapters.commands import approve, back_up, check, pull, queue
from widgets.adapters.environment import read_or_make_secret
from widgets.store.records import StoreError
from widgets.store.sqlite import SqliteStore

KEY = "0123456789abcdef0123456789abcdef"
JSON_VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    folder: Path, manifest_file: Path, workers: int = 1, log: Path | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A real server in a process group of its own; `log`: where all that it says goes."""
    port = free_port()
    said = log.open("wb") if log else subprocess.DEVNULL
    script = (
        "import sys; from widgets.adapters.commands import serve\n"
        "serve(manifest=sys.argv[1], store=sys.argv[2], secret_file=sys.argv[3], port=int(sys.argv[4]),"
        " workers=int(sys.argv[5]), limits=False, proof=False)"
    )
    arguments = [str(manifest_file), f"sqlite:{folder / 'store.sqlite'}", str(folder / "secret"), str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments, str(workers)],
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}/api/v1"
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport, timeout=60) as client:
            assert client.get(f"{url}/healthz").json()["status"] == "ok"
        yield process, url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()


async def write_until_killed(
    process: subprocess.Popen[bytes], url: str, first: int, writers: int, enough: int
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
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(*(write(client, number) for number in range(first, first + writers)))
    return acknowledged


@pytest.mark.parametrize(
    ("workers", "rounds", "writers"),
    [
        pytest.param(1, 2, 40, marks=pytest.mark.long),
        pytest.param(2, 2, 40, marks=pytest.mark.long),
        pytest.param(2, 20, 100, marks=pytest.mark.long),
    ],
)
def test_killed_under_load_no_acknowledged_vote_is_lost(
    tmp_path: Path, manifest_file: Path, workers: int, rounds: int, writers: int
) -> None:
    secret = read_or_make_secret(tmp_path / "secret")
    acknowledged: set[str] = set()
    for round_ in range(rounds):
        with served(tmp_path, manifest_file, workers) as (process, url):
            done = asyncio.run(write_until_killed(process, url, round_ * writers + 1, writers, 60))
        acknowledged |= done
        assert len(done) >= 60, round_

    async def look() -> tuple[int, int, list[str]]:
        from widgets.rules.keys import Keys

        store = SqliteStore(tmp_path / "store.sqlite")
        keys = [(POLL, 1, Keys(secret).voter(POLL, 1, key)) for key in acknowledged]
        found = len(await store.votes(keys))
        result = found, (await store.tally(POLL, 1)).voters, await store.check()
        await store.close()
        return result

    found, voters, wrong = asyncio.run(look())
    assert (found, wrong) == (len(acknowledged), [])
    assert voters >= found


def raw(url: str, sent: bytes) -> socket.socket:
    host, port = url.removeprefix("http://").partition("/")[0].split(":")
    connection = socket.create_connection((host, int(port)), timeout=60)
    connection.sendall(sent)
    return connection


def refuses(url: str) -> bool:
    try:
        raw(url, b"").close()
    except OSError:
        return True
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stopped_server_answers_what_is_under_way_and_ends(
    tmp_path: Path, manifest_file: Path, workers: int
) -> None:
    head = (
        f"POST /api/v1/polls/{POLL}/votes HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nGatherwell-Key: {KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(JSON_VOTE)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with served(tmp_path, manifest_file, workers) as (process, url):
        connection = raw(url, head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 100")
        process.terminate()
        while workers == 1 and not refuses(url):
            pass  # of several workers the one above them keeps the door until the end
        connection.sendall(JSON_VOTE)
        assert b"200 OK" in connection.recv(4096)
        connection.close()
        assert process.wait(timeout=60) in (0, -signal.SIGTERM)


HEADS = {
    "one header without end": (b"GET / HTTP/1.1\r\nX: ", b"a" * 65_536),
    "headers without end": (b"GET / HTTP/1.1\r\n", b"X: y\r\n" * 16_384),
    "an address without end": (b"GET /", b"a" * 65_536),
    "trailers without end": (
        b"POST /api/v1/me HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
        b"X: y\r\n" * 16_384,
    ),
    "a trailer without end": (
        b"POST /api/v1/me HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ",
        b"a" * 65_536,
    ),
}


def test_a_head_without_end_is_cut_off_and_the_server_stays_small(
    tmp_path: Path, manifest_file: Path
) -> None:
    """Forty megabytes are offered of each; the server takes less than one."""
    with served(tmp_path, manifest_file) as (process, url):
        for name, (begin, more) in HEADS.items():
            before = resident(process.pid)
            with raw(url, begin) as connection:
                taken = 0
                try:
                    while taken < 40 << 20:
                        connection.sendall(more)
                        taken += len(more)
                except OSError:
                    pass
                answer = read_some(connection)
            assert taken < 16 << 20, name  # what the system's own buffers hold
            # Nothing where the connection was reset; before the trailers the application has refused already.
            assert answer[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 403", b""), name
            assert resident(process.pid) - before < 4 << 20, name
        with raw(url, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n") as connection:
            assert read_some(connection).startswith(b"HTTP/1.1 431")
        fits = {"x-any": "a" * 60_000}
        with httpx.Client(timeout=60) as client:
            for _ in range(3):  # of one connection each head anew
                assert client.get(f"{url}/healthz", headers=fits).status_code == 200
                large = client.post(f"{url}/me", content=b"a" * 200_000, headers={"origin": ORIGIN})
                assert large.status_code == 413


def resident(pid: int) -> int:
    """Bytes; 0 where the system does not tell."""
    if not Path("/proc/self/statm").exists():
        return 0
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_canary_in_every_corner_of_a_request_is_in_no_log_and_no_file(
    tmp_path: Path, manifest_file: Path
) -> None:
    canary, log = "canary-5e2a", tmp_path / "log"
    headers = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
    many = ("user-agent", "referer", "cookie", "x-forwarded-for", "accept-language", "authorization", "x-any")
    told = {name: f"{canary}-{name}" for name in many}
    with served(tmp_path, manifest_file, log=log) as (process, url):
        with httpx.Client(timeout=60) as client:
            votes = f"{url}/polls/{POLL}/votes"
            assert client.post(votes, content=JSON_VOTE, headers=headers | told).status_code == 200
            refused = [
                client.post(votes, content=f'{{"{canary}": 1}}', headers=headers),
                client.post(votes, content=canary * 20_000, headers=headers),
                client.post(
                    votes, content=JSON_VOTE, headers=headers | {"origin": f"https://{canary}.example"}
                ),
                client.post(votes, content=JSON_VOTE, headers=headers | {"gatherwell-key": canary}),
                client.post(votes, data={"choice": canary}, headers={"origin": ORIGIN}),
                client.post(f"{url}/threads/{THREAD}/comments", json={"text": canary}, headers=headers),
                client.get(f"{url}/{canary}?{canary}={canary}"),
                client.get(f"{url}/threads/{THREAD}?cursor={canary}"),
            ]
        broken = [
            f"GET /{canary} HTTP/9.9\r\n\r\n",
            f"{canary}\r\n\r\n",
            f"POST /api/v1/me HTTP/1.1\r\nContent-Length: {canary}\r\n\r\n",
            f"POST /api/v1/me HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{canary}\r\n",
            f"GET / HTTP/1.1\r\nX: {canary * 20_000}\r\n\r\n",
        ]
        for sent in broken:
            with raw(url, b"") as connection:
                with suppress(OSError):  # who is refused at the first bytes is hung up on before the last
                    connection.sendall(sent.encode())
                    connection.shutdown(socket.SHUT_WR)
                refused_raw = b"".join(iter(lambda c=connection: read_some(c), b""))
            assert canary.encode() not in refused_raw
        process.terminate()
        process.wait(timeout=60)
    assert all(400 <= answer.status_code < 500 and canary not in answer.text for answer in refused)
    assert b"POST /api/v1/polls/{poll}/votes 200" in log.read_bytes()
    for path in tmp_path.iterdir():
        assert path == manifest_file or canary.encode() not in path.read_bytes()
    assert b"127.0.0.1" not in log.read_bytes()


def read_some(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except OSError:  # reset, since it had more to say than was listened to
        return b""


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
        assert pull(endpoint=url.removesuffix("/api/v1"), out=snapshot) == (4, 5, 0)
    pulled = json.loads(snapshot.read_text(encoding="utf-8"))
    assert pulled["threads"][THREAD]["comments"][0]["html"] == "<p>words to read</p>\n"
    assert pulled["polls"]["arthritis~next-topic"]["results"] is None
    assert check(store) == []
    back_up(store, tmp_path / "copy.sqlite")
    assert b"words to read" in (tmp_path / "copy.sqlite").read_bytes()


@pytest.mark.parametrize("upkeep", [check, lambda store: back_up(store, Path("copy.sqlite"))])
def test_upkeep_of_a_store_that_is_not_there_makes_none(tmp_path: Path, upkeep: Any) -> None:
    with pytest.raises(StoreError, match=r"no store at .*mistyped\.sqlite"):
        upkeep(f"sqlite:{tmp_path / 'mistyped.sqlite'}")
    assert list(tmp_path.iterdir()) == []


def test_the_snapshot_fits_its_schema(tmp_path: Path, manifest_file: Path) -> None:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    found = {path.name: json.loads(path.read_text("utf-8")) for path in CONTRACT_DIR.rglob("*.schema.json")}
    pairs = [(name, Resource.from_contents(document)) for name, document in found.items()]
    pairs += [(f"schemas/{name}", resource) for name, resource in pairs]
    with served(tmp_path, manifest_file) as (_, url):
        pull(endpoint=url.removesuffix("/api/v1"), out=tmp_path / "snapshot.json")
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
        pull(endpoint=url.removesuffix("/api/v1"), out=snapshot)
    [held] = queue(store)
    text = snapshot.read_text(encoding="utf-8")
    assert "An ordinary day." in text
    assert [part for part in ("kill myself", "Quiet Heron", held.id, "crisis") if part in text] == []
