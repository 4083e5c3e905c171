"""Thousands of tabs: all follow, a bound holds beyond which they are asked to wait, and nothing of them stays behind."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.preview.previews import RunningPreview
from tests.sites import TinySite

Start = Callable[..., RunningPreview]
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_TABS = 2000
_WAIT = 60


async def ask(preview: RunningPreview, path: str) -> Stream:
    reader, writer = await asyncio.open_connection("127.0.0.1", preview.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n".encode())
    return reader, writer


async def listen(preview: RunningPreview) -> Stream:
    """A tab's event stream, once it has been greeted."""
    reader, writer = await ask(preview, "/__preview/events")
    await asyncio.wait_for(reader.readuntil(b"event: hello"), _WAIT)
    return reader, writer


async def head(preview: RunningPreview, path: str) -> str:
    """The status line and headers of an answer."""
    reader, writer = await ask(preview, path)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _WAIT)
    writer.close()
    return answer.decode()


def leave(streams: list[Stream]) -> None:
    for _, writer in streams:
        writer.close()


def open_files(preview: RunningPreview) -> int:
    return len(list(Path(f"/proc/{preview.process.pid}/fd").iterdir()))


@pytest.fixture
def room_for_tabs() -> None:
    """This process holds the other end of every connection."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * _TABS)), hard))


@pytest.mark.long
@pytest.mark.usefixtures("room_for_tabs")
def test_two_thousand_tabs_follow_and_leave_no_file_open(start: Start, site: TinySite) -> None:
    preview = start()

    async def scene() -> tuple[int, int, int]:
        await head(preview, "/migraine/pacing/")
        before = open_files(preview)
        streams = [await listen(preview) for _ in range(_TABS)]
        during = open_files(preview)
        site.replace("content/migraine/pacing.md", "Rest before", "Sleep before")
        for reader, _ in streams:
            await asyncio.wait_for(reader.readuntil(b"event: change"), _WAIT)
        leave(streams)
        after = during
        for _ in range(1000):
            await head(preview, "/migraine/pacing/")
            after = open_files(preview)
            if after < before + 50:
                break
        return before, during, after

    before, during, after = asyncio.run(scene())

    assert during > _TABS
    assert after < before + 50


def test_tabs_beyond_the_bound_are_asked_to_come_again_and_pages_still_open(start: Start) -> None:
    preview = start(files=256)

    async def scene() -> tuple[str, str, str]:
        streams: list[Stream] = []
        refused = ""
        for _ in range(256):
            reader, writer = await ask(preview, "/__preview/events")
            answer = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _WAIT)).decode()
            streams.append((reader, writer))
            if " 200 " not in answer:
                refused = answer
                break
        page = await head(preview, "/migraine/pacing/")
        leave(streams)
        again = ""
        for _ in range(1000):
            again = await head(preview, "/__preview/events")
            if " 200 " in again:
                break
        return refused, page, again

    refused, page, again = asyncio.run(scene())

    assert refused.startswith("HTTP/1.1 503")
    assert "retry-after: 5" in refused.lower()
    assert page.startswith("HTTP/1.1 200")
    assert again.startswith("HTTP/1.1 200")


def test_connections_that_ask_nothing_do_not_keep_others_out_for_long(start: Start) -> None:
    preview = start(files=256)

    async def scene() -> str:
        silent: list[Stream] = []
        for _ in range(400):
            with contextlib.suppress(OSError):
                silent.append(await asyncio.open_connection("127.0.0.1", preview.port))
        leave(silent)
        return await head(preview, "/migraine/pacing/")

    assert asyncio.run(scene()).startswith("HTTP/1.1 200")
