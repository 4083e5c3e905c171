"""The rules that protect readers, in a whole site: what `check` says of a page, whom a rule spares, what a writer allows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.bodies.wording.reading import reading_of
from generator.bodies.wording.tokens import tokens_of
from generator.build.check import find_problems
from generator.checks import PROTECTING
from generator.checks.reading import inflesz, smog
from generator.content.config import Checks
from generator.ground.errors import Problem
from generator.ground.model import Reading
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
demonstration: true
== content/ms/_index.md
---
title: MS
---
== content/_people/ana.md
---
name: Ana
---
== content/_people/ben.md
---
name: Ben
disclosures: none
---
"""
SOURCE = "references: [{id: nice, title: A guideline}]"
HARD = "Pharmacological prophylaxis necessitates individualised consideration of comorbidities. " * 30
EASY = "We rest when we can. The day is long. You may lie down for a bit. " * 12
DOSE = "Take 800 mg every two hours."


class Case(NamedTuple):
    """A page in *language* with lines of *front* matter and a *body*; *found* are (line of the file, code)."""

    front: str
    body: str
    found: tuple[tuple[int, str], ...] = ()
    language: str = "en"


CASES = [
    # Doses: a source or a review excuses them, a story tells of its own.
    Case("type: treatment", DOSE, ((5, "doses"),)),
    Case(f"type: treatment\n{SOURCE}", DOSE),
    Case("type: treatment", f"{DOSE}[^a]\n\n[^a]: A guideline."),
    Case("type: story", DOSE),
    Case("summary: Take 800 mg every two hours.", "Words.", ((3, "doses"),)),
    # Stories speak as they like of themselves, but promise nothing.
    Case("type: story", "I am a migraineur and I suffer from it; people suffer from it."),
    Case("type: story", "This miracle will cure you.", ((5, "absolutes"), (5, "absolutes"))),
    Case("type: basics", "People suffer from it.", ((5, "person_first"),)),
    # Personal data: stories alone give people away.
    Case("type: story", "Write to jane@example.org.", ((5, "personal_data"),)),
    Case("type: basics", "Write to jane@example.org."),
    # Who pays.
    Case("type: basics", "This page is sponsored by Example Pharma.", ((5, "sponsors"),)),
    Case("sponsor: Example Pharma", "This page is sponsored by Example Pharma."),
    Case("type: treatment\nauthors: ana", "Words.", ((4, "disclosures"),)),
    Case("type: treatment\nauthors: ben", "Words."),
    Case("type: basics\nauthors: ana", "Words."),
    Case("type: basics\nauthors: [ben, ana]\nsponsor: Example Pharma", "Words.", ((4, "disclosures"),)),
    # Headings.
    Case("type: basics", "## A\n\n#### B", ((7, "headings"),)),
    Case("type: basics", "### A", ((5, "headings"),)),
    Case("type: basics", "## A\n\n### B\n\n## C\n\n### B"),
    Case("type: basics", "## A\n\n### B\n\n### b", ((9, "headings"),)),
    # Links.
    Case("type: basics", "Click [here](https://x.example/).", ((5, "link_texts"),)),
    Case("type: basics", "[Rest](https://x.example/?utm_source=a&page=2).", ((5, "tracking"),)),
    Case(
        'references:\n  - {id: a, title: A, url: "https://x.example/?fbclid=1"}', "[^a]", ((4, "tracking"),)
    ),
    Case("allow: {absolutes: https://x.example/?fbclid=1}", "This miracle."),
    # Polls.
    Case("type: basics", ":::poll{#a}\nA?\n- Yes {#y}\n- yes {#n}\n:::", ((5, "poll_hygiene"),)),
    Case("type: basics", ":::poll{#b}\nHow many?\n- 1 to 5 {#a}\n- 5 to 9 {#b}\n:::", ((5, "poll_hygiene"),)),
    Case("type: basics", ":::poll{#c}\nHow many?\n- 1 to 4 {#a}\n- 5 to 9 {#b}\n:::"),
    Case("type: basics", ":::poll{#d}\nDon't you rest?\n- Yes {#a}\n- No {#b}\n:::", ((5, "poll_hygiene"),)),
    Case("type: basics", ":::poll{#e sensitive}\nA?\n- Yes {#a}\n- No {#b}\n:::", ((5, "poll_hygiene"),)),
    Case("type: basics", ":::poll{#f sensitive}\nA?\n- Yes {#a}\n- I would rather not say {#b}\n:::"),
    # Reading.
    Case("type: basics", HARD, ((2, "reading"),)),
    Case("type: basics", EASY),
    Case("type: story", HARD),
    Case("type: basics", "La farmacoterapia profiláctica individualizada. " * 20, ((2, "reading"),), "es"),
    Case("type: basics", "Hoy es un buen día para ti y para mí. " * 20, (), "es"),
    # Allowed with a reason, by file or by line; what allows nothing is told.
    Case("allow: {absolutes: a leaflet is quoted}", "This miracle."),
    Case("allow: {absolutes: a leaflet is quoted}", "Words.", ((3, "allowed"),)),
    Case("allow: {absolutes: ' '}", "This miracle.", ((3, "allowed"),)),
    Case("allow: {absolute: why}", "This miracle.", ((3, "allowed"), (5, "absolutes"))),
    Case(
        "type: basics", "<!-- allow absolutes: quoted -->\nThis miracle.\n\nA miracle.", ((8, "absolutes"),)
    ),
    Case("type: basics", "A miracle. <!-- allow doses: quoted -->", ((5, "absolutes"), (5, "allowed"))),
    Case("allow: {summaries: off here}", "Words."),
    Case("allow: {keys: a key of our own}", "Words.", ((3, "allowed"),)),
]


