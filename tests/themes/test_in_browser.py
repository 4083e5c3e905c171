"""The default theme in a real Chromium: accessible, narrow, private, still, and complete without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import LOOKS, run_axe
from tests.themes import samples

pytestmark = pytest.mark.browser

KINDS = sorted(name for name in samples.all_pages() if name != "redirect")
SCHEMES = ("light", "dark", "low-glare")
CHOOSE = "localStorage.setItem('gw-comfort', JSON.stringify({}))"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 360, "height": 780})
    yield opened
    opened.close()


def comfort(context: BrowserContext, **choices: str) -> None:
    """What a reader chose on an earlier page."""
    import json

    context.add_init_script(f"localStorage.setItem('gw-comfort', {json.dumps(json.dumps(choices))})")


@pytest.mark.parametrize(
    "scheme", [SCHEMES[0], *(pytest.param(scheme, marks=pytest.mark.long) for scheme in SCHEMES[1:])]
)
def test_no_page_kind_has_an_accessibility_violation(browser: Browser, address: str, scheme: str) -> None:
    width = {"light": 360, "dark": 1280, "low-glare": 768}[scheme]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    if scheme == "low-glare":
        comfort(context, scheme="low-glare")
    page = context.new_page()
    found = {}
    for kind in KINDS:
        page.goto(f"{address}/{kind}.html")
        results = run_axe(page, rules=() if scheme == SCHEMES[0] else LOOKS)
        if results.violations_count:
            found[kind] = [
                (violation["id"], [node["html"] for node in violation["nodes"]][:3])
                for violation in results.response["violations"]
            ]
    context.close()
    assert found == {}


def test_open_panels_have_no_accessibility_violation(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/article.html")
    for opener, panel in (
        (".tool-comfort", "#page-comfort"),
        (".tool-menu", "#page-menu"),
        (".term", ".term-card"),
    ):
        page.click(opener)
        page.wait_for_selector(f"{panel}:popover-open")
        results = run_axe(page, panel)
        assert results.violations_count == 0, results.generate_report()
        page.keyboard.press("Escape")
        assert page.query_selector(f"{panel}:popover-open") is None


def test_open_tables_of_figures_have_no_accessibility_violation(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/survey-report.html")
    page.evaluate("document.querySelectorAll('.chart-numbers').forEach((one) => { one.open = true; })")
    results = run_axe(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator(".chart table").first.is_visible()


@pytest.mark.parametrize("prefix", ["", "ar-"])
def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, address: str, prefix: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    comfort(context, text="larger", spacing="wide") if prefix else None
    page = context.new_page()
    wide = {}
    for kind in KINDS:
        page.goto(f"{address}/{prefix}{kind}.html")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[kind] = width
    context.close()
    assert wide == {}


def test_arabic_pages_run_from_right_to_left(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/ar-article.html")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    title, screen = page.locator("h1").bounding_box(), 360
    assert title
    assert title["x"] + title["width"] == pytest.approx(screen - 16, abs=1)
    assert page.locator(".button", has_text="صوّت").count() == 1


def test_reading_asks_for_three_things_and_stores_nothing(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "Storage.prototype.setItem = () => { document.documentElement.dataset.stored = 'yes'; };"
    )
    page.goto(f"{address}/article.html", wait_until="networkidle")
    page.mouse.wheel(0, 4000)
    page.wait_for_load_state("networkidle")
    kinds = [url.removeprefix(address).split(".")[0] for url in asked if "/icons/" not in url]
    assert kinds == ["/article", "/assets/site", "/assets/scheme"]
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.get_attribute("html", "data-stored") is None


def test_no_page_breaks_its_own_policy(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for kind in KINDS:
        page.goto(f"{address}/{kind}.html")
    assert told == []


def test_pages_are_complete_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(f"{address}/article.html")
    assert page.locator("#poll-weather-trigger input").count() == 5
    assert page.locator(".comment").count() == 3
    assert not page.locator(".tool-comfort").is_visible()
    assert not page.get_by_role("button", name="Copy the link").is_visible()
    page.click(".tool-menu")
    assert page.get_by_role("link", name="Treatments").is_visible()
    page.keyboard.press("Escape")
    page.click(".term")
    assert page.get_by_text("Changes in sight, feeling or speech").is_visible()
    context.close()


def open_comfort(page: Page) -> None:
    page.click(".tool-comfort")
    page.wait_for_selector("#page-comfort:popover-open form")


def test_comfort_is_kept_only_when_used_and_taken_back_at_once(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/article.html")
    open_comfort(page)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Low glare").click()
    page.get_by_label("Larger").click()
    assert page.evaluate("localStorage.getItem('gw-comfort')") == '{"scheme":"low-glare","text":"larger"}'
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    page.goto(f"{address}/hub.html")
    assert page.get_attribute("html", "data-scheme") == "low-glare"
    open_comfort(page)
    assert page.get_by_label("Low glare").is_checked()
    page.get_by_role("button", name="Start over").click()
    assert page.evaluate("localStorage.length") == 0
    assert page.get_attribute("html", "data-scheme") is None


def test_short_version_first_shows_the_summary_and_the_text_on_request(
    context: BrowserContext, address: str
) -> None:
    comfort(context, short="on")
    page = context.new_page()
    page.goto(f"{address}/article.html")
    assert not page.locator("#page-text").is_visible()
    page.get_by_role("link", name="Read the whole page").click()
    assert page.locator("#page-text").is_visible()
    page.goto(f"{address}/article.html#ref-1")
    page.goto(f"{address}/article.html#diary")
    assert page.locator("#diary").is_visible()


def test_only_the_text_leaves_the_way_back(context: BrowserContext, address: str) -> None:
    comfort(context, focus="on")
    page = context.new_page()
    page.goto(f"{address}/article.html")
    for part in (".comments-part", ".related", ".site-footer", ".neighbours"):
        assert not page.locator(part).is_visible(), part
    assert page.locator("#page-text").is_visible()
    assert page.locator(".tool-comfort").is_visible()


def test_everything_is_reached_by_keyboard_with_a_visible_focus(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/article.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    unseen: list[str] = []
    reached = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        state: dict[str, Any] = page.evaluate(
            """() => {
              const e = document.activeElement, s = getComputedStyle(e), a = getComputedStyle(e, '::after');
              const l = e.nextElementSibling && getComputedStyle(e.nextElementSibling);
              const ring = (x) => x && x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2;
              const seen = [s, a, l].some(ring);
              return {body: e === document.body, seen, html: e.outerHTML.slice(0, 90)};
            }"""
        )
        if state["body"]:
            break
        reached += 1
        if not state["seen"]:
            unseen.append(state["html"])
    assert unseen == []
    assert reached > 40


def test_targets_are_large_enough_for_an_unsteady_thumb(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    small = {}
    for kind in KINDS:
        page.goto(f"{address}/{kind}.html")
        found = page.evaluate(
            """() => [...document.querySelectorAll(
                'button:not(.term), .button, summary, .choice, textarea,'
                + ' input:not([type=hidden], [type=radio], [type=checkbox]),'
                + ' nav a, .tags a, .line, .more')]
              .filter((e) => e.checkVisibility() && !e.closest('.trap'))
              .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
              .filter(([, height]) => height < 43.9)"""
        )
        if found:
            small[kind] = found
    assert small == {}


def test_print_leaves_out_what_paper_cannot_do(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/article.html")
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".tools", ".share", ".related", ".comments-part", ".toc"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator(".references").is_visible()
    assert page.locator(".review").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    address_shown = page.evaluate(
        "getComputedStyle(document.querySelector('.references cite').parentNode, '::after').content"
    )
    assert "https://ichd-3.org/" in address_shown


def test_a_page_is_passed_on_without_anybody_else(context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/article.html")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    permalink = "https://gatherwell.example/migraine/finding-your-triggers/"
    assert page.evaluate("navigator.clipboard.readText()") == permalink
    assert page.locator("[data-status]").text_content() == "Link copied"
