"""Surveys as pages show them: the form, the list of a condition's surveys, and offers elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.content.surveys.bands import shown
from generator.content.surveys.instrument import Instrument, Question, Words
from generator.ground.text import shorten
from generator.site.answers import Said
from generator.site.conditions import language_segment
from generator.site.permalinks import Root
from generator.site.results import report_of
from generator.site.surveys import open_surveys, surveys_of
from generator.site.types import Condition, Survey
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.answers import answer_link
from generator.views.context import ViewContext
from generator.views.crisis import lines_or_others
from generator.views.formats import time_view
from generator.views.frame import Frame, alternates

# Seconds that an answer takes, and those for consent and review.
_SECONDS = {"single": 12, "scale": 12, "multiple": 18, "number": 14, "text": 60}
_AROUND = 60


def survey_page(frame: Frame, survey: Survey) -> shapes.SurveyPage:
    """The page of a survey in the frame's language."""
    context, language = frame.context, frame.language
    instrument, words = survey.instrument, survey.words(language)
    endpoint = context.site.config.widgets.endpoint
    ref = survey_ref(context, frame.root, survey, language)
    return shapes.SurveyPage(
        **_page_fields(frame, survey),
        survey=survey.id,
        version=instrument.version,
        consent=instrument.consent,
        state=survey.state,
        action=f"{endpoint}/surveys/{survey.id}/responses" if endpoint and survey.state == "open" else "",
        purpose=words.purpose,
        sponsor=words.sponsor,
        ethics=words.ethics,
        recruitment=words.recruitment,
        collection=words.collection,
        publication=words.publication,
        sections=tuple(_sections(instrument, words)),
        count=ref.count,
        minutes=ref.minutes,
        age=instrument.age,
        months=instrument.months,
        exact=instrument.exact,
        free_text=any(question.kind == "text" for question in instrument.questions),
        opens=ref.opens,
        closes=ref.closes,
        crisis=_crisis(context, instrument, language),
        report=ref.report,
        answer=answer_link(context, frame.root, Said("survey", survey.id), language),
        surveys_url=frame.root.href(surveys_path(frame)),
        alone=open_surveys(context.site.surveys, survey.condition, language) == (survey,),
        you_url=frame.chrome.you_url,
    )


def _page_fields(frame: Frame, survey: Survey) -> dict[str, Any]:
    """The fields that all page kinds have."""
    root, words, draft = frame.root, survey.words(frame.language), survey.instrument.draft
    versions = [(tag, root.permalink(path)) for tag, path in survey.url_paths.items()]
    above = shapes.Link(frame.words("title.surveys"), root.href(surveys_path(frame)))
    fields = frame.common(
        survey.url_path(frame.language),
        "survey.html",
        words.title,
        description=shorten(words.purpose, 300),
        noindex=draft,
        status="draft" if draft else "",
        breadcrumbs=frame.crumbs(above),
        alternates=alternates(versions, frame.language),
        edit_url=frame.context.site.config.edit_url.replace("{path}", words.source_path),
    )
    permalink = fields["permalink"]
    thing = {"@type": "WebPage", "name": words.title, "description": words.purpose, "url": permalink}
    way = json_ld.breadcrumbs(fields["breadcrumbs"], root.origin, words.title, permalink)
    return {**fields, "json_ld": json_ld.encode({**thing, "inLanguage": frame.language}, way)}


def surveys_page(frame: Frame, condition: Condition) -> shapes.SurveysPage:
    """A condition's surveys in the frame's language."""
    fields = frame.common(
        surveys_path(frame),
        "surveys.html",
        frame.words("title.surveys"),
        description=frame.describe("surveys"),
        breadcrumbs=frame.crumbs(),
    )
    return shapes.SurveysPage(**fields, surveys=survey_refs(frame, condition.id, open_only=False))


def surveys_path(frame: Frame) -> str:
    """The url_path of the list of surveys in a frame of a condition."""
    return f"{frame.prefix}surveys/"


def survey_refs(frame: Frame, condition: str, open_only: bool) -> tuple[shapes.SurveyRef, ...]:
    """A condition's surveys in the frame's language as lists show them, open ones first."""
    chosen = open_surveys if open_only else surveys_of
    surveys = chosen(frame.context.site.surveys, condition, frame.language)
    return tuple(survey_ref(frame.context, frame.root, each, frame.language) for each in surveys)