def findings(site: TinySite) -> list[Problem]:
    options = Options(now=NOW, jobs=1, search=False)
    return list(find_problems(Project(site.root, site.out), options, lambda _: None).problems)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Problem]]:
    site = TinySite(tmp_path_factory.mktemp("protecting") / "tiny", SITE)
    site.replace("gatherwell.yaml", "demonstration: true", "demonstration: true\nchecks: {reading: warning}")
    for number, case in enumerate(CASES):
        suffix = "" if case.language == "en" else f".{case.language}"
        text = f"---\ntitle: C{number}\n{case.front}\n---\n{case.body}\n"
        site.put(f"content/ms/c{number}{suffix}.md", text)
    by_page: dict[str, list[Problem]] = {}
    for problem in findings(site):
        by_page.setdefault(Path(problem.source_path).name.split(".")[0], []).append(problem)
    return by_page


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda number: f"{number}-{CASES[number].front[:40]}"
)
def test_check_says_what_is_at_fault_and_where(found: dict[str, list[Problem]], number: int) -> None:
    case = CASES[number]
    here = found.get(f"c{number}", [])
    body_line = 4 + case.front.count("\n")
    shift = body_line - 4
    expected = sorted((line + shift if line >= 5 else line, code) for line, code in case.found)
    assert sorted((problem.line, problem.rule) for problem in here) == expected
    assert {problem.severity for problem in here} <= {"warning"}
    assert all(problem.hint and "{" not in problem.message.replace("{#", "") for problem in here)


def test_the_example_of_all_faults_has_three(site: TinySite) -> None:
    site.write(SITE).article(
        "ms/a.md",
        "A miracle cure, guaranteed: 800 mg every two hours. He committed suicide.",
        type="treatment",
    )
    assert {problem.rule for problem in findings(site)} == {"absolutes", "doses", "safe_messaging"}


@pytest.mark.parametrize(
    ("level", "severities"), [("error", ["error"]), ("off", []), ("warning", ["warning"])]
)
def test_settings_give_rules_their_level(site: TinySite, level: str, severities: list[str]) -> None:
    site.write(SITE).article("ms/a.md", "A miracle.")
    site.replace("gatherwell.yaml", "demonstration: true", f'checks: {{absolutes: "{level}"}}')
    assert [problem.severity for problem in findings(site)] == severities


