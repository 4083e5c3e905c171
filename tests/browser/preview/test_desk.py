"""The moderators' desk beside the pages: open to whoever sits at this machine, and to nobody else."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.preview.previews import RunningPreview

pytestmark = pytest.mark.browser
Start = Callable[..., RunningPreview]


def test_the_link_of_the_terminal_leads_into_the_desk(start: Start, page: Page) -> None:
    preview = start()
    link = preview.wait_for_line("The moderators' desk").split()[-1]
    preview.wait_for_line("open it: it lets this browser in as an editor")

    page.goto(link)
    expect(page).to_have_url(re.compile(r"/desk/enter\?t=[0-9a-f]{64}$"))
    page.locator("form button").first.click()
    page.goto(preview.url + "desk/")

    expect(page).to_have_url(preview.url + "desk/")
    expect(page.locator("main")).to_be_visible()


def test_without_the_link_the_desk_asks_to_sign_in(start: Start, page: Page) -> None:
    preview = start()

    page.goto(preview.url + "desk/")

    expect(page).to_have_url(preview.url + "desk/sign-in")


def test_no_other_site_and_no_other_device_is_let_in(start: Start) -> None:
    preview = start("--host", "0.0.0.0")
    link = preview.wait_for_line("The moderators' desk").split()[-1]
    away = preview.url.split("/")[2].rpartition(":")[0]

    def status(host: str, **headers: str) -> int:
        connection = http.client.HTTPConnection(host, preview.port, timeout=60)
        try:
            connection.request("GET", "/__preview/desk", headers=headers)
            return connection.getresponse().status
        finally:
            connection.close()

    assert link == f"http://localhost:{preview.port}/__preview/desk"
    assert status("127.0.0.1") == 303
    assert status("127.0.0.1", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status("127.0.0.1", Origin="https://evil.example") == 403
    assert status(away) == 403
