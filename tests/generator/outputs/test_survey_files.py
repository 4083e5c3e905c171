"""The numbers beside a report: every published cell once, and what each column and key means."""

from __future__ import annotations

import csv
import json

from generator.content.surveys.results import SurveyResults
from generator.outputs.survey_files import COLUMNS, make_codebook, make_table
from generator.views.figures import Shown
from tests.generator.organized import context_of, site
from tests.generator.survey_site import results, survey, table

CONTEXT = context_of(site())
PUBLISHED = results(
    table("stage", 240, new=100, long=None), table("worry", None, by="stage", p1=50, p2=None, p3=0)
)


def rows(of: SurveyResults) -> list[dict[str, str]]:
    return list(csv.DictReader(make_table(CONTEXT, Shown(survey(), of, "en")).splitlines()))


def test_each_answer_of_each_group_has_a_row() -> None:
    shown = [
        tuple(row[name] for name in ("question", "by", "group", "answer", "count", "share", "answered"))
        for row in rows(PUBLISHED)
    ]
    assert shown == [
        ("stage", "", "", "new", "100", "42", "240"),
        ("stage", "", "", "long", "", "", "240"),
        ("worry", "stage", "new", "1", "50", "", ""),
        ("worry", "stage", "new", "2", "", "", ""),
        ("worry", "stage", "new", "3", "0", "", ""),
        ("worry", "stage", "long", "1", "", "", ""),
        ("worry", "stage", "long", "2", "", "", ""),
        ("worry", "stage", "long", "3", "", "", ""),
    ]


def test_a_row_says_its_words_its_day_and_whether_somebody_answered() -> None:
    first = rows(PUBLISHED)[0]
    assert list(first) == list(COLUMNS)
    assert (first["question_text"], first["answer_text"]) == (
        "How long have you lived with it?",
        "Less than a year",
    )
    assert (first["as_of"], first["simulated"]) == ("2026-05-01", "no")
    assert rows(results(table("stage", 240, new=100, long=140), simulated=True))[0]["simulated"] == "yes"


def test_the_codebook_names_every_question_answer_and_column() -> None:
    book = json.loads(make_codebook(CONTEXT, Shown(survey(), PUBLISHED, "en")))
    assert (book["survey"], book["version"], book["simulated"]) == ("migraine~day", 1, False)
    assert (book["sponsor"], book["consent"]) == ("River Trust, paid by nobody else", "2026-01")
    assert book["numbers"]["rounded_to"] == 5
    assert book["columns"] == COLUMNS
    questions = {question["key"]: question for question in book["questions"]}
    assert list(questions) == ["stage", "helps", "worry", "years", "words"]
    assert questions["years"]["answers"][0] == {"key": "few", "text": "Less than 5", "from": None, "below": 5}
    assert (questions["helps"]["alone"], questions["words"]["published"]) == (["none"], False)
