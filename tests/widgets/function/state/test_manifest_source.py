"""The manifest is looked at again by tag, and the last good one stays."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import Clock
from widgets.contract.problems import Problem
from widgets.function.state.manifest_source import ManifestSource

pytestmark = pytest.mark.anyio


class Site:
    """A real site on loopback that knows ETags, counts what it sends, and can fail."""

    def __init__(self, content: bytes) -> None:
        self.content, self.tag, self.failing = content, '"one"', False
        self.sent: list[int] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status = 200 if self.headers.get("If-None-Match") != site.tag else 304
                status = 500 if site.failing else status
                site.sent.append(status)
                self.send_response(status)
                self.send_header("ETag", site.tag)
                self.end_headers()
                if status == 200:
                    self.wfile.write(site.content)

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/manifest.json"


@pytest.fixture
def site(manifest: dict[str, Any]) -> Iterator[Site]:
    site = Site(json.dumps(manifest).encode())
    yield site
    site.server.shutdown()
    site.server.server_close()


async def test_a_url_is_asked_again_by_etag_after_a_minute(site: Site) -> None:
    clock = Clock()
    source = ManifestSource(site.url, 60, clock)
    first = await source.current()
    clock.forward(59)
    assert await source.current() is first
    assert site.sent == [200]
    clock.forward(1)
    assert await source.current() is first
    assert site.sent == [200, 304]


async def test_a_changed_manifest_is_taken_over(site: Site, manifest: dict[str, Any]) -> None:
    clock = Clock()
    source = ManifestSource(site.url, 60, clock)
    await source.current()
    del manifest["polls"]["arthritis~work"]
    site.content, site.tag = json.dumps(manifest).encode(), '"two"'
    clock.forward(60)
    assert "arthritis~work" not in (await source.current()).polls


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"version": 2}', b"[" * 100_000])
async def test_a_broken_manifest_leaves_the_last_good_one(site: Site, content: bytes) -> None:
    clock = Clock()
    source = ManifestSource(site.url, 60, clock)
    first = await source.current()
    site.content, site.tag = content, '"broken"'
    clock.forward(60)
    assert await source.current() is first
    assert source.stale


async def test_a_site_that_is_away_leaves_the_last_good_one(site: Site) -> None:
    clock = Clock()
    source = ManifestSource(site.url, 60, clock)
    first = await source.current()
    site.failing = True
    clock.forward(60)
    assert await source.current() is first
    assert source.stale


async def test_without_any_manifest_the_answer_says_so(tmp_path: Path) -> None:
    source = ManifestSource(tmp_path / "missing.json", 60, Clock())
    with pytest.raises(Problem, match="manifest-missing"):
        await source.current()


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("polls", "migraine~weather-trigger", "condition"), "unheard-of"),
        (("polls", "migraine~weather-trigger", "pages"), {}),
        (("polls", "migraine~weather-trigger", "pages"), {"en": "//evil.example/"}),
        (("threads", "migraine~weather", "pages"), {"en": "https://evil.example/"}),
        (("polls", "migraine~weather-trigger", "closes"), "2026-12-31T00:00:00"),
        (("origins",), ["https://example.org/path"]),
    ],
)
async def test_a_manifest_that_breaks_the_contract_is_not_taken(
    tmp_path: Path, manifest: dict[str, Any], where: tuple[str, ...], value: Any
) -> None:
    place: Any = manifest
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = value
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Problem, match="manifest-missing"):
        await ManifestSource(path, 60, Clock()).current()
