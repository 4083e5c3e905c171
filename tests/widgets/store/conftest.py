"""Owns the two real stores that the conformance suite runs on, and a DynamoDB wire that can be disturbed."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from widgets.store.interface import Ledger, Store
from widgets.store.opening import ledger_path
from widgets.store.sqlite import SqliteLedger, SqliteStore

Fault = Callable[[str], str | None]
_NUMBERS = itertools.count(1)


class Wire:
    """Stands before the DynamoDB server: one request at a time, since moto restores the whole table when a
    transaction fails, and disturbed on demand: `throttle`, `conflict`, `lost` (done, no answer), `dead`
    (not done)."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._lock = threading.Lock()
        self.fault: Fault = lambda operation: None
        self.calls = 0
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body in one packet: two would wait for each other's acknowledgement
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                wire.answer(self)

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def disturbed(self, fault: Fault) -> Iterator[None]:
        self.fault = fault
        try:
            yield
        finally:
            self.fault = lambda operation: None

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        operation = handler.headers.get("X-Amz-Target", "").rpartition(".")[2]
        with self._lock:
            self.calls += 1
            fault = self.fault(operation)
            if fault == "dead":
                handler.close_connection = True
                return
            if fault in ("throttle", "conflict"):
                self._refuse(handler, fault, json.loads(body))
                return
            status, content = self._forward(handler, body)
        if fault == "lost":
            handler.close_connection = True
            return
        _reply(handler, status, content)

    def _forward(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(*self._target, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "host"}
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def _refuse(self, handler: BaseHTTPRequestHandler, fault: str, asked: dict[str, Any]) -> None:
        parts = asked.get("TransactItems")
        if parts is None or fault == "throttle":
            document: dict[str, Any] = {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"}
        else:
            reasons = [{"Code": "None"} for _ in parts]
            reasons[-1] = {"Code": "TransactionConflict"}
            document = {
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "CancellationReasons": reasons,
            }
        _reply(handler, 400, json.dumps(document).encode())

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _reply(handler: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/x-amz-json-1.0")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
    handler.wfile.flush()


@pytest.fixture(scope="session")
def wire() -> Iterator[Wire]:
    """moto's server by default, any DynamoDB with `DYNAMODB_ENDPOINT` (http, host and port)."""
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
    given = os.environ.get("DYNAMODB_ENDPOINT")
    if given:
        host, _, port = given.removeprefix("http://").partition(":")
        between = Wire(host, int(port))
        yield between
        between.close()
        return
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port_number = server.get_host_and_port()
    between = Wire(host, port_number)
    yield between
    between.close()
    server.stop()


@dataclass
class Stores:
    """A store with its ledger; `again` opens the same data as another process would."""

    store: Store
    ledger: Ledger
    again: Callable[[], Store]
    wire: Wire | None = None
    opened: list[Store] = field(default_factory=list)


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a second DynamoDB, asked without a lock: `make ministack` installs it into an environment of its
    own, since it wants another botocore than ours."""
    from tests.widgets.store.ministack import running

    with running(tmp_path_factory.mktemp("ministack")) as address:
        yield address


# Whole emulators are for the long tests; in the suite DynamoDB keeps votes, responses and calls.
ON_DYNAMODB_TOO = (
    "test_conformance_votes",
    "test_conformance_surveys",
    "test_conformance_calls",
    "test_conformance_voices",
    "test_conformance_news",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        here = item.path.parent == Path(__file__).parent and item.path.stem not in ON_DYNAMODB_TOO
        if here and "dynamodb" in item.nodeid:
            item.add_marker(pytest.mark.long)


@pytest.fixture(params=["sqlite", "dynamodb", pytest.param("ministack", marks=pytest.mark.long)])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "sqlite":
        path = tmp_path / "store.sqlite"
        made = Stores(SqliteStore(path), SqliteLedger(ledger_path(path)), lambda: SqliteStore(path))
    elif request.param == "ministack":
        made = _dynamo_at(request.getfixturevalue("ministack"))
    else:
        made = _dynamo(request.getfixturevalue("wire"))
    yield made
    for store in (made.store, *made.opened):
        await store.close()
    await made.ledger.close()


def _short(seconds: float) -> None:
    """Jitter between tries, but not the wait of a real network."""
    time.sleep(seconds / 20)


def _dynamo(wire: Wire) -> Stores:
    return _dynamo_at(wire.url, wire)


def _dynamo_at(url: str, wire: Wire | None = None) -> Stores:
    from widgets.store.dynamodb import DynamoLedger, DynamoStore, connect, create_tables

    name = f"gatherwell-{os.getpid()}-{next(_NUMBERS)}"
    client = connect(url)
    create_tables(client, name)
    return Stores(
        DynamoStore(client, name, _short),
        DynamoLedger(client, f"{name}-ledger"),
        lambda: DynamoStore(connect(url), name, _short),
        wire,
    )


@pytest.fixture
async def dynamo(wire: Wire) -> AsyncIterator[Stores]:
    made = _dynamo(wire)
    yield made
    await made.store.close()