def test_an_error_cannot_be_allowed_and_a_rule_that_is_off_needs_no_allowance(site: TinySite) -> None:
    site.write(SITE).article("ms/a.md", "A miracle.", allow="{absolutes: why not}")
    site.replace("gatherwell.yaml", "demonstration: true", "checks: {absolutes: error}")
    assert [(each.severity, each.rule) for each in findings(site)] == [
        ("warning", "allowed"),
        ("error", "absolutes"),
    ]
    site.replace("gatherwell.yaml", "absolutes: error", 'absolutes: "off"')
    assert findings(site) == []


def test_a_lapsed_review_that_is_an_error_cannot_be_allowed(site: TinySite) -> None:
    site.write(SITE).article("ms/a.md", type="treatment", allow="{reviews: later}")
    site.replace("gatherwell.yaml", "demonstration: true", "checks: {reviews: error}")
    told = [(each.severity, each.rule, each.line) for each in findings(site)]
    assert told == [("error", "reviews", 3), ("warning", "allowed", 4)]
    site.replace("gatherwell.yaml", "reviews: error", "reviews: warning")
    assert findings(site) == []


def test_reading_is_off_until_it_is_asked_for_and_never_an_error(site: TinySite) -> None:
    site.write(SITE).article("ms/a.md", HARD)
    assert findings(site) == []
    site.replace("gatherwell.yaml", "demonstration: true", "checks: {reading: error}")
    assert [problem.severity for problem in findings(site)] == ["warning"]


def test_a_site_about_no_condition_is_asked_nothing_medical(site: TinySite) -> None:
    site.write(SITE).article("ms/a.md", f"A miracle. {DOSE}", type="treatment", authors="ana")
    site.replace("gatherwell.yaml", "demonstration: true", "medical: false")
    assert findings(site) == []


def test_findings_of_a_build_after_an_edit_are_those_of_a_first_one(site: TinySite, tmp_path: Path) -> None:
    site.write(SITE).article("ms/a.md", "A miracle.", authors="ana", type="treatment")
    site.article("ms/b.md", "Another miracle.")
    site.build()
    site.replace("content/ms/a.md", "A miracle.", "Words.")
    site.replace("content/_people/ana.md", "name: Ana", "name: Ana\ndisclosures: none")
    assert [problem.source_path for problem in site.build().warnings] == ["content/ms/b.md"]
    site.replace("content/ms/b.md", "Another miracle.", "<!-- allow absolutes: quoted -->\nAnother miracle.")
    assert site.build().warnings == ()


def test_every_rule_has_a_level_a_ground_and_a_remedy() -> None:
    codes = [info.code for info in PROTECTING]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(Checks.__struct_fields__)
    assert all(info.source and info.remedy for info in PROTECTING)


def test_the_documentation_names_every_rule_with_its_kind_and_ground() -> None:
    text = (Path(__file__).parents[3] / "docs" / "checks.md").read_text("utf-8")
    for info in PROTECTING:
        assert f"| `{info.code}` | {info.kind} |" in text
        assert (f"({info.source})" if "://" in info.source else f"| {info.source} |") in text


def reading(text: str, language: str) -> Reading | None:
    return reading_of(text, tokens_of(text), language)


def test_formulas_of_reading_are_those_of_their_authors() -> None:
    assert round(smog(Reading(600, 30, 900, 100)), 2) == 13.56
    assert round(inflesz(Reading(100, 10, 200, 0)), 1) == 72.2
    assert reading("Short.", "en") is None
    assert reading("Ein Satz. " * 60, "de") is None
    counted = reading("The animal is beautiful. It rests:\n\n- one\n- two\n" * 10, "en")
    assert counted == Reading(80, 31, 120, 20)
