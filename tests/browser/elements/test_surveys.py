"""A survey in a real browser before the real function: step by step, by keyboard, resumed, looked over, sent, and without scripts."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.axe import run_axe
from tests.browser.elements.conftest import OpenPage, kept, said
from tests.browser.elements.village import PLAIN_ORIGIN, Village
from tests.generator.content.surveys.working_day import ID, INSTRUMENT, PATH, SPANISH, SPANISH_PATH
from tests.sites import NOW, TinySite
from widgets import ELEMENTS_DIR

PAGE = "/migraine/surveys/working-day/"
RECEIPT = re.compile(r"^(\w+ ){7}\w+$")
SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
widgets: {endpoint: /api/v1}
== content/_crisis.yaml
en: [{name: A line, number: "116 123"}]
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/days.md
---
title: Days
date: 2025-01-01
---
Text.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    """A site with one survey that is open for as long as anybody may run this."""
    site = TinySite(tmp_path_factory.mktemp("surveys"), SITE)
    site.put(PATH, INSTRUMENT.replace("2026-03-01", "2020-01-01").replace("2026-08-31", "2999-12-31"))
    site.put(SPANISH_PATH, SPANISH)
    options = Options(now=NOW, jobs=1, search=False)
    build(Project(site.root, site.out, elements=ELEMENTS_DIR), options, lambda _: None)
    return site


@pytest.fixture
def asked(village: Village, built: TinySite, tmp_path: Path) -> Village:
    """The village with that site's pages and a function that takes its survey."""
    for path, content in built.outputs().items():
        village.pages.files[f"/{path.removesuffix('index.html')}"] = content
    village.close()
    village.open(tmp_path / "asked", surveys=json.loads(built.text("manifest.json"))["surveys"])
    return village


def step(page: Page) -> str:
    return page.locator(".survey-step:visible h2").first.inner_text()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def fill_first(page: Page, years: str = "7", work: str = "I do") -> None:
    page.get_by_label("For how many years").last.fill(years)
    page.get_by_label(work, exact=True).check()


def consent(page: Page, *, publication: bool = True) -> None:
    page.get_by_label("I am 16 years old or older.").check()
    page.get_by_label("My answers may be kept").check()
    if publication:
        page.get_by_label("My answers may count").check()


def answer_all(page: Page) -> None:
    fill_first(page)
    go_on(page)
    page.get_by_label("Softer light").check()
    page.get_by_label("2", exact=True).check()
    page.get_by_label("Never").check()
    page.locator("textarea").fill("Patience.")
    go_on(page)


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the element with just *text* has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"the keyboard does not reach {text!r}")


def sent_bodies(page: Page) -> list[dict[str, Any]]:
    """The bodies of responses that *page* sends from now on."""
    found: list[dict[str, Any]] = []
    page.on("request", lambda one: found.append(one.post_data_json) if one.method == "POST" else None)
    return found


