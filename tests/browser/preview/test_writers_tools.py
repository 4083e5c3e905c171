"""The writer's bar, the overlay and the notes as people use them: on a phone, by keyboard, with a screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import run_axe
from tests.browser.preview.previews import RunningPreview
from tests.browser.preview.test_live import PACING, visit
from tests.sites import TinySite

pytestmark = pytest.mark.browser

Start = Callable[..., RunningPreview]
_INSIDE = "document.querySelector('gatherwell-preview').shadowRoot"


def found_by_axe(page: Page) -> list[str]:
    answer = run_axe(page, context={"include": [["gatherwell-preview"]]}, passes=True)
    assert any("summary" in node["html"] for each in answer.response["passes"] for node in each["nodes"])
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in answer.response["violations"]]


def height(page: Page, selector: str) -> float:
    return float(page.evaluate(f"{_INSIDE}.querySelector('{selector}').getBoundingClientRect().height"))


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_the_bar_is_one_row_and_lies_over_no_words(
    start: Start, site: TinySite, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    visit(page, start(), "migraine/pacing/")

    bar = height(page, ".bar")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    last = page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom")

    assert bar < 50
    assert last <= 740 - bar


def test_a_phone_finds_all_of_the_page_in_a_sheet(start: Start, site: TinySite, page: Page) -> None:
    site.replace(PACING, "And rest after.", "Rest is good. " * 40)
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, start(), "migraine/pacing/")
    bar = page.locator("gatherwell-preview .bar")

    bar.get_by_text("Page", exact=True).click()

    expect(bar.get_by_role("link", name=PACING)).to_be_visible()
    expect(bar.locator(".narrow")).to_contain_text("grade")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_one_sheet_is_open_at_a_time_and_escape_closes_it(start: Start, site: TinySite, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, start(), "migraine/pacing/")
    bar = page.locator("gatherwell-preview .bar")
    bar.get_by_text("Page", exact=True).click()
    bar.get_by_text("Now", exact=True).focus()
    page.keyboard.press("Enter")
    expect(bar.locator("details[open]")).to_have_count(1)
    expect(bar.get_by_label("Show the site as of")).to_be_visible()

    page.keyboard.press("Escape")

    expect(bar.locator("details[open]")).to_have_count(0)
    assert page.evaluate(f"{_INSIDE}.activeElement.textContent") == "Now"


def test_the_bar_is_hidden_and_shown_by_keyboard_and_the_focus_goes_along(
    start: Start, site: TinySite, page: Page
) -> None:
    visit(page, start(), "migraine/pacing/")
    bar = page.locator("gatherwell-preview .bar")

    bar.get_by_role("button", name="Hide").press("Enter")
    expect(bar).to_be_hidden()
    assert page.evaluate(f"{_INSIDE}.activeElement.className") == "opener"

    page.keyboard.press("Enter")
    expect(bar).to_be_visible()
    assert page.evaluate(f"{_INSIDE}.activeElement.className") == "hide"


def test_a_note_above_a_missing_page_moves_the_page_down(start: Start, site: TinySite, page: Page) -> None:
    site.article("migraine/draft.md", draft="true")
    visit(page, start(), "migraine/draft/")
    note = page.locator("gatherwell-preview .note").first
    expect(note).to_contain_text("Start the preview with --drafts")
    expect(note.get_by_role("link", name="Open in the editor")).to_have_attribute(
        "href", f"vscode://file{(site.root / 'content/migraine/draft.md').resolve()}:1:1"
    )

    top = page.evaluate("document.querySelector('header').getBoundingClientRect().top")

    assert top >= height(page, ".note")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_an_error_fits_a_phone_and_axe_finds_nothing_in_it(
    start: Start, site: TinySite, page: Page, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, start(), "migraine/pacing/")
    overlay = page.locator("gatherwell-preview .overlay")

    site.replace(PACING, "And rest after.", "And [rest](nowhere-that-has-a-very-long-name-indeed.md) after.")
    expect(overlay).to_be_visible()

    assert page.evaluate(f"{_INSIDE}.querySelector('.overlay').scrollWidth") == 360
    assert found_by_axe(page) == []

    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_axe_finds_nothing_in_the_bar_and_its_sheets(
    start: Start, site: TinySite, page: Page, width: int
) -> None:
    site.put("content/_people/doc.md", "---\nname: Dr Doe\nrole: clinician\ncredential: Register 1\n---\n")
    site.put(
        PACING,
        "---\ntitle: Pacing\ndate: 2026-03-01\nreviewer: doc\nlast_reviewed: 2024-01-01\nreview_in: 12 months\n---\n"
        "Rest.\n",
    )
    page.set_viewport_size({"width": width, "height": 740})
    visit(page, start(), "migraine/pacing/")
    bar = page.locator("gatherwell-preview .bar")

    for summary in bar.locator("summary:visible").all():
        summary.focus()
        page.keyboard.press("Enter")
        assert found_by_axe(page) == []
