"""Reports on surveys: figures, method and files beside the article's text; and the newest findings for hubs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import SurveyResults
from generator.ground.model import FiguresSlot
from generator.schema.dates import canonical_moment, local_day
from generator.site.permalinks import Root
from generator.site.results import named_survey, reported_survey, reports_of
from generator.site.types import Article, Survey
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.figures import Shown, figures
from generator.views.formats import day_view, language_name
from generator.views.frame import Frame

TABLE, CODEBOOK = "results.csv", "codebook.json"
FINDINGS = 3
_POLICY = "health-data-policy"


def report_view(frame: Frame, article: Article) -> shapes.Report | None:
    """What an article reports of its survey; None for one that is no report, or whose survey is not there."""
    context = frame.context
    survey = context.site.surveys.get(reported_survey(article))
    if survey is None:
        return None
    results = context.results.get(survey.id)
    words = survey.words(article.language)
    page = context.href(frame.root, survey.root, survey.url_path(article.language))
    link = shapes.Link(words.title, page)
    if results is None:
        return shapes.Report(link, _method(frame, survey, None, article.language))
    shown = figures(context, Shown(survey, results, article.language))
    return shapes.Report(
        survey=link,
        method=_method(frame, survey, results, article.language),
        sections=tuple(_sections(survey, article.language, _unshown(context, article, shown))),
        as_of=_day(context, results.moment, article.language),
        final=results.final,
        simulated=results.simulated,
        table_url=frame.root.href(f"{article.url_path}{TABLE}"),
        codebook_url=frame.root.href(f"{article.url_path}{CODEBOOK}"),
    )


def report_headings(frame: Frame, report: shapes.Report | None) -> list[shapes.TocEntry]:
    """The headings of a report below its text, as ``partials/report.html`` has them; none without one."""
    if report is None:
        return []
    headings = [
        ("results.name", "page-results"),
        ("report.method", "page-method"),
        ("report.files", "page-numbers"),
    ]
    there = (bool(report.sections) or report.as_of is None, True, bool(report.table_url))
    return [
        shapes.TocEntry(frame.words(key), anchor, 2)
        for (key, anchor), shown in zip(headings, there, strict=True)
        if shown
    ]


def _unshown(
    context: ViewContext, article: Article, every: Iterable[shapes.Figure]
) -> tuple[shapes.Figure, ...]:
    """The figures of *every* that the article's text does not show itself."""
    own = reported_survey(article)
    slots = [slot for slot in context.bodies.of(article.source_path).slots if isinstance(slot, FiguresSlot)]
    slots = [slot for slot in slots if named_survey(article.document, slot.survey) == own]
    if any(not slot.question for slot in slots):
        return ()
    shown = {(slot.question, slot.by) for slot in slots}
    return tuple(figure for figure in every if (figure.key, figure.by_key) not in shown)


def _sections(
    survey: Survey, language: str, rest: tuple[shapes.Figure, ...]
) -> Iterator[shapes.ReportSection]:
    """*rest* below the sections in which their questions stand."""
    by_question = {
        question.key: [figure for figure in rest if figure.key == question.key]
        for question in survey.instrument.questions
    }
    sections = survey.words(language).sections
    titled = [(section.title, section.questions) for section in sections] or [("", tuple(by_question))]
    for title, questions in titled:
        own = tuple(figure for key in questions for figure in by_question.get(key, ()))
        if own:
            yield shapes.ReportSection(title, own)


def _method(frame: Frame, survey: Survey, results: SurveyResults | None, language: str) -> shapes.Method:
    instrument, words = survey.instrument, survey.words(language)
    return shapes.Method(
        purpose=words.purpose,
        sponsor=words.sponsor,
        recruitment=words.recruitment,
        ethics=words.ethics,
        collection=words.collection,
        publication=words.publication,
        consent=instrument.consent,
        age=instrument.age,
        since=_day(frame.context, instrument.opens, language),
        until=_day(frame.context, instrument.closes, language),
        questions=len(instrument.questions),
        version=instrument.version,
        months=instrument.months,
        languages=tuple(language_name(tag) for tag in instrument.words),
        adaptive=any(question.ask_if for question in instrument.questions),
        responses=-1 if results is None or results.responses is None else results.responses,
        base=results.base if results else 5,
        policy=_policy(frame, language),
    )


def _policy(frame: Frame, language: str) -> shapes.Link | None:
    """The site's page on health data, in *language* or in the site's own; None without one."""
    policies = frame.context.site.policies
    for tag in dict.fromkeys((language, frame.context.site.config.language)):
        for page in policies.get(tag, ()):
            if page.key == _POLICY:
                url = frame.root.href(page.url_path)
                return shapes.Link(page.front_matter.title, url, language="" if tag == language else tag)
    return None


def _day(context: ViewContext, moment: str, language: str) -> shapes.Date:
    return day_view(local_day(canonical_moment(moment), context.site.config.zone), language)


def variables(context: ViewContext, article: Article) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What the published numbers of a report measure: each question as asked, its unit, its answers."""
    survey = context.site.surveys.get(reported_survey(article))
    results = context.results.get(survey.id) if survey else None
    if survey is not None and results is not None:
        for figure in figures(context, Shown(survey, results, article.language)):
            if not figure.by:
                yield figure.question, figure.unit, tuple(bar.label for bar in figure.groups[0].bars)


def findings(context: ViewContext, root: Root, condition: str, language: str) -> tuple[shapes.Finding, ...]:
    """What the reports that an edition lists found, the newest numbers first; one for each survey."""
    found: dict[str, shapes.Finding] = {}
    for article in reports_of(context.site, condition, language):
        survey = context.site.surveys[reported_survey(article)]
        results = context.results.get(survey.id)
        if results is not None and survey.id not in found:
            made = _finding(context, root, article, survey, results)
            if made is not None:
                found[survey.id] = made
    return newest_findings(found.values())


def newest_findings(every: Iterable[shapes.Finding]) -> tuple[shapes.Finding, ...]:
    """The newest few of *every*, in a fixed order."""
    ordered = sorted(every, key=lambda one: (one.as_of.iso, one.report.url), reverse=True)
    return tuple(ordered[:FINDINGS])


def _finding(
    context: ViewContext, root: Root, article: Article, survey: Survey, results: SurveyResults
) -> shapes.Finding | None:
    """The answer that most people gave to the report's chosen question, else to the first one with such an answer."""
    chosen = article.front_matter.finding
    for key in [chosen] if chosen else _telling(survey.instrument):
        for figure in figures(context, Shown(survey, results, article.language), key):
            group = figure.groups[0]
            bar = max(group.bars, key=lambda one: one.count)
            if bar.percent > 0:
                url = context.href(root, article.root, article.url_path)
                return shapes.Finding(
                    report=shapes.Link(article.front_matter.title, url),
                    question=figure.question,
                    answer=bar.label
                    if not bar.mark or bar.mark == bar.label
                    else f"{bar.mark} – {bar.label}",
                    percent=bar.percent,
                    total=group.total,
                    as_of=_day(context, results.moment, article.language),
                    base=results.base,
                    simulated=results.simulated,
                )
    return None


def _telling(instrument: Instrument) -> list[str]:
    """The questions in whose most frequent answer there may be a finding."""
    return [one.key for one in instrument.questions if one.kind in ("single", "multiple")]
