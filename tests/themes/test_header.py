"""The header of a site with a logo and a title, on small screens and in dark colours, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.sites import TinySite

pytestmark = pytest.mark.browser

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="40"><path d="M0 0h9v9z"/></svg>'
PARTS = """() => [...document.querySelectorAll('.logo, .brand-home span, .tool')].map((e) => {
  const { left, right, top, bottom } = e.getBoundingClientRect();
  return { left, right, top, bottom };
}).filter(({ left, right }) => right > left)"""
PLATE = "getComputedStyle(document.querySelector('.logo')).backgroundColor"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def visit(page: Page, site: TinySite) -> None:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("https://tiny.example/")
        file = site.out / (path if path.rpartition("/")[2] else f"{path}index.html")
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

    page.route("https://tiny.example/**", answer)
    page.goto("https://tiny.example/")


@pytest.mark.parametrize("title", ["River Friends", "Friends of the Upper River Foundation"])
@pytest.mark.parametrize("width", [120, 600])
def test_logo_title_and_tools_lie_beside_each_other(
    site: TinySite, page: Page, title: str, width: int
) -> None:
    site.put("gatherwell.yaml", f"title: {title}\nbase_url: https://tiny.example/\nlogo: _images/logo.svg\n")
    site.put("content/_images/logo.svg", LOGO.format(width=width))
    site.build()
    visit(page, site)

    for screen in (320, 360, 390):
        page.set_viewport_size({"width": screen, "height": 700})
        parts = page.evaluate(PARTS)
        assert len(parts) >= 4
        for at, one in enumerate(parts):
            assert one["left"] >= 0
            assert one["right"] <= screen
            for other in parts[at + 1 :]:
                beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                assert beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


def test_a_logo_lies_on_light_paper_in_dark_colours_alone(site: TinySite, page: Page) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\nlogo: _images/logo.svg\n")
    site.put("content/_images/logo.svg", LOGO.format(width=120))
    site.build()
    visit(page, site)
    assert page.evaluate(PLATE) == "rgba(0, 0, 0, 0)"

    page.emulate_media(color_scheme="dark")

    assert page.evaluate(PLATE) == "rgb(251, 247, 241)"
