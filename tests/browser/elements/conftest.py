"""A real Chromium before the village; every page is watched for dialogs, errors and requests that leave the origin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from tests.browser.elements.village import PLAIN_ORIGIN, Village
from tests.chromium import PATIENCE

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# So near that it starts, and still out of sight.
COME_NEAR = """(name) => {
  const place = document.querySelector(name);
  scrollBy(0, place.getBoundingClientRect().top - innerHeight - 200);
}"""
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def the_village() -> Iterator[Village]:
    village = Village()
    yield village
    village.stop()


@pytest.fixture
def village(the_village: Village, tmp_path: Path) -> Iterator[Village]:
    """The function started afresh, with limits off and an easy proof of work."""
    the_village.open(tmp_path)
    yield the_village
    the_village.close()


def said(page: Page, element: str, text: str | re.Pattern[str]) -> None:
    """*element* says *text* in its own polite line."""
    expect(page.locator(f"{element} .say").first).to_have_text(text)


def kept(page: Page) -> dict[str, Any]:
    """All that the device keeps for this origin."""
    entries = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return {name: json.loads(value) for name, value in entries.items()}


class Watch:
    """What must never happen on any page."""

    def __init__(self, *origins: str) -> None:
        self.faults: list[str] = []
        self._origins: tuple[str, ...] = (*origins, "blob:", "data:")

    def allow(self, origin: str) -> None:
        self._origins += (origin,) if origin else ()

    def over(self, context: BrowserContext) -> None:
        context.on("page", self._page)
        context.on("request", lambda request: self._request(request.url))

    def _page(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        # The browser itself reports answers that are no success; those are a test's own doing.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith(self._origins):
            self.faults.append(f"request to {url}")


def pass_on(route: Route, village: Village) -> None:
    """The same village under a name that browsers do not take for the machine itself."""
    url = route.request.url.replace(PLAIN_ORIGIN, village.origin)
    route.fulfill(response=route.fetch(url=url))


@pytest.fixture
def browse(chromium: Browser, village: Village) -> Iterator[OpenPage]:
    """Opens a path in a context of its own (another device), or in that of `beside`.

    With *started* it waits until that element has its script; *also* is one more origin that pages may ask.
    """
    watch = Watch(village.origin, PLAIN_ORIGIN)
    contexts: list[BrowserContext] = []

    def open_page(
        path: str, started: str = "", *, beside: Page | None = None, also: str = "", **settings: Any
    ) -> Page:
        watch.allow(also)
        if beside is None:
            context = chromium.new_context(
                base_url=village.origin,
                viewport=settings.pop("viewport", {"width": 390, "height": 780}),
                **settings,
            )
            context.set_default_timeout(PATIENCE)
            context.add_init_script(SHIFTS)
            watch.over(context)
            context.route(f"{PLAIN_ORIGIN}/**", lambda route: pass_on(route, village))
            contexts.append(context)
        else:
            context = beside.context
        page = context.new_page()
        page.goto(path)
        if started:
            page.evaluate(COME_NEAR, started)
            page.wait_for_function("(name) => document.querySelector(name).started", arg=started)
            if started == "gw-comments" and not village.trouble.status:
                page.wait_for_function("() => document.querySelector('gw-comments').answers.length")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.faults == []
