"""Whether crisis lines are true: a table of the rule, and what check, build and the shipped file make of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from generator.build.check import find_problems
from generator.ground.project import Options, Project
from generator.site.crisis_lines import NO_CHILD, UNCHECKED, child_problems, crisis_moments, crisis_problems
from generator.site.types import CrisisEntry
from tests.sites import NOW, TinySite

ROOT = Path(__file__).parents[3]
ZONE = ZoneInfo("Europe/London")
LINES = "content/_crisis.yaml"


def entry(checked: str) -> dict[str, tuple[CrisisEntry, ...]]:
    return {"en": (CrisisEntry("Line", "1", checked=checked, line=2),)}


@pytest.mark.parametrize(
    ("checked", "demonstration", "rules"),
    [
        ("", False, [UNCHECKED]),
        ("", True, []),
        ("2025-06-02", False, []),
        ("2025-06-01", False, ["old-crisis-line"]),
        ("2020-01-01", True, []),
    ],
)
def test_a_line_is_to_be_called_and_called_again(checked: str, demonstration: bool, rules: list[str]) -> None:
    now = NOW.astimezone(dt.UTC).isoformat()
    found = list(crisis_problems(entry(checked), LINES, demonstration=demonstration, now=now, zone=ZONE))
    assert [(problem.rule, problem.severity, problem.line) for problem in found] == [
        (rule, "warning", 2) for rule in rules
    ]


@pytest.mark.parametrize(("now", "due"), [("2026-05-31T22:59:59+00:00", 0), ("2026-05-31T23:00:00+00:00", 1)])
def test_it_is_due_from_the_first_moment_of_the_day_on(now: str, due: int) -> None:
    found = crisis_problems(entry("2025-06-01"), LINES, demonstration=False, now=now, zone=ZONE)
    assert len(list(found)) == due


def test_the_moment_at_which_it_is_due_ends_the_time_in_which_nothing_changes() -> None:
    assert crisis_moments(entry("2025-06-01"), ZONE) == ["2026-05-31T23:00:00+00:00"]
    assert crisis_moments(entry(""), ZONE) == []


def line(*kinds: str) -> CrisisEntry:
    return CrisisEntry("Line", "1", kinds=kinds, line=2)


@pytest.mark.parametrize(
    ("lines", "ages", "languages"),
    [
        ({"en": [line("suicide")]}, {"en": 16}, ["en"]),
        ({"en": [line()]}, {"en": 13}, ["en"]),
        ({"en": [line("suicide"), line("child")]}, {"en": 16}, []),
        ({"en": [line()], "en-GB": [line("abuse", "child")]}, {"en": 16}, []),
        ({"en": [line("child")], "es": [line("suicide")]}, {"en": 16, "es": 16}, ["es"]),
        # A language without lines shows those of the others.
        ({"en": [line("child")]}, {"es": 16}, []),
        ({"en": [line("child")], "es": []}, {"es": 16}, []),
        ({"en": [line("suicide")]}, {"es": 16}, ["es"]),
        ({"en": [line()]}, {}, []),
        ({}, {"en": 16}, []),
    ],
)
def test_where_members_write_a_line_is_for_children(
    lines: dict[str, list[CrisisEntry]], ages: dict[str, int], languages: list[str]
) -> None:
    found = list(child_problems(lines, LINES, ages))
    assert [problem.message.split("'")[1] for problem in found] == languages
    assert {(problem.rule, problem.severity, problem.line) for problem in found} <= {(NO_CHILD, "warning", 2)}


@pytest.mark.parametrize(
    ("settings", "hub", "age"),
    [
        ("comments: {minimum_age: 14}", "", ["14"]),
        ("", "", ["16"]),
        ("comments: {minimum_age: 14}", "minimum_age: 18", ["18"]),
        ("comments: {minimum_age: 0}", "", []),
        ("", "minimum_age: 0", []),
        ("", "crisis: false", []),
        ("demonstration: true", "", []),
        ("medical: false", "", []),
        ("widgets: {endpoint: ''}", "", []),
    ],
)
def test_check_asks_for_a_line_for_children_where_an_age_is_asked(
    site: TinySite, settings: str, hub: str, age: list[str]
) -> None:
    endpoint = "" if "widgets" in settings else "widgets: {endpoint: /api/v1}\n"
    site.put("gatherwell.yaml", f"title: Tiny\nbase_url: https://tiny.example/\n{endpoint}{settings}\n")
    site.put(LINES, "en:\n- {name: Line, number: '116 123', checked: 2026-05-01}\n")
    site.put("content/ms/_index.md", f"---\ntitle: MS\n{hub}\n---\n")
    site.article("ms/a.md")
    said = f"{LINES}:2:1: warning: no crisis line in 'en' is for children, and somebody younger than"
    assert checked(site) == [f"{said} {years} may write here" for years in age]


def checked(site: TinySite) -> list[str]:
    found = find_problems(Project(site.root, site.out), Options(now=NOW, jobs=1), lambda _: None)
    return [str(problem).partition("\n")[0] for problem in found.problems]


def test_an_unchecked_line_fails_a_check_and_stays_on_the_pages(site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\n")
    site.put(LINES, "en:\n- {name: Line, number: '116 123'}\n")
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    site.article("ms/a.md")
    said = "content/_crisis.yaml:2:1: nobody has checked the crisis line 'Line'"
    assert checked(site) == [said]
    result = site.build()
    assert [str(problem).partition("\n")[0] for problem in result.warnings] == [said.replace("nobody", "warning: nobody")]
    assert 'href="tel:116123"' in site.text("ms/index.html")


def test_in_a_demonstration_nobody_calls(site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\ndemonstration: true\n")
    site.put(LINES, "en:\n- {name: Line, number: '116 123'}\n")
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    site.article("ms/a.md")
    assert checked(site) == []


def test_a_number_for_text_messages_is_one_tap(site: TinySite) -> None:
    site.put(LINES, "en:\n- {name: Shout, text: 85 258, checked: 2026-05-01}\n")
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    site.article("ms/a.md")
    site.build()
    assert '<a class="crisis-number" href="sms:85258">Text 85 258</a>' in site.text("ms/index.html")


def test_no_line_that_is_shipped_says_that_somebody_called_it() -> None:
    lines = yaml.safe_load((ROOT / LINES).read_text("utf-8"))
    shipped = [line for some in lines.values() for line in some]
    assert shipped
    assert [line["name"] for line in shipped if line["checked"] is not None] == []
    assert [line["name"] for line in shipped if not line["source"].startswith("https://")] == []
    assert yaml.safe_load((ROOT / "gatherwell.yaml").read_text("utf-8"))["demonstration"] is True
