"""Responses to surveys on the page of one's own contributions: taken back there, or by a receipt from any browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import OpenPage, kept
from tests.browser.elements.village import Village
from tests.widgets.solving import solution_of
from widgets import CONTRACT_DIR

SURVEY = "migraine~sleep"
KEY = f"{1:032x}"  # of the village's first member


@pytest.fixture
def village(the_village: Village, tmp_path: Path) -> Iterator[Village]:
    """The function with one survey, which is open."""
    example = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text("utf-8"))
    the_village.open(
        tmp_path, surveys={SURVEY: {**example["surveys"][SURVEY], "opens": None, "closes": None}}
    )
    yield the_village
    the_village.close()


def responses(village: Village) -> int:
    return len(village.do(village.store.surveys.rows(SURVEY, 1)))


def answered(village: Village, browse: OpenPage) -> tuple[Page, str]:
    ticks = {"collection": True, "publication": True, "age": True}
    sent = {"version": 1, "consent": "2026-01", "answers": {"sleep": "good"}, **ticks}
    path = f"/surveys/{SURVEY}/responses"
    refused = village.member().send("POST", path, sent).json()
    taken = village.member().send("POST", path, {**sent, "altcha": solution_of(refused["challenge"])}).json()
    village.pages.you()
    page = browse("/you/", "gw-you")
    page.evaluate("key => localStorage.setItem('gatherwell', JSON.stringify({ key }))", KEY)
    assert responses(village) == 1
    return page, taken["receipt"]


def test_a_response_is_listed_and_taken_back(village: Village, browse: OpenPage) -> None:
    page, _ = answered(village, browse)
    assert kept(page)["gatherwell"]["key"] == KEY
    page.goto("/you/")
    expect(page.get_by_role("link", name="Sleep with migraine")).to_have_attribute(
        "href", "/migraine/surveys/sleep/"
    )
    page.locator(".you-responses").get_by_role("button").click()
    expect(page.locator(".you-responses")).to_be_hidden()
    assert responses(village) == 0


def test_a_receipt_withdraws_without_the_key(village: Village, browse: OpenPage) -> None:
    page, receipt = answered(village, browse)
    page.evaluate("localStorage.clear()")
    page.goto("/you/")
    page.get_by_label("The eight words of your receipt").fill(receipt.upper())
    page.get_by_role("button", name="See whether they are kept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your receipt")
    page.get_by_role("button", name="Withdraw these answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are withdrawn")
    assert responses(village) == 0
