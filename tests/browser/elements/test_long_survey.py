"""A survey of thirty questions with routing, taken whole: with scripts in one language, without them in another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.browser.elements.conftest import OpenPage
from tests.browser.elements.test_surveys import RECEIPT, SITE, go_on, sent_bodies
from tests.browser.elements.village import Village
from tests.sites import NOW, TinySite
from widgets import ELEMENTS_DIR

HEAD = """\
title: {title}
purpose: {title}.
consent: {{{version}collection: {kept}, publication: {counted}}}
"""
KINDS = ("single", "multiple", "scale", "number", "text")
SHAPES = {
    "single": "options: {yes: Yes, no: No}",
    "multiple": "options: {a: One, b: Two, none: None}, exclusive: none",
    "scale": "points: 5, ends: [Low, High]",
    "number": "least: 0, most: 9, bands: [{key: few, label: Few, below: 5}, {key: many, label: Many, least: 5}]",
    "text": "help: In your words",
}
WORDS = {
    "single": "options: {yes: Sí, no: No}",
    "multiple": "options: {a: Uno, b: Dos, none: Nada}",
    "scale": "ends: [Bajo, Alto]",
    "number": "bands: {few: Pocos, many: Muchos}",
    "text": "help: Con tus palabras",
}


def english() -> str:
    """Thirty questions in six sections; every second section is asked after a yes in the one before it."""
    lines = [
        HEAD.format(
            title="Long", version="version: a, ", kept="I agree to keep", counted="I agree to publish"
        )
    ]
    lines += ["opens: 2020-01-01", "closes: 2999-01-01", "sections:"]
    for section in range(6):
        lines += [f"  - key: s{section}", f"    title: Part {section}", "    questions:"]
        ask_if = f", ask_if: {{s{section - 1}-single: yes}}" if section % 2 else ""
        lines += [
            f"      - {{key: s{section}-{kind}, ask: 'Question {section} {kind}', kind: {kind}, {SHAPES[kind]}{ask_if}}}"
            for kind in KINDS
        ]
    return "\n".join(lines) + "\n"


def spanish() -> str:
    lines = [
        HEAD.format(
            title="Largo", version="", kept="Acepto que se guarden", counted="Acepto que se publiquen"
        )
    ]
    lines += [
        "sections:",
        *(f"  s{section}: {{title: Parte {section}}}" for section in range(6)),
        "questions:",
    ]
    lines += [
        f"  s{section}-{kind}: {{ask: 'Pregunta {section} {kind}', {WORDS[kind]}}}"
        for section in range(6)
        for kind in KINDS
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def asked(village: Village, tmp_path: Path) -> Village:
    site = TinySite(tmp_path / "long", SITE)
    site.put("content/migraine/surveys/long.yaml", english())
    site.put("content/migraine/surveys/long.es.yaml", spanish())
    options = Options(now=NOW, jobs=1, search=False)
    build(Project(site.root, site.out, elements=ELEMENTS_DIR), options, lambda _: None)
    for path, content in site.outputs().items():
        village.pages.files[f"/{path.removesuffix('index.html')}"] = content
    village.close()
    village.open(tmp_path / "asked", surveys=json.loads(site.text("manifest.json"))["surveys"])
    return village


def answer(page: Page, *, route: str) -> int:
    """Answer every question in sight, the single ones with *route*; how many there were."""
    places = page.locator(".survey-question:visible").all()
    for place in places:
        kind = place.get_attribute("data-kind")
        if kind == "number":
            place.locator("input").fill("7")
        elif kind == "text":
            place.locator("textarea").fill("Some words.")
        else:
            place.locator(f"input[value={route}], input[value='4'], input[value=a]").first.check()
    return len(places)


@pytest.mark.long
@pytest.mark.parametrize(("route", "number"), [("yes", 30), ("no", 15)])
def test_thirty_questions_step_by_step(asked: Village, browse: OpenPage, route: str, number: int) -> None:
    page = browse("/migraine/surveys/long/", "gw-survey")
    bodies = sent_bodies(page)
    answered = 0
    while page.locator(".survey-turn [data-act=next]").is_visible():
        answered += answer(page, route=route)
        go_on(page)
    assert answered == page.locator(".survey-review dd").count() == number
    page.get_by_label("I am 16 years old or older.").check()
    page.get_by_label("I agree to keep").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".survey-receipt")).to_have_text(RECEIPT)
    assert len(bodies[-1]["answers"]) == number


@pytest.mark.long
def test_thirty_questions_as_one_form(asked: Village, browse: OpenPage) -> None:
    page = browse("/migraine/es/surveys/long/", java_script_enabled=False)
    assert answer(page, route="no") == 30  # what was not asked is left out by the function
    page.get_by_label("Tengo 16 años o más.").check()
    page.get_by_label("Acepto que se guarden").check()
    page.get_by_role("button", name="Enviar mis respuestas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Repasa tus respuestas, por favor")
    page.get_by_role("button", name="Enviar mis respuestas").click()
    expect(page.locator("strong")).to_have_text(RECEIPT)
