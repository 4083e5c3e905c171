"""Results of surveys are a build's input: pages that show a number change with it, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.generator.survey_site import INSTRUMENT, REVIEWED, SITE
from tests.sites import TinySite

REPORT = "migraine/report/index.html"
OTHER = "migraine/other/index.html"


@pytest.fixture
def asked(site: TinySite) -> TinySite:
    return site.write(SITE)


def changed(site: TinySite, before: dict[str, bytes]) -> set[str]:
    after = site.outputs()
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_changed_number_changes_the_pages_that_show_it(asked: TinySite, tmp_path: Path) -> None:
    asked.build()
    before = asked.outputs()
    asked.replace(REVIEWED, '{"1": 50, "2": 90, "3": 60}', '{"1": 55, "2": 85, "3": 60}')
    result = asked.build()
    assert changed(asked, before) == {REPORT, OTHER, "migraine/report/results.csv"}
    assert result.rendered == 2
    assert asked.outputs() == asked.clean_outputs(tmp_path / "clean")


def test_a_changed_finding_changes_hub_and_portfolio_too(asked: TinySite) -> None:
    asked.build()
    before = asked.outputs()
    asked.replace(REVIEWED, "{dark: 150,", "{dark: 160,")
    asked.build()
    assert changed(asked, before) == {
        REPORT,
        "migraine/report/results.csv",
        "migraine/index.html",
        "index.html",
    }


def test_pulled_results_show_until_a_reviewed_file_is_there(asked: TinySite, tmp_path: Path) -> None:
    reviewed = (asked.root / REVIEWED).read_text("utf-8")
    asked.delete(REVIEWED)
    asked.build()
    assert "There are no results of this survey yet." in asked.text(REPORT)
    assert not (asked.out / "migraine/report/results.csv").exists()
    cells = [{"key": "new", "count": 45}, {"key": "long", "count": None}]
    table = {
        "question": "stage",
        "by": None,
        "totals": {"": 65},
        "cells": cells,
        "moment": "2026-05-02T00:00:00Z",
    }
    results = {
        "version": 1,
        "moment": "2026-05-02T00:00:00Z",
        "final": True,
        "responses": 65,
        "tables": [table],
    }
    asked.put(".gatherwell/private/snapshot.json", json.dumps({"surveys": {"migraine~day": results}}))
    asked.build()
    assert "About 65 people who chose to answer" in asked.text(REPORT)
    assert asked.outputs() == asked.clean_outputs(tmp_path / "clean")
    asked.put(REVIEWED, reviewed)
    asked.build()
    assert "About 240 people who chose to answer" in asked.text(REPORT)


def test_a_question_that_nobody_answered_says_so_and_has_no_rows(asked: TinySite) -> None:
    asked.replace(
        REVIEWED,
        'answered: 200\n  answers: {"1": 50, "2": 90, "3": 60}',
        'answered: 0\n  answers: {"1": 0, "2": 0, "3": 0}',
    )
    asked.build()
    page = asked.text(OTHER)
    assert "Nobody answered this question." in page
    assert "About 0" not in page
    assert "0%" not in page.replace('width="100%"', "")
    assert "The same numbers as a table" not in page


def test_pages_without_a_figure_load_no_styles_for_it(asked: TinySite) -> None:
    asked.build()
    loads = {
        path: "/assets/charts." in asked.text(path) for path in (REPORT, OTHER, "migraine/plain/index.html")
    }
    assert loads == {REPORT: True, OTHER: True, "migraine/plain/index.html": False}


def test_a_report_shows_below_its_text_what_the_text_does_not(asked: TinySite) -> None:
    asked.build()
    page = asked.text(REPORT)
    assert page.count('<figure class="chart ') == 5
    assert page.count('class="chart-by"') == 1
    assert page.index("By the answers to") < page.index('id="page-results"')


FAULTS = {
    "::results{survey=dya question=worry}": "there is no survey 'dya' | did you mean 'day'?",
    "::results{survey=day question=wory}": "the survey has no question 'wory' | did you mean 'worry'?",
    "::results{survey=day question=words}": "'words' is free text, which is never published",
    "::results{survey=day question=worry by=years}": "'worry' by 'years' is not one of the survey's breakdowns | it may be divided by: stage",
    "::results{survey=day question=stage by=worry}": f"| list it in {INSTRUMENT}",
    "::results{question=worry}": "which survey this shows is not said",
}  # fmt: skip


def test_a_figure_that_cannot_be_is_an_error_at_its_place(asked: TinySite) -> None:
    asked.article("migraine/wrong.md", "Words.\n\n" + "\n\n".join(FAULTS), summary="S")
    told = asked.fails()
    assert len(told) == len(FAULTS)
    for number, (problem, wanted) in enumerate(zip(told, FAULTS.values(), strict=True)):
        assert problem.startswith(f"content/migraine/wrong.md:{7 + 2 * number}:1: ")
        assert wanted in problem


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("content/migraine/report.md", "survey: day\n", "", ":4:7: this report names no survey | add a line `survey: …`"),
        ("content/migraine/report.md", "survey: day", "survey: dya", ":5:9: there is no survey 'dya' | did you mean 'day'?"),
        ("content/migraine/report.md", "survey-report", "article", ":5:9: only a survey-report has a survey"),
        ("content/migraine/report.md", "finding: helps", "finding: hepls", ":6:10: the survey has no question 'hepls' with answers | did you mean 'helps'?"),
        (INSTRUMENT, "sponsor: River Trust, paid by nobody else\n", "", ":5:9: the report cannot say who asks and who pays: its survey has no 'sponsor' | add a line `sponsor: …` to content/migraine/surveys/day.yaml"),
        (INSTRUMENT, "ethics: No committee was asked, since nobody can be known.\n", "", "its survey has no 'ethics'"),
        (INSTRUMENT, "recruitment: On these pages alone.\n", "", "its survey has no 'recruitment'"),
        (REVIEWED, "version: 1", "version: 2", ":1:10: these are results of version 2, the survey is at version 1"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_stand_is_an_error_at_its_place(
    asked: TinySite, path: str, old: str, new: str, told: str
) -> None:
    asked.replace(path, old, new)
    problems = asked.fails()
    assert any(told in problem for problem in problems), problems


def test_a_draft_of_a_report_need_not_be_complete(asked: TinySite) -> None:
    asked.replace(INSTRUMENT, "ethics: No committee was asked, since nobody can be known.\n", "")
    asked.replace("content/migraine/report.md", "survey: day", "survey: day\ndraft: true")
    asked.replace("content/migraine/other.md", "summary: S", "summary: T")
    asked.build(drafts=True)
    assert "How these numbers came about" in asked.text(REPORT)
