"""Whoever sends slowly, or never ends, is given up; everybody else is answered meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette

from tests.widgets.conftest import ORIGIN, POLL, Build
from widgets.adapters.protocol import BoundedProtocol

pytestmark = pytest.mark.anyio
VOTE = f"POST /api/v1/polls/{POLL}/votes HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nGatherwell-Key: {'0' * 32}\r\n"


class Hurried(BoundedProtocol):
    seconds = 0.25  # more than a loaded machine takes to read what has arrived: closing before that resets


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[int]:
    """The port of a real server on this very loop."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, http=Hurried, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await server.shutdown()


@pytest.mark.parametrize("sent", ["", "GET ", VOTE, f"{VOTE}X: y"], ids=["silence", "method", "head", "line"])
async def test_a_head_that_does_not_come_is_not_waited_for(build: Build, sent: str) -> None:
    async with serving(build().app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent.encode())
        assert await reader.read() == b""
        writer.close()


async def test_a_second_head_on_the_same_connection_is_not_waited_for_either(build: Build) -> None:
    async with serving(build().app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /api/v1/healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
        writer.write(b"GET /api")
        rest = await reader.read()
        assert rest.endswith(b"}")
        writer.close()


@pytest.mark.parametrize(
    "sent",
    ["Content-Length: 60\r\n\r\n{", 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"ver\r\n'],
    ids=["announced", "chunked"],
)
async def test_a_body_that_does_not_come_is_answered_and_cut_off(build: Build, sent: str) -> None:
    function = build(body_seconds=0.05)
    async with serving(function.app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{VOTE}Content-Type: application/json\r\n{sent}".encode())
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 408")
        assert b'"code":"body-timeout"' in answer
        writer.close()
    assert (await function.store.tally(POLL, 1)).voters == 0


async def test_a_body_in_many_pieces_is_taken(build: Build) -> None:
    function = build()
    async with serving(function.app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{VOTE}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        for letter in '{"version":1,"choices":["often"]}':
            writer.write(f"1\r\n{letter}\r\n".encode())
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
        writer.close()
