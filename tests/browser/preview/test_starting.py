"""How the preview begins and ends: the browser it opens, the code for phones, Ctrl-C with everything still open."""

from __future__ import annotations

import http.client
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.preview.previews import RunningPreview
from tests.browser.preview.test_live import PACING, stayed, visit
from tests.sites import TinySite

Start = Callable[..., RunningPreview]


def test_open_leads_the_browser_to_the_portfolio_and_waits_for_nobody(start: Start, tmp_path: Path) -> None:
    # A browser that ends only once it has seen the page: where the preview waits for it, neither ever comes.
    browser = tmp_path / "browser.py"
    browser.write_text(
        "import sys, urllib.request\n"
        "print('the browser saw', urllib.request.urlopen(sys.argv[1]).status, sys.argv[1], flush=True)\n"
    )

    preview = start("--open", BROWSER=f"{sys.executable} {browser} %s")

    assert f"the browser saw 200 {preview.url}" in preview.wait_for_line("the browser saw")


def test_a_host_for_phones_comes_with_a_code_to_scan_and_answers_to_its_address_alone(start: Start) -> None:
    preview = start("--host", "0.0.0.0")

    assert "▄" in preview.wait_for_line("▄")
    preview.wait_for_line("Everyone in this network can see the preview")
    host = preview.url.split("/")[2].rpartition(":")[0]
    for name, expected in ((host, 200), ("localhost", 200), ("evil.example", 421)):
        connection = http.client.HTTPConnection(host, preview.port, timeout=60)
        connection.request("GET", "/migraine/", headers={"Host": f"{name}:{preview.port}"})
        assert connection.getresponse().status == expected, name
        connection.close()


def test_interrupting_ends_it_with_streams_and_half_a_request_open(start: Start) -> None:
    preview = start()
    streams = [socket.create_connection(("127.0.0.1", preview.port), timeout=60) for _ in range(3)]
    for stream in streams:
        stream.sendall(f"GET /__preview/events HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n".encode())
        assert stream.recv(65536).startswith(b"HTTP/1.1 200")
    half = socket.create_connection(("127.0.0.1", preview.port), timeout=60)
    half.sendall(b"GET / HTTP/1.1\r\nHost:")

    assert preview.stop() == 0
    assert "Traceback" not in "".join(preview.said)
    for stream in streams:
        while stream.recv(65536):
            pass
        stream.close()
    half.close()


@pytest.mark.browser
def test_two_tabs_of_a_phone_follow_over_plain_http(start: Start, site: TinySite, page: Page) -> None:
    preview = start("--host", "0.0.0.0")
    second = page.context.new_page()
    for tab in (page, second):
        visit(tab, preview, "migraine/pacing/")

    site.replace(PACING, "Rest before", "Sleep before")

    for tab in (page, second):
        expect(tab.get_by_text("Sleep before you are tired.")).to_be_visible()
        assert stayed(tab)
