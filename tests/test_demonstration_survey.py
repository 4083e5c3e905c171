"""The demonstration's closed survey: simulated answers, told so everywhere, through the function's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.surveys.review_file import format_reviewed
from generator.content.surveys.reviewed import reviewed_path
from tests.demonstration_survey import ROOT, SURVEY, load_survey, simulate
from widgets.contract.surveys import Survey

REPORT = ROOT / "content/rheumatoid-arthritis/reports/mornings-we-asked.md"


@pytest.fixture(scope="module")
def survey() -> Survey:
    return load_survey()


def test_the_published_file_is_what_the_simulation_gives(survey: Survey) -> None:
    text = Path(ROOT / reviewed_path(SURVEY)).read_text("utf-8")
    assert text == format_reviewed(simulate(survey)), "run: python -m tests.demonstration_survey"


def test_other_people_would_have_answered_otherwise(survey: Survey) -> None:
    assert simulate(survey, seed=1, people=300) == simulate(survey, seed=1, people=300)
    assert simulate(survey, seed=1, people=300) != simulate(survey, seed=2, people=300)


def test_every_shape_of_figure_and_a_number_that_is_kept_back_are_in_it(survey: Survey) -> None:
    results = simulate(survey)
    kinds = {question.kind for question in survey.questions if results.table(question.key)}
    assert kinds == {"single", "multiple", "scale", "number"}
    assert any(table.by for table in results.tables)
    assert any(cell.count is None for table in results.tables for cell in table.cells)


def test_the_report_says_in_its_first_line_that_nobody_was_asked(survey: Survey) -> None:
    text = REPORT.read_text("utf-8").partition("\n---\n")[2]
    assert text.splitlines()[0].startswith("**The answers on this page are simulated: nobody was asked.**")
    assert simulate(survey).simulated