def survey_ref(context: ViewContext, root: Root, survey: Survey, language: str) -> shapes.SurveyRef:
    """A survey as lists on *root* show it."""
    instrument, words, zone = survey.instrument, survey.words(language), context.site.config.zone
    return shapes.SurveyRef(
        title=words.title,
        url=context.href(root, survey.root, survey.url_path(language)),
        purpose=words.purpose,
        state=survey.state,
        minutes=_minutes(instrument),
        count=len(instrument.questions),
        opens=time_view(instrument.opens, language, zone),
        closes=time_view(instrument.closes, language, zone),
        report=_report(context, root, survey, language),
    )


def _report(context: ViewContext, root: Root, survey: Survey, language: str) -> shapes.Link | None:
    article = report_of(context.site, survey.id, language)
    if article is None:
        return None
    href = context.href(root, article.root, article.url_path)
    return shapes.Link(article.front_matter.title, href, language=article.language)


def open_surveys_link(context: ViewContext, root: Root, condition: str, language: str) -> str:
    """The address of a condition's list of surveys where one is taken now; else empty.

    Articles offer the list and no survey by name, so that they stay as they are when an instrument changes.
    """
    if not open_surveys(context.site.surveys, condition, language):
        return ""
    permalinks = context.site.permalinks
    prefix = permalinks.prefix(condition, language_segment(language, context.site.config))
    return context.href(root, permalinks.root_of(condition), f"{prefix}surveys/")


def _minutes(instrument: Instrument) -> int:
    """How long answering takes, rounded up."""
    seconds = _AROUND + sum(_SECONDS[question.kind] for question in instrument.questions)
    return -(-seconds // 60)


def _crisis(context: ViewContext, instrument: Instrument, language: str) -> tuple[shapes.CrisisLine, ...]:
    sensitive = any(question.sensitive for question in instrument.questions)
    return lines_or_others(context, language) if sensitive else ()


def _sections(instrument: Instrument, words: Words) -> Iterator[shapes.SurveySection]:
    """The sections with their questions; one without a title where the instrument has none."""
    first = next((question.key for question in instrument.questions if question.sensitive), "")
    questions = {
        question.key: _question(instrument, words, number, question, question.key == first)
        for number, question in enumerate(instrument.questions, 1)
    }
    for section in words.sections:
        found = tuple(questions[key] for key in section.questions)
        yield shapes.SurveySection(section.title, found, section.text)
    if not words.sections:
        yield shapes.SurveySection("", tuple(questions.values()))


def _question(
    instrument: Instrument, words: Words, number: int, question: Question, help_first: bool
) -> shapes.SurveyQuestion:
    found = words.questions[question.key]
    is_number = question.kind == "number"
    return shapes.SurveyQuestion(
        key=question.key,
        kind=question.kind,
        number=number,
        text=found.text,
        help=found.help,
        options=tuple(
            shapes.SurveyOption(key, found.options.get(key, ""), key in question.exclusive)
            for key in question.choices
        ),
        unit=found.unit,
        minimum=question.min,
        maximum=question.max,
        least=shown(question.least or 0) if is_number else "",
        most=shown(question.most or 0) if is_number else "",
        step=shown(10**-question.decimals) if is_number else "",
        required=question.required,
        sensitive=question.sensitive,
        help_first=help_first,
        ask_if=";".join(f"{one.question}:{','.join(one.any)}" for one in question.ask_if),
        bands=";".join(f"{band.key}:{_end(band.least)}:{_end(band.below)}" for band in question.bands),
        conditions=tuple(_condition(instrument, words, one.question, one.any) for one in question.ask_if),
    )


def _end(number: float | None) -> str:
    return "" if number is None else shown(number)


def _condition(
    instrument: Instrument, words: Words, key: str, answers: tuple[str, ...]
) -> shapes.SurveyCondition:
    keys = [question.key for question in instrument.questions]
    labels = words.questions[key].options
    return shapes.SurveyCondition(
        keys.index(key) + 1, tuple(labels.get(answer, answer) for answer in answers)
    )
