"""What a figure says is what was published, in the order of the survey and in the words of the page."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.content.surveys.results import ResultCell, ResultTable, SurveyResults
from generator.views import types as shapes
from generator.views.figures import Shown, figures
from tests.generator.organized import context_of, site
from tests.generator.survey_site import results, survey, table

CONTEXT = context_of(site())
STAGE = table("stage", 240, new=100, long=140)
HELPS = table("helps", 230, dark=150, no=80, none=None)
BY_STAGE = ResultTable(
    "helps",
    "stage",
    {"new": 95, "long": None},
    tuple(
        ResultCell(key, count, by)
        for by, counts in (("new", (60, 30, None)), ("long", (90, None, None)))
        for key, count in zip(("dark", "no", "none"), counts, strict=True)
    ),
)
WORRY = table("worry", 200, p1=50, p2=90, p3=60)
YEARS = table("years", 235, few=80, many=155)


def made(of: SurveyResults, question: str = "", by: str | None = None) -> tuple[shapes.Figure, ...]:
    return figures(CONTEXT, Shown(survey(), of, "en"), question, by)


def numbers(group: shapes.FigureGroup) -> list[tuple[int, int]]:
    return [(bar.count, bar.percent) for bar in group.bars]


def test_figures_stand_in_the_order_of_the_questions_each_before_its_breakdowns() -> None:
    found = made(results(BY_STAGE, YEARS, HELPS, STAGE, WORRY))
    assert [(one.key, one.by_key, one.shape) for one in found] == [
        ("stage", "", "bars"),
        ("helps", "", "bars"),
        ("helps", "stage", "bars"),
        ("worry", "", "stack"),
        ("years", "", "histogram"),
    ]


def test_a_figure_carries_the_question_the_dates_and_how_it_was_counted() -> None:
    [one] = made(results(HELPS), "helps")
    assert (one.question, one.multiple, one.kept_back, one.base, one.simulated) == (
        "What helps you at work?",
        True,
        True,
        5,
        False,
    )
    assert one.since
    assert one.until
    assert one.as_of
    assert [one.since.iso, one.until.iso, one.as_of.iso] == ["2026-03-01", "2026-04-30", "2026-05-01"]


def test_a_question_that_not_everybody_was_asked_says_after_which() -> None:
    years, stage = made(results(YEARS))[0], made(results(STAGE))[0]
    assert (years.after, stage.after) == (("How long have you lived with it?",), ())


def test_interim_numbers_are_of_the_time_until_they_were_fixed() -> None:
    interim = SurveyResults(1, "2026-03-20T12:00:00Z", False, 120, (STAGE,))
    [one] = made(interim)
    assert one.until is not None
    assert one.until.iso == "2026-03-20"


@pytest.mark.parametrize(
    ("published", "said"),
    [
        (STAGE, [(100, 42), (140, 58)]),
        (HELPS, [(150, 65), (80, 35), (-1, -1)]),
        (table("stage", None, new=100, long=None), [(100, -1), (-1, -1)]),
        (table("stage", 0, new=0, long=0), [(0, 0), (0, 0)]),
    ],
)
def test_counts_are_as_published_and_shares_are_of_them(
    published: ResultTable, said: list[tuple[int, int]]
) -> None:
    [one] = made(results(published))
    [group] = one.groups
    assert numbers(group) == said


def test_a_breakdown_has_a_group_for_each_answer_with_a_total_of_its_own() -> None:
    [one] = made(results(BY_STAGE, STAGE), "helps", "stage")
    assert one.by == "How long have you lived with it?"
    assert [(group.label, group.total) for group in one.groups] == [
        ("Less than a year", 95),
        ("A year or longer", -1),
    ]
    assert [numbers(group) for group in one.groups] == [
        [(60, 63), (30, 32), (-1, -1)],
        [(90, -1), (-1, -1), (-1, -1)],
    ]


def test_points_of_a_scale_are_marked_and_darken_to_its_end() -> None:
    [one] = made(results(WORRY))
    bars = one.groups[0].bars
    assert [(bar.mark, bar.label, bar.start, bar.length, bar.tone) for bar in bars] == [
        ("1", "Not at all", 0, 25, 2),
        ("2", "2", 25, 45, 6),
        ("3", "Very much", 70, 30, 10),
    ]


def test_columns_of_groups_have_one_scale() -> None:
    counts = {"new": {"few": 20, "many": 80}, "long": {"few": 50, "many": 50}}
    cells = [ResultCell(key, count, by) for by, own in counts.items() for key, count in own.items()]
    crossed = ResultTable("years", "stage", {"new": 100, "long": 100}, tuple(cells))
    asked = survey()
    breakdowns = (*asked.instrument.breakdowns, ("years", "stage"))
    asked = replace(asked, instrument=replace(asked.instrument, breakdowns=breakdowns))
    [one] = figures(CONTEXT, Shown(asked, results(crossed), "en"))
    assert [[bar.length for bar in group.bars] for group in one.groups] == [[25, 100], [63, 63]]


def test_a_question_that_is_not_published_has_no_figure() -> None:
    assert made(results(STAGE), "helps") == ()
    assert made(results(STAGE, HELPS), "helps", "stage") == ()
