"""Searching in a crisis: help comes first in every language, whatever crisis lines a site has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.search.conftest import SITE, serving
from tests.browser.search.test_search import search
from tests.sites import TinySite

pytestmark = pytest.mark.browser

PLEAS = ["suicide", "I want to die", "kill myself", "end my life", "quiero morirme", "quitarme la vida", "matarme",
         "je veux mourir", "m’ôter la vie", "ich will sterben", "Suizidgedanken", "quero morrer", "voglio morire",
         "I don't want to live", "self-harm"]  # fmt: skip
HARMLESS = [
    "die",
    "diet",
    "want to diet",
    "wish to diet",
    "end my lifetime plan",
    "want to live",
    "killer headache",
    "quiero",
]


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site without any crisis line."""
    folder = tmp_path_factory.mktemp("lonely")
    site = TinySite(folder / "project", SITE)
    site.delete("content/_crisis.yaml")
    site.search = True
    site.build(out=folder / "www" / "health")
    with serving(folder / "www") as origin:
        yield f"{origin}/health"


@pytest.mark.parametrize(
    ("path", "pleas"),
    [
        ("/search/", PLEAS[::3]),
        ("/es/search/", PLEAS[::6]),
        pytest.param("/search/", PLEAS, marks=pytest.mark.long),
    ],
)
def test_pleas_in_any_language_show_the_lines_that_the_site_has(
    page: Page, address: str, path: str, pleas: Sequence[str]
) -> None:
    page.goto(address + path)
    for plea in pleas:
        page.get_by_role("searchbox").fill("")
        expect(page.get_by_role("link", name="116 123")).to_be_hidden()
        page.get_by_role("searchbox").fill(plea)
        expect(page.get_by_role("link", name="116 123"), plea).to_be_visible()


def test_harmless_words_show_no_lines(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    for words in HARMLESS:
        page.get_by_role("searchbox").fill("yawn")
        expect(page.get_by_role("status")).to_contain_text("found")
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("searchbox").press("Enter")
        expect(page.locator("[data-crisis]"), words).to_be_hidden()


def test_a_site_without_lines_names_the_emergency_number(page: Page, lonely: str) -> None:
    search(page, f"{lonely}/search/", "want to die")
    expect(page.get_by_text("call the emergency number of your country")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("no crisis lines of its own")
    expect(page.get_by_text("Ask the people here")).to_be_hidden()

    page.get_by_role("button", name="Show pages for these words").click()
    expect(page.get_by_text("call the emergency number of your country")).to_be_visible()
