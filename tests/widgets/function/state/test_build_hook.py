"""The build hook: called without content when published words were taken down, at most once a minute."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.widgets.conftest import Build, Function
from widgets.function.state.build_hook import BuildHook
from widgets.function.state.settings import Settings
from widgets.function.text.moderation import hold, redact, reject

pytestmark = pytest.mark.anyio


class Hook:
    def __init__(self) -> None:
        self.arrived: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.refuse = False
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                hook.arrived.put((self.path, self.rfile.read(length)))
                self.send_response(503 if hook.refuse else 204)
                self.end_headers()

            def log_message(self, *arguments: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/build?token=t"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def function(build: Build, hook: Hook) -> Function:
    return build(build_hook=hook.address)


def due(function: Function) -> Any:
    return function.services.build_hook.call_if_due()


async def written(function: Function, text: str = "Words that everybody reads") -> tuple[Any, str]:
    member = function.member()
    answer = await member.write(text, f"Ana {text.split()[0].title()}")
    return member, answer.json()["comment"]["id"]


@pytest.mark.parametrize("act", ["withdraw", "erase", "reject", "hold", "redact", "purge"])
async def test_it_is_called_without_content_when_published_words_are_taken_down(
    function: Function, hook: Hook, act: str
) -> None:
    member, id_ = await written(function)
    assert not await due(function)
    if act == "withdraw":
        await member.send("DELETE", f"/comments/{id_}")
    elif act == "erase":
        await member.send("DELETE", "/me")
    elif act == "redact":
        await redact(function.store, id_, "Words that everybody reads", [(0, 5)])
    elif act == "purge":
        await function.store.remove_comment(id_, None)
    else:
        await {"reject": reject, "hold": hold}[act](function.store, id_)
    assert await due(function)
    assert hook.arrived.get_nowait() == ("/build?token=t", b"")
    function.clock.forward(61)
    assert not await due(function)


async def test_it_is_not_called_for_words_that_nobody_could_read(function: Function, hook: Hook) -> None:
    member, id_ = await written(function)
    await hold(function.store, id_)
    await due(function)
    function.clock.forward(61)
    await member.send("DELETE", f"/comments/{id_}")
    assert not await due(function)


async def test_it_is_called_once_a_minute_for_many(function: Function, hook: Hook) -> None:
    for text in ("first of them", "second of all"):
        member, id_ = await written(function, text)
        await member.send("DELETE", f"/comments/{id_}")
        await due(function)
    assert hook.arrived.qsize() == 1
    function.clock.forward(60)
    assert await due(function)
    assert hook.arrived.qsize() == 2


async def test_a_call_that_fails_is_made_again_by_whoever_runs_then(
    function: Function, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    member, id_ = await written(function)
    await member.send("DELETE", f"/comments/{id_}")
    hook.refuse = True
    assert not await due(function)
    assert "The build hook failed (HTTPError)" in caplog.text
    assert "token" not in caplog.text
    hook.refuse = False
    function.clock.forward(60)
    again = BuildHook(hook.address, function.store, function.clock)
    assert await again.call_if_due()
    assert not await due(function)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="GATHERWELL_BUILD_HOOK"):
        Settings(manifest="m", store="sqlite:s", secret=b"x" * 32, build_hook="ftp://x")
