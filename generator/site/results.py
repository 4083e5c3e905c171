"""Results of surveys as the site shows them: reviewed tables before the snapshot's, of the version that is asked now."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from generator.content.read import Document
from generator.content.snapshot import Snapshot
from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import ResultTable, SurveyResults
from generator.site.types import Article, Site, Survey

# Results by survey.
Results = Mapping[str, SurveyResults]


def published_results(
    surveys: Mapping[str, Survey], reviewed: Mapping[str, SurveyResults], snapshot: Snapshot
) -> Results:
    """What may be shown of each of *surveys*; one without results is not among them.

    Reviewed tables fit their instrument. Of the snapshot's, those of another version and tables that the instrument
    does not know (any more) are left out.
    """
    found: dict[str, SurveyResults] = {}
    for name, survey in surveys.items():
        results = reviewed.get(name) or _pulled(snapshot.surveys.get(name), survey.instrument)
        if results is not None:
            found[name] = results
    return found


def _pulled(results: SurveyResults | None, instrument: Instrument) -> SurveyResults | None:
    if results is None or results.version != instrument.version:
        return None
    # Without tables nothing was published: the function has noted that there were too few answers.
    tables = tuple(table for table in results.tables if _fits(table, instrument))
    return msgspec.structs.replace(results, tables=tables) if tables else None


def _fits(table: ResultTable, instrument: Instrument) -> bool:
    question = instrument.question(table.question)
    if question is None or not question.answers:
        return False
    return table.by is None or (table.question, table.by) in instrument.breakdowns


def named_survey(document: Document, written: str) -> str:
    """The id of the survey that a text of *document* means: the one *written*, else the one it reports on; ``""`` for none."""
    reference = written or getattr(document.front_matter, "survey", "")
    return survey_id(document.condition, reference) if reference else ""


def reports_of(site: Site, condition: str, language: str) -> tuple[Article, ...]:
    """The reports on surveys that an edition lists, the newest first."""
    listed = site.listed.get((condition, language), ()) if site.surveys else ()
    return tuple(article for article in listed if reported_survey(article) in site.surveys)


def reported_survey(article: Article) -> str:
    """The id of the survey that an article reports on; ``""`` for one that is no report."""
    front_matter = article.front_matter
    if front_matter.type != "survey-report" or not front_matter.survey:
        return ""
    return survey_id(article.condition, front_matter.survey)


def report_of(site: Site, survey: str, language: str) -> Article | None:
    """The newest published report on *survey*, in *language* where there is one in it."""
    owner = survey.partition("~")[0]
    for tag in dict.fromkeys((language, *site.languages)):
        for article in site.by_edition.get((owner, tag), ()):
            if reported_survey(article) == survey and article.status == "published":
                return article
    return None


def survey_id(condition: str, reference: str) -> str:
    """The identity of a survey: ``migraine~working-day``; a written id that names its condition stays."""
    return reference if "~" in reference else f"{condition}~{reference}"
