"""A survey report: a text with two figures of its own, the rest of the figures, how they came about, and what hubs say."""

from __future__ import annotations

import msgspec

from generator.ground.model import Body, CrisisSlot, Facts, Fragment
from generator.views import types as shapes
from generator.views.types import Date, Link
from tests.themes.samples.articles import article
from tests.themes.samples.figures import BARS, BARS_BY, HISTOGRAM, SCALE, SCALE_BY

METHOD = shapes.Method(
    purpose="To learn what helps people with migraine through a day with an attack.",
    sponsor="The editors of this site; nobody paid for it.",
    recruitment="By a line on these pages, and in nobody’s name elsewhere.",
    ethics="No committee was asked: nobody can be known from the answers.",
    collection="My answers may be kept and counted.",
    publication="My answers may count in the published tables.",
    consent="2026-01",
    age=16,
    since=Date("2026-03-01", "1 March 2026"),
    until=Date("2026-04-30", "30 April 2026"),
    questions=12,
    version=1,
    months=24,
    languages=("English", "Español"),
    adaptive=True,
    responses=240,
    policy=Link("Health data", "/health-data-policy/"),
)
REPORT = shapes.Report(
    survey=Link("A day with an attack", "/migraine/surveys/a-day/"),
    method=METHOD,
    sections=(
        shapes.ReportSection("You and migraine", (HISTOGRAM, BARS_BY)),
        shapes.ReportSection("A day with an attack", (SCALE_BY,)),
    ),
    as_of=Date("2026-05-01", "1 May 2026"),
    simulated=True,
    table_url="/migraine/what-we-asked/results.csv",
    codebook_url="/migraine/what-we-asked/codebook.json",
)
FINDINGS = (
    shapes.Finding(
        Link("What we asked, and what helped", "/migraine/what-we-asked/"),
        "What has helped you on a day with an attack?",
        "A dark, quiet room",
        75,
        240,
        Date("2026-05-01", "1 May 2026"),
        simulated=True,
    ),
    shapes.Finding(
        Link("Work", "/migraine/work/"), "Do you work?", "Yes", 60, -1, Date("2026-04-01", "1 April 2026"), 1
    ),
)

TOC = (
    shapes.TocEntry("What helps", "helps", 2),
    shapes.TocEntry("What people answered", "page-results", 2),
    shapes.TocEntry("How these numbers came about", "page-method", 2),
)


def report() -> tuple[shapes.ArticlePage, Body]:
    body = Body(
        Fragment(
            ('<p>What people told us.</p>\n<h2 id="helps">What helps</h2>\n', "<p>And more.</p>\n", ""),
            (0, 1),
        ),
        (CrisisSlot(1), CrisisSlot(2)),
        Facts(),
    )
    values = (shapes.FiguresValue((BARS, SCALE)), shapes.FiguresValue())
    page = msgspec.structs.replace(
        article(),
        type="survey-report",
        report=REPORT,
        references=(),
        toc=TOC,
        body=shapes.BodyRef("r", values, True),
    )
    return page, body
