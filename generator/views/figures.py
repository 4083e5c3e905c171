"""Figures of surveys: what is published of a question becomes a chart with its table, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from msgspec.structs import replace

from generator.content.surveys.instrument import Question, QuestionWords
from generator.content.surveys.results import ResultTable, SurveyResults
from generator.schema.dates import canonical_moment
from generator.site.types import Survey
from generator.views import types as shapes
from generator.views.chart_geometry import bar_lengths, column_lengths, shares, stack_spans, tones
from generator.views.context import ViewContext
from generator.views.formats import date_view

_SHAPES: dict[str, Literal["bars", "stack", "histogram"]] = {"scale": "stack", "number": "histogram"}


class Shown(NamedTuple):
    """A survey whose results a page shows: in which language, and where its report is, if that is another page."""

    survey: Survey
    results: SurveyResults
    language: str
    report: shapes.Link | None = None


def figures(
    context: ViewContext, shown: Shown, question: str = "", by: str | None = None
) -> tuple[shapes.Figure, ...]:
    """The figures of a survey in the order of its questions, each before its breakdowns; those of one *question* (alone,
    or by another one) where it is named.
    """
    tables = _in_order(shown)
    if question:
        tables = (table for table in tables if (table.question, table.by) == (question, by))
    return tuple(_figure(context, shown, table) for table in tables)


def _in_order(shown: Shown) -> Iterator[ResultTable]:
    """The tables in the order of questions and, within one, of the instrument's breakdowns."""
    instrument, results = shown.survey.instrument, shown.results
    for question in instrument.questions:
        ways = [None, *(by for crossed, by in instrument.breakdowns if crossed == question.key)]
        found = (results.table(question.key, by) for by in ways)
        yield from (table for table in found if table is not None)


def _figure(context: ViewContext, shown: Shown, table: ResultTable) -> shapes.Figure:
    survey, language, zone = shown.survey, shown.language, context.site.config.zone
    words = survey.words(language)
    question, by = survey.instrument.question(table.question), survey.instrument.question(table.by or "")
    assert question is not None
    asked = words.questions[question.key]
    groups = [""] if by is None else by.answers
    labels = {"": ""} if by is None else words.questions[by.key].options
    made = tuple(_group(question, asked, table, group or None, labels.get(group, group)) for group in groups)
    if question.kind == "number":
        made = _as_columns(made)
    moment = canonical_moment(table.moment or shown.results.moment)
    final = shown.results.final
    return shapes.Figure(
        key=table.question,
        shape=_SHAPES.get(question.kind, "bars"),
        question=asked.text,
        groups=made,
        by_key=table.by or "",
        by=words.questions[by.key].text if by else "",
        unit=asked.unit,
        after=tuple(words.questions[one.question].text for one in question.ask_if),
        multiple=question.kind == "multiple",
        kept_back=any(group.kept_back or group.total < 0 for group in made),
        base=shown.results.base,
        simulated=shown.results.simulated,
        since=date_view(survey.instrument.opens, language, zone),
        until=date_view(survey.instrument.closes if final else moment, language, zone),
        as_of=date_view(moment, language, zone),
        link=shown.report,
    )


def _as_columns(groups: tuple[shapes.FigureGroup, ...]) -> tuple[shapes.FigureGroup, ...]:
    """*groups* with the lengths that the columns of their histograms have."""
    lengths = column_lengths([[bar.length for bar in group.bars] for group in groups])
    return tuple(
        replace(group, bars=tuple(replace(bar, length=one) for bar, one in zip(group.bars, own, strict=True)))
        for group, own in zip(groups, lengths, strict=True)
    )


def _group(
    question: Question, words: QuestionWords, table: ResultTable, group: str | None, label: str
) -> shapes.FigureGroup:
    counts = [table.count(key, group) for key in question.answers]
    total = table.totals.get(group or "")
    said = shares(counts, total)
    spans, rest = stack_spans(counts, total)
    lengths = bar_lengths(counts, total)
    stacked = question.kind == "scale"
    dark = tones(len(counts))
    bars = tuple(
        shapes.Bar(
            key=key,
            label=words.options.get(key, key),
            count=-1 if counts[at] is None else counts[at] or 0,
            percent=-1 if said[at] is None else said[at] or 0,
            start=spans[at].start if stacked else 0,
            length=spans[at].length if stacked else lengths[at],
            tone=dark[at] if stacked else dark[-1],
            mark=key if stacked else "",
        )
        for at, key in enumerate(question.answers)
    )
    return shapes.FigureGroup(
        label=label,
        total=-1 if total is None else total,
        bars=bars,
        rest_start=rest.start if stacked else 100,
        rest_length=rest.length if stacked else 0,
        kept_back=None in counts,
    )
