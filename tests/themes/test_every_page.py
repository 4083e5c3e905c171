"""What holds on every page kind, full or empty, in a real Chromium: reach, room, privacy, stillness, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.themes import samples

pytestmark = pytest.mark.browser

KINDS = sorted(name for name in samples.all_pages() if name != "redirect")
# Pages with as little or as much as there can be are for the long tests.
EXTREME = [name for name in KINDS if name.startswith(("bare-", "odd-"))]
USUAL = [name for name in KINDS if name not in EXTREME]
MARKED = [*USUAL, *(pytest.param(name, marks=pytest.mark.long) for name in EXTREME)]
# Steps through a page by keyboard would not end if the focus were caught somewhere.
ENOUGH = 400
FOCUSED = """() => {
  const e = document.activeElement;
  const ring = (x) => x && x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2;
  const next = e.nextElementSibling && getComputedStyle(e.nextElementSibling);
  return {
    body: e === document.body,
    seen: [getComputedStyle(e), getComputedStyle(e, '::after'), next].some(ring),
    html: e.outerHTML.slice(0, 90),
  };
}"""
SHIFT = """window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});"""
WRITES = """for (const name of ['setItem', 'removeItem', 'clear'])
  Storage.prototype[name] = () => { window.stored = name; };
for (const name of ['open', 'deleteDatabase']) IDBFactory.prototype[name] = () => { window.stored = name; };"""
NEXT_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 360, "height": 780})
    yield opened
    opened.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    opened = phone.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", MARKED)
def test_keyboard_alone_goes_through_the_page_and_sees_where_it_is(
    page: Page, address: str, kind: str
) -> None:
    page.goto(f"{address}/{kind}.html")
    unseen: list[str] = []
    reached = 0
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        state: dict[str, Any] = page.evaluate(FOCUSED)
        if state["body"]:
            break
        reached += 1
        if not state["seen"]:
            unseen.append(state["html"])
    assert unseen == []
    assert 5 < reached < ENOUGH


@pytest.mark.parametrize("prefix", ["", "ar-"])
def test_nothing_scrolls_sideways_at_four_times_the_size(browser: Browser, address: str, prefix: str) -> None:
    """A screen of 1280 × 1024 pixels that is zoomed to 400 % shows 320 × 256 of the page."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    wide = {}
    for kind in KINDS:
        page.goto(f"{address}/{prefix}{kind}.html")
        width = page.evaluate("document.documentElement.scrollWidth")
        # What is cut off cannot be scrolled to, so each thing is looked at by itself.
        outside = page.evaluate(
            """() => [...document.querySelectorAll('main *, header *, footer *')].filter((e) => {
              const box = e.getBoundingClientRect();
              return e.checkVisibility() && box.width > 1 && (box.right > 320.5 || box.left < -.5)
                && !e.closest('.table-scroll, pre, .visually-hidden, .trap, .hub-first, .skip');
            }).map((e) => e.outerHTML.slice(0, 80)).slice(0, 3)"""
        )
        if width > 320 or outside:
            wide[kind] = (width, outside)
    context.close()
    assert wide == {}


def open_all(context: BrowserContext, address: str, kinds: list[str]) -> dict[str, Page]:
    """Each page in a tab of its own, when none asks for anything any more: they wait for that beside each other."""
    pages = {}
    for kind in kinds:
        pages[kind] = context.new_page()
        pages[kind].goto(f"{address}/{kind}.html")
        pages[kind].mouse.wheel(0, 20_000)
    for page in pages.values():
        page.wait_for_load_state("networkidle")
    return pages


def test_reading_asks_nobody_else_and_keeps_nothing(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_init_script(WRITES)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    pages = open_all(context, address, KINDS)
    stored = {kind: found for kind, page in pages.items() if (found := page.evaluate("window.stored"))}
    kept = {page.evaluate("localStorage.length + sessionStorage.length") for page in pages.values()}
    cookies = context.cookies()
    context.close()
    assert len(asked) > len(KINDS)
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert (stored, kept, cookies) == ({}, {0}, [])


@pytest.mark.parametrize(
    "kinds", [USUAL, pytest.param(EXTREME, marks=pytest.mark.long)], ids=["usual", "extreme"]
)
def test_nothing_jumps_while_the_page_loads(browser: Browser, address: str, kinds: list[str]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_init_script(SHIFT)
    shifts = {}
    for kind, page in open_all(context, address, kinds).items():
        page.evaluate(NEXT_FRAMES)
        shifts[kind] = page.evaluate("window.shift")
    context.close()
    assert {kind: shift for kind, shift in shifts.items() if shift} == {}


def test_every_page_can_be_read_and_left_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{address}/{kind}.html")
        assert page.locator("h1").is_visible(), kind
        assert page.locator(".js:visible").count() == 0, kind
        assert page.locator("[data-do]:not(.term, summary):visible").count() == 0, kind
        page.click(".tool-menu")
        assert page.locator("#page-menu a").first.is_visible(), kind
    context.close()