def test_a_survey_is_taken_step_by_step_and_counts_once(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    assert kept(page) == {}  # reading keeps nothing
    bodies = sent_bodies(page)

    answer_all(page)
    review = page.locator(".survey-review dd").all_inner_texts()
    assert [line.removesuffix(" Change") for line in review] == [
        "7",
        "I do",
        "Softer light",
        "2",
        "Never",
        "Patience.",
    ]
    consent(page)
    page.get_by_role("button", name="Send my answers").click()

    expect(page.locator(".survey-receipt")).to_have_text(RECEIPT)
    expect(page.locator(".survey-done h2")).to_be_focused()
    altcha = bodies[-1].pop("altcha")
    assert altcha  # the function asked for a proof first
    assert bodies[-1] == {
        "version": 1,
        "consent": "2026-03",
        "lang": "en",
        "age": True,
        "collection": True,
        "publication": True,
        "answers": {
            "years": 7,
            "work": "yes",
            "helps": ["light"],
            "understood": "2",
            "mood": "never",
            "words": "Patience.",
        },
        "confirmed": False,
    }
    assert set(kept(page)["gatherwell"]) == {"key", "answered"}  # neither answers nor receipt stay
    assert "Patience" not in str(kept(page))


def answer_whole(page: Page) -> None:
    answer_all(page)
    consent(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).not_to_be_empty()


def test_the_device_that_answered_says_so_without_asking(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    answer_whole(page)
    requests: list[str] = []
    page.context.on("request", lambda one: requests.append(f"{one.method} {one.url} {one.headers}"))

    page = browse(PAGE, "gw-survey", beside=page)
    expect(page.locator(".survey-over")).to_contain_text(re.compile(r"You answered on \d+ \w+ \d{4}\."))
    expect(page.locator("form")).to_be_hidden()
    # The hub names the survey, an article the list in which it stands alone.
    for path, offer in (
        ("/migraine/", "a.line"),
        ("/migraine/days/", "p.small > a"),
        ("/migraine/surveys/", "a.line"),
    ):
        page.goto(path)
        expect(page.locator(f"{offer} + .survey-on")).to_have_text(re.compile("You answered on"))
    assert not [one for one in requests if "gatherwell-key" in one or "/surveys/migraine" in one]

    page = browse(PAGE, "gw-survey", beside=page)
    page.get_by_role("button", name="Take answers back").click()
    page.get_by_role("button", name="Yes, remove them").click()
    said(page, "gw-survey", "Your answers are taken back.")
    expect(page.locator("form")).to_be_visible()
    assert "answered" not in kept(page)["gatherwell"]
    page.goto("/migraine/")
    expect(page.locator("a.line").first).to_be_visible()
    assert page.locator(".survey-on").count() == 0
    again = browse(PAGE, "gw-survey", beside=page)
    answer_whole(again)


def test_answers_that_were_taken_back_elsewhere_can_be_given_anew(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    answer_whole(page)
    key = kept(page)["gatherwell"]["key"]
    page.evaluate(
        "key => fetch('/api/v1/surveys/migraine~working-day/responses', { method: 'DELETE', headers: { 'Gatherwell-Key': key } })",
        key,
    )
    page = browse(PAGE, "gw-survey", beside=page)
    page.get_by_role("button", name="Take answers back").click()
    page.get_by_role("button", name="Yes, remove them").click()
    expect(page.locator("form")).to_be_visible()


def test_another_browser_key_on_this_device_is_told_so(asked: Village, browse: OpenPage) -> None:
    """What the device knows is gone, and its key is not."""
    page = browse(PAGE, "gw-survey")
    answer_whole(page)
    page.evaluate(
        "localStorage.setItem('gatherwell', JSON.stringify({ key: JSON.parse(localStorage.gatherwell).key }))"
    )
    again = browse(PAGE, "gw-survey", beside=page)
    answer_all(again)
    again.get_by_role("button", name="Change: 2.").click()
    expect(again.get_by_label("I do", exact=True)).to_be_focused()
    again.get_by_label("I do not").check()
    go_on(again)
    go_on(again)
    consent(again)
    again.get_by_role("button", name="Send my answers").click()
    said(again, "gw-survey", re.compile("Somebody has answered from this browser already"))


def test_personal_data_is_asked_about_before_it_is_kept(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    bodies = sent_bodies(page)
    answer_all(page)
    page.get_by_role("button", name="Change: 6.").click()
    page.locator("textarea").fill("Ring me on 0151 23456789, please.")
    go_on(page)
    consent(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("#q-words .survey-fault")).to_contain_text("seems to hold an address, a number")
    expect(page.locator("textarea")).to_be_focused()
    go_on(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).not_to_be_empty()
    assert [one["confirmed"] for one in bodies] == [False, True, True]  # the last brings its proof


def test_what_is_not_asked_any_more_is_not_sent(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    bodies = sent_bodies(page)
    answer_all(page)
    page.get_by_role("button", name="Change: 1.").click()
    page.locator("[name='q.years']").fill("2")
    go_on(page)
    expect(page.locator("#q-understood")).to_be_hidden()
    expect(page.locator("#q-words")).to_be_hidden()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("Softer light")).not_to_be_checked()
    page.locator("#q-mood").get_by_role("button", name="Leave this open").click()
    go_on(page)
    consent(page, publication=False)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).not_to_be_empty()
    assert bodies[-1]["answers"] == {"years": 2, "work": "yes", "helps": ["none"]}
    assert bodies[-1]["publication"] is False


def test_the_keyboard_alone_is_enough(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    press = page.keyboard.press
    page.locator("[name='q.years']").focus()
    page.keyboard.type("3")
    press("Enter")  # goes on, and does not send: the second question needs an answer
    said(page, "gw-survey", "One answer needs another look.")
    expect(page.locator("#q-work input").first).to_be_focused()
    expect(page.locator("#q-work-fault")).to_have_text("Please answer this, or go back.")
    press("ArrowDown")
    tab_to(page, "Next")
    press("Enter")
    expect(page.locator("#page-step-2")).to_be_focused()
    press("Tab")
    press("Space")  # the one question that is asked: the first of its answers
    tab_to(page, "Next")
    press("Enter")
    expect(page.locator("#page-review")).to_be_focused()
    assert page.locator(".survey-review dd").all_inner_texts()[1].startswith("I do not")


def test_answers_are_still_there_after_a_reload_and_go_when_asked(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    fill_first(page)
    go_on(page)
    page.get_by_label("Breaks").check()

    page = browse(PAGE, "gw-survey", beside=page)
    said(page, "gw-survey", re.compile("Your answers from before are still here"))
    assert step(page) == "Your working day"
    expect(page.get_by_label("Breaks")).to_be_checked()

    page.get_by_role("button", name="Remove them from this device").click()
    page.get_by_role("button", name="Yes, remove them").click()
    said(page, "gw-survey", "Your answers are removed from this device.")
    assert kept(page) == {}
    assert step(page) == "You and migraine"
    expect(page.locator("[name='q.years']")).to_have_value("")


def test_with_the_function_down_answers_stay_on_the_device(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    answer_all(page)
    consent(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    said(page, "gw-survey", re.compile("There is no connection. Your answers are kept"))
    page.context.set_offline(False)
    assert kept(page)["gatherwell"]["surveys"][ID]["values"]["words"] == ["Patience."]
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).not_to_be_empty()


def test_where_no_proof_can_be_found_it_goes_as_a_form(asked: Village, browse: OpenPage) -> None:
    page = browse(f"{PLAIN_ORIGIN}{PAGE}", "gw-survey")
    answer_all(page)
    consent(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("strong")).to_have_text(RECEIPT)
    key = kept(page)["gatherwell"]["key"]
    assert {one["value"] for one in page.context.cookies() if one["name"].endswith("gw")} == {key}
    again = browse(f"{PLAIN_ORIGIN}{PAGE}", "gw-survey", beside=page)
    assert "surveys" not in kept(again).get("gatherwell", {})


def test_who_writes_of_danger_is_shown_where_to_turn(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, "gw-survey")
    answer_all(page)
    page.get_by_role("button", name="Change: 6.").click()
    page.locator("textarea").fill("I want to kill myself tonight.")
    go_on(page)
    consent(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".help-given")).to_be_focused()
    expect(page.locator(".help-given")).to_contain_text("116 123")
    expect(page.locator(".survey-receipt")).not_to_be_empty()

    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate(
        """() => document.querySelector("gw-survey").help({
             help: [{ name: "A directory", url: "https://www.helplines.example/peoplewholistenbydayandbynightineveryplace" }],
             help_words: { title: "T", intro: "I", after: "A" } })"""
    )
    expect(page.locator(".help-given a")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("page", ["migraine/surveys/working-day/", "migraine/es/surveys/working-day/"])
def test_the_script_and_its_words_keep_to_their_budget(built: TinySite, page: str) -> None:
    [script] = built.out.glob("assets/elements.*/survey.js")
    words = re.search(r"<template class=\"words\".*?</template>", built.text(f"{page}index.html"))
    assert words
    assert len(gzip.compress(script.read_bytes() + words[0].encode(), 9, mtime=0)) <= 6 * 1_024


def test_without_scripts_one_long_form_is_enough(asked: Village, browse: OpenPage) -> None:
    page = browse("/migraine/es/surveys/working-day/", java_script_enabled=False)
    assert page.locator("fieldset:visible").count() == 6
    page.get_by_label("¿Desde hace cuántos años").last.fill("7")
    page.get_by_label("Sí", exact=True).check()
    page.get_by_label("Pausas").check()
    page.get_by_label("Nada de esto").check()
    page.get_by_label("Tengo 16 años o más.").check()
    page.get_by_label("Mis respuestas se pueden guardar").check()
    page.get_by_role("button", name="Enviar mis respuestas").click()
    # The function hands the form back, filled in: one of two answers stands alone.
    expect(page.locator("[name='q.years']")).to_have_value("7")
    page.locator("[name='q.helps'][value=none]").uncheck()
    page.get_by_role("button").last.click()
    expect(page.locator("strong")).to_have_text(RECEIPT)
    words = page.locator("strong").inner_text()
    page.reload()  # the same form again: counted once
    expect(page.locator("strong")).to_have_text(words)


def test_without_scripts_a_complete_form_is_looked_over_first(asked: Village, browse: OpenPage) -> None:
    page = browse(PAGE, java_script_enabled=False)
    page.get_by_label("I do not").check()
    consent(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("h1")).to_have_text("Please look over your answers")
    expect(page.get_by_label("I do not")).to_be_checked()
    page.get_by_role("button").last.dblclick()
    expect(page.locator("strong")).to_have_text(RECEIPT)
    assert len(asked.do(asked.store.surveys.rows(ID, 1))) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_small_screen(asked: Village, browse: OpenPage, scheme: str) -> None:
    page = browse(PAGE, "gw-survey", color_scheme=scheme, viewport={"width": 320, "height": 640})

    def sound() -> None:
        results = run_axe(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    go_on(page)
    expect(page.locator("#q-work-fault")).to_be_visible()
    sound()
    fill_first(page)
    go_on(page)
    page.get_by_label("1", exact=False).first.check()
    go_on(page)
    consent(page)
    sound()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).not_to_be_empty()
    sound()
