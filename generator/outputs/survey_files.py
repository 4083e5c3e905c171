"""The numbers of a survey beside its report: all published tables as CSV, and what was asked as a codebook in JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from generator.content.surveys.instrument import Question, Words
from generator.content.surveys.results import SurveyResults
from generator.site.partial import built_articles
from generator.site.results import reported_survey
from generator.site.types import Survey
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.figures import Shown, figures
from generator.views.planned import Frames, Planned
from generator.views.reports import CODEBOOK, TABLE

COLUMNS = {
    "question": "key of the question",
    "question_text": "the question as asked",
    "by": "key of the question whose answers divide the people; empty where they are taken together",
    "group": "key of the answer that the people of this row gave to that question",
    "group_text": "that answer in words",
    "answer": "key of the answer",
    "answer_text": "that answer in words",
    "count": "how many people gave this answer, rounded; empty where it is kept back",
    "share": "count as a share of answered, in whole percent",
    "answered": "how many people of the group answered the question, rounded; empty where it is kept back",
    "as_of": "the day of these numbers",
    "simulated": "yes where nobody was asked",
}


def plan_survey_files(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    for article in built_articles(context.site, context.part) if context.results else ():
        survey = context.site.surveys.get(reported_survey(article))
        results = context.results.get(survey.id) if survey else None
        if survey is not None and results is not None:
            shown = Shown(survey, results, article.language)
            for name, make in ((TABLE, make_table), (CODEBOOK, make_codebook)):
                output_path = article.root.output_path(f"{article.url_path}{name}")
                file = partial(_file, output_path, partial(make, context, shown))
                yield Planned(output_path, article.source_path, file, root=article.root)


def _file(output_path: str, make: partial[str]) -> shapes.File:
    return shapes.File(output_path, make().encode())


def make_table(context: ViewContext, shown: Shown) -> str:
    """One row for each answer of each group of each figure (RFC 4180)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS))
    writer.writeheader()
    for figure in figures(context, shown):
        answers = () if not figure.by_key else _question(shown.survey, figure.by_key).answers
        for group, key in zip(figure.groups, answers or ("",), strict=True):
            for bar in group.bars:
                writer.writerow(
                    {
                        "question": figure.key,
                        "question_text": figure.question,
                        "by": figure.by_key,
                        "group": key,
                        "group_text": group.label,
                        "answer": bar.key,
                        "answer_text": bar.label,
                        "count": _number(bar.count),
                        "share": _number(bar.percent),
                        "answered": _number(group.total),
                        "as_of": figure.as_of.iso if figure.as_of else "",
                        "simulated": "yes" if figure.simulated else "no",
                    }
                )
    return text.getvalue()


def _number(number: int) -> str:
    return "" if number < 0 else str(number)


def _question(survey: Survey, key: str) -> Question:
    question = survey.instrument.question(key)
    assert question is not None
    return question


def make_codebook(context: ViewContext, shown: Shown) -> str:
    """The questions, their answers and the columns of the table, in the report's language."""
    instrument, words = shown.survey.instrument, shown.survey.words(shown.language)
    document = {
        "survey": instrument.id,
        "title": words.title,
        "language": shown.language,
        "version": instrument.version,
        "simulated": shown.results.simulated,
        "asked": {"from": instrument.opens, "to": instrument.closes},
        "people": f"people aged {instrument.age} or older who chose to answer",
        **{key: getattr(words, key) for key in ("purpose", "sponsor", "recruitment", "ethics")},
        "consent": instrument.consent,
        "numbers": _numbers(shown.results),
        "columns": COLUMNS,
        "questions": [_codes(question, words) for question in instrument.questions],
        "breakdowns": [{"question": question, "by": by} for question, by in instrument.breakdowns],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _numbers(results: SurveyResults) -> dict[str, Any]:
    exact = results.base == 1
    return {
        "as_of": results.moment,
        "final": results.final,
        "responses": results.responses,
        "rounded_to": results.base,
        "kept_back": "nothing: counts are exact"
        if exact
        else "counts between 0 and 15, and what would give them away",
    }


def _codes(question: Question, words: Words) -> dict[str, Any]:
    asked = words.questions[question.key]
    bounds = {band.key: {"from": band.least, "below": band.below} for band in question.bands}
    found: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind,
        "text": asked.text,
        "help": asked.help,
        "unit": asked.unit,
        "answers": [
            {"key": key, "text": asked.options.get(key, key), **bounds.get(key, {})}
            for key in question.answers
        ],
        "alone": list(question.exclusive),
        "asked_if": {one.question: list(one.any) for one in question.ask_if},
        "published": bool(question.answers),
    }
    return {key: value for key, value in found.items() if value not in ("", [], {})}
