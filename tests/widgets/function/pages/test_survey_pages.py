"""The function's pages of surveys in a browser: axe finds nothing, nothing is wider than 320 pixels, fields are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, expect
from starlette.responses import Response

from tests.axe import run_axe
from widgets import CONTRACT_DIR
from widgets.contract.manifest import Manifest, parse_manifest
from widgets.function.pages.survey_form import Faulty, FormAgain, form_page
from widgets.function.pages.survey_receipts import Found, Kept, found_page, kept_page
from widgets.function.text.crisis_help import Help
from widgets.rules.receipts import words_of

SURVEY = "migraine~sleep"
WORDS = words_of(b"\x00\x10\x20\x30\x40\x50\x60\x70", "en")


@dataclass(frozen=True)
class Sent:
    answers: dict[str, object] = field(default_factory=dict)
    collection: bool = False
    publication: bool = True
    age: bool = False
    confirmed: bool = False


def manifest() -> Manifest:
    return parse_manifest((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_bytes())


def at_fault(lang: str, *, plea: bool = False) -> Response:
    site = manifest()
    answers = {"sleep": "bad", "why": ["light", "none"], "years": "x" * 30, "words": "w" * 300}
    faults = {"why": "exclusive", "years": "not-a-number", "pain": "required", "words": "personal-data"}
    form = FormAgain(SURVEY, site.survey(SURVEY), lang, Sent(answers), Faulty(faults), "a" * 32)
    return form_page(site, form, Help(site.help["en"]) if plea else Help(), 400)


def looked_over(lang: str) -> Response:
    site = manifest()
    sent = Sent({"sleep": "bad", "why": ["light"], "years": "3"}, collection=True, age=True)
    form = FormAgain(SURVEY, site.survey(SURVEY), lang, sent, None, "a" * 32)
    return form_page(site, form, Help(), 200)


PAGES: dict[str, Callable[[], Response]] = {
    "at fault": lambda: at_fault("en"),
    "at fault, in Spanish, with a plea": lambda: at_fault("es", plea=True),
    "to be looked over": lambda: looked_over("es"),
    "kept": lambda: kept_page(Kept("es", WORDS, True, "/a/", True), Help()),
    "kept, with a plea": lambda: kept_page(
        Kept("en", WORDS, False, "/a/", False), Help(manifest().help["en"])
    ),
    "found": lambda: found_page(Found("en", "Sleep", "2026-09-22", WORDS, "/a/"), withdrawn=False),
    "withdrawn": lambda: found_page(Found("es", "Sleep", "2026-09-22", WORDS, ""), withdrawn=True),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_it_fits_a_small_phone(chromium: Browser, name: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.set_content(bytes(PAGES[name]().body).decode())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    results = run_axe(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()


def test_the_form_is_filled_in_by_the_keyboard_alone(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(bytes(at_fault("en").body).decode())
    page.get_by_role("link", name="What wakes you?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Light")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Light")).not_to_be_checked()
    years = page.get_by_label("For how long have you had migraine? (years)")
    expect(years).to_have_accessible_description("Please write a number in digits.")
    page.close()
