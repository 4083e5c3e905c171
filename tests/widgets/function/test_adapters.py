"""The function on its platforms: Lambda's events, the zip on its own, real servers killed under load."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD
from tests.widgets.store.conftest import Wire, wire  # noqa: F401  (a fixture)
from widgets import CONTRACT_DIR
from widgets.function.adapters.aws_lambda import make_handler
from widgets.function.adapters.environment import read_or_make_secret, settings_from
from widgets.function.adapters.package import package
from widgets.function.commands import approve, back_up, check, pull, queue
from widgets.store.sqlite import SqliteStore

KEY = "0123456789abcdef0123456789abcdef"
VOTES = f"/api/v1/polls/{POLL}/votes"


@pytest.fixture
def manifest_file(tmp_path: Path, manifest: dict[str, Any]) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return path


def environment(tmp_path: Path, manifest_file: Path) -> dict[str, str]:
    return {
        "GATHERWELL_MANIFEST": str(manifest_file),
        "GATHERWELL_STORE": f"sqlite:{tmp_path / 'store.sqlite'}",
        "GATHERWELL_SECRET": "s" * 40,
        "GATHERWELL_LIMITS": "off",
        "GATHERWELL_PROOF": "off",
    }


def event(
    method: str, path: str, body: bytes = b"", *, encoded: bool = False, **headers: str
) -> dict[str, Any]:
    """An HTTP API event, payload format 2.0, in the shape that API Gateway and Function URLs send."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"host": "example.org", "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
    raw_path, _, query = path.partition("?")
    found: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": query,
        "cookies": [f"__Host-gw={KEY}"] if "cookie" in sent else [],
        "headers": {name: value for name, value in sent.items() if name != "cookie"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcdefghij",
            "domainName": "abcdefghij.execute-api.eu-central-1.amazonaws.com",
            "http": {
                "method": method,
                "path": raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "a browser",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "22/Sep/2026:12:00:00 +0000",
            "timeEpoch": 1790078400000,
        },
        "isBase64Encoded": encoded,
    }
    if body:
        found["body"] = base64.b64encode(body).decode() if encoded else body.decode()
    return found


@pytest.fixture
def lambda_handler(tmp_path: Path, manifest_file: Path) -> Any:
    return make_handler(environment(tmp_path, manifest_file))


@pytest.fixture(autouse=True)
def an_event_loop() -> Iterator[None]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    loop.close()
    asyncio.set_event_loop(None)


JSON_VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()
WRITE = {"origin": ORIGIN, "gatherwell_key": KEY, "content_type": "application/json"}


def test_lambda_answers_a_get(lambda_handler: Any) -> None:
    answer = lambda_handler(event("GET", f"/api/v1/polls/{POLL}"), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, False)
    assert json.loads(answer["body"])["results"]["voters"] == 0
    assert answer["headers"]["cache-control"].startswith("public, max-age=15")


@pytest.mark.parametrize("encoded", [False, True])
def test_lambda_takes_a_json_post_plain_and_encoded(lambda_handler: Any, encoded: bool) -> None:
    answer = lambda_handler(event("POST", VOTES, JSON_VOTE, encoded=encoded, **WRITE), None)
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["results"]["voters"] == 1


def test_lambda_takes_a_form_post_and_sets_the_cookie(lambda_handler: Any) -> None:
    body = urlencode({"version": "1", "choice": "often"}).encode()
    headers = {"origin": ORIGIN, "content_type": "application/x-www-form-urlencoded"}
    first = lambda_handler(event("POST", VOTES, body, encoded=True, **headers), None)
    assert first["statusCode"] == 303
    assert first["cookies"][0].startswith("__Host-gw=")
    later = lambda_handler(event("POST", VOTES, body, cookie="yes", **headers), None)
    assert later["headers"]["location"] == "https://example.org/weather/#poll-weather-trigger"


def test_lambda_answers_a_preflight_and_a_problem_and_a_feed(lambda_handler: Any) -> None:
    asked = {"origin": ORIGIN, "access_control_request_method": "POST"}
    assert lambda_handler(event("OPTIONS", VOTES, **asked), None)["statusCode"] == 204
    problem = lambda_handler(event("POST", VOTES, b"{", **WRITE), None)
    assert json.loads(problem["body"])["code"] == "body-malformed"
    feed = lambda_handler(event("GET", f"/api/v1/threads/{THREAD}/comments.atom"), None)
    assert (feed["isBase64Encoded"], feed["body"][:5]) == (False, "<?xml")


def test_lambda_votes_in_dynamodb(
    tmp_path: Path,
    manifest_file: Path,
    wire: Wire,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    name = f"lambda-{os.getpid()}"
    create_tables(connect(), name)
    settings = environment(tmp_path, manifest_file) | {
        "GATHERWELL_STORE": f"dynamodb:{name}",
        "GATHERWELL_LIMITS": "on",
    }
    handler = make_handler(settings)
    for _ in range(2):
        answer = handler(event("POST", VOTES, JSON_VOTE, **WRITE), None)
        assert json.loads(answer["body"])["results"]["voters"] == 1
    health = handler(event("GET", "/api/v1/healthz"), None)
    assert json.loads(health["body"])["store"] == "ok"
    dump = str([connect().scan(TableName=table)["Items"] for table in (name, f"{name}-ledger")])
    assert "choices" in dump
    assert not [trace for trace in (KEY, "203.0.113", "a browser") if trace in dump]


def test_the_zip_has_the_same_bytes_again_and_is_small(tmp_path: Path) -> None:
    one, other = (package(tmp_path / name, "host") for name in ("one.zip", "other.zip"))
    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
    assert one.stat().st_size < 15_000_000
    names = zipfile.ZipFile(one).namelist()
    assert "botocore/data/dynamodb/2012-08-10/service-2.json.gz" in names
    assert not [
        name for name in names if name.startswith(("botocore/data/ec2/", "generator/", "widgets/elements/"))
    ]


def test_the_zip_alone_in_an_empty_environment_serves_a_vote(tmp_path: Path, manifest_file: Path) -> None:
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(package(tmp_path / "function.zip", "host")).extractall(unpacked)
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    script = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "from widgets.function.adapters.aws_entry import handler\n"
        "import widgets; assert widgets.__file__.startswith(sys.argv[1])\n"
        "print(json.dumps(handler(json.loads(sys.stdin.read()), None)))\n"
    )
    done = subprocess.run(
        [str(python), "-I", "-c", script, str(unpacked)],
        input=json.dumps(event("POST", VOTES, JSON_VOTE, **WRITE)),
        capture_output=True,
        text=True,
        env={**os.environ, **environment(tmp_path, manifest_file)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(json.loads(done.stdout)["body"])["results"]["voters"] == 1


def test_settings_say_which_variable_is_wrong(tmp_path: Path, manifest_file: Path) -> None:
    right = environment(tmp_path, manifest_file)
    for name in ("GATHERWELL_MANIFEST", "GATHERWELL_STORE", "GATHERWELL_SECRET"):
        with pytest.raises(ValueError, match=name):
            settings_from({key: value for key, value in right.items() if key != name})
    with pytest.raises(ValueError, match="GATHERWELL_SECRET"):
        settings_from(right | {"GATHERWELL_SECRET": "short"})
    read = settings_from(right | {"GATHERWELL_SECRET_SSM": "/gatherwell/secret"}, lambda name: name * 3)
    assert read.secret == b"/gatherwell/secret" * 3


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    first = read_or_make_secret(path)
    assert len(first) == 64
    assert read_or_make_secret(path) == first
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


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
