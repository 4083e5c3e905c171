"""Figures name a survey, a question and a breakdown that exist; reports have a survey that says what readers must know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.content.surveys.instrument import Instrument
from generator.ground.errors import Problem
from generator.ground.model import FiguresSlot
from generator.ground.text import did_you_mean
from generator.site.context import SiteContext
from generator.site.results import named_survey
from generator.site.types import Survey

# What a report must say (CHERRIES; AAPOR's Transparency Initiative) and an instrument may lack, with an example of each.
REQUIRED = {
    "sponsor": "who asks and who pays",
    "ethics": "what an ethics committee said, or why none was asked",
    "recruitment": "where and how people were invited",
}


def check_survey_results(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        yield from _report(context, document)
        for slot in context.bodies.of(document.source_path).slots:
            if isinstance(slot, FiguresSlot):
                yield from _figure(context, document, slot)


def _report(context: SiteContext, document: Document) -> Iterator[Problem]:
    front_matter = document.front_matter
    if not isinstance(front_matter, ArticleFrontMatter):
        return
    if not front_matter.survey:
        if front_matter.type == "survey-report":
            hint = "add a line `survey: …` with the name of its file in surveys/, without .yaml"
            yield document.problem("type", "this report names no survey", hint, rule="surveys")
        return
    if front_matter.type != "survey-report":
        hint = "write `type: survey-report`, or remove the line"
        yield document.problem("survey", "only a survey-report has a survey", hint, rule="surveys")
        return
    name = named_survey(document, "")
    survey = context.site.surveys.get(name)
    if survey is None:
        message = f"there is no survey '{front_matter.survey}'"
        yield document.problem("survey", message, _known(context, document, name), rule="surveys")
        return
    question = survey.instrument.question(front_matter.finding)
    if front_matter.finding and (question is None or not question.answers):
        known = [one.key for one in survey.instrument.questions if one.answers]
        hint = did_you_mean(front_matter.finding, known) or f"questions are: {', '.join(known)}"
        message = f"the survey has no question '{front_matter.finding}' with answers"
        yield document.problem("finding", message, hint, rule="surveys")
    if not front_matter.draft:
        yield from _missing(document, survey.instrument)


def _missing(document: Document, instrument: Instrument) -> Iterator[Problem]:
    """A problem for each thing that the report would have to say and its instrument does not."""
    words = next(iter(instrument.words.values()))
    for key, what in REQUIRED.items():
        if not getattr(words, key):
            message = f"the report cannot say {what}: its survey has no '{key}'"
            hint = f"add a line `{key}: …` to {instrument.source_path}, or keep the report a draft"
            yield document.problem("survey", message, hint, rule="surveys")


def _figure(context: SiteContext, document: Document, slot: FiguresSlot) -> Iterator[Problem]:
    name = named_survey(document, slot.survey)
    survey = context.site.surveys.get(name)
    if not name:
        hint = "write ::results{survey=working-day question=…}; only a survey-report can leave it out"
        yield _problem(document, slot, "which survey this shows is not said", hint)
    elif survey is None:
        if slot.survey:  # else the front matter names it, and was told so
            message = f"there is no survey '{slot.survey}'"
            yield _problem(document, slot, message, _known(context, document, name))
    elif slot.question:
        yield from _question(document, slot, survey)


def _question(document: Document, slot: FiguresSlot, survey: Survey) -> Iterator[Problem]:
    instrument = survey.instrument
    question = instrument.question(slot.question)
    if question is None:
        known = [one.key for one in instrument.questions if one.answers]
        hint = did_you_mean(slot.question, known) or f"questions are: {', '.join(known)}"
        yield _problem(document, slot, f"the survey has no question '{slot.question}'", hint)
    elif not question.answers:
        message = f"'{slot.question}' is free text, which is never published"
        yield _problem(document, slot, message, "name a question with answers")
    elif slot.by and (slot.question, slot.by) not in instrument.breakdowns:
        ways = [by for crossed, by in instrument.breakdowns if crossed == slot.question]
        hint = did_you_mean(slot.by, ways) or (
            f"it may be divided by: {', '.join(ways)}" if ways else f"list it in {instrument.source_path}"
        )
        message = f"'{slot.question}' by '{slot.by}' is not one of the survey's breakdowns"
        yield _problem(document, slot, message, hint)


def _known(context: SiteContext, document: Document, name: str) -> str:
    """The hint for a survey that is not there: one of that condition, else all there are."""
    known = context.site.surveys
    own = {survey.instrument.name for survey in known.values() if survey.condition == document.condition}
    near = did_you_mean(name.partition("~")[2], own) or did_you_mean(name, known)
    listed = f"surveys are: {', '.join(known)}" if known else "no survey has an instrument"
    return near or f"{listed}; drafts count with --drafts only"


def _problem(document: Document, slot: FiguresSlot, message: str, hint: str) -> Problem:
    line = slot.line + document.parsed.body_line - 1
    return Problem(message, line, slot.column, hint, document.source_path, rule="surveys")
