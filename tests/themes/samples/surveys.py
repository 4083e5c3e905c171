"""A survey's page and the list of surveys, as themes are tried on."""

from __future__ import annotations

from generator.views import types as shapes
from generator.views.types import Date
from tests.themes.samples.parts import CRISIS, common

OPENS, CLOSES = Date("2026-05-01", "1 May 2026"), Date("2026-12-31", "31 December 2026")
_YES_NO = (shapes.SurveyOption("yes", "I do"), shapes.SurveyOption("no", "I do not"))
_SCALE = tuple(
    shapes.SurveyOption(str(n), {1: "Not at all", 11: "Completely"}.get(n, "")) for n in range(1, 12)
)
SURVEY = shapes.SurveyRef(
    "Migraine and your working day",
    "/migraine/surveys/working-day/",
    "How migraine and work get along, so that these pages can tell what helps.",
    "open",
    minutes=4,
    count=5,
    opens=OPENS,
    closes=CLOSES,
)


def _questions() -> tuple[shapes.SurveyQuestion, ...]:
    work = (shapes.SurveyCondition(1, ("I do",)),)
    helps = (
        shapes.SurveyOption("breaks", "Breaks"),
        shapes.SurveyOption("none", "None of these", exclusive=True),
    )
    return (
        shapes.SurveyQuestion("work", "single", 1, "Do you work for pay?", options=_YES_NO, required=True),
        shapes.SurveyQuestion(
            "helps", "multiple", 2, "What helps?", options=helps, maximum=1, ask_if="work:yes", conditions=work
        ),
        shapes.SurveyQuestion(
            "years", "number", 3, "For how many years?", "Your best guess is fine.", unit="years", least="0",
            most="90", step="1", bands="few::5;many:5:",
        ),
        shapes.SurveyQuestion("understood", "scale", 4, "How well is it understood?", options=_SCALE),
        shapes.SurveyQuestion("mood", "single", 5, "Have you felt hopeless?", options=_YES_NO, sensitive=True, help_first=True),
        shapes.SurveyQuestion("hope", "text", 6, "What gives you hope?", sensitive=True),
    )  # fmt: skip


def survey(**more: object) -> shapes.SurveyPage:
    """A survey that is open, with a question of each kind in two sections; *more* are fields that differ."""
    questions = _questions()
    fields: dict[str, object] = {
        "survey": "migraine~working-day",
        "consent": "2026-05",
        "action": "/api/v1/surveys/migraine~working-day/responses",
        "purpose": SURVEY.purpose,
        "sponsor": "Nobody paid for this survey.",
        "ethics": "No ethics committee was asked; the answers serve these pages alone.",
        "recruitment": "Everybody who reads these pages.",
        "collection": "My answers may be kept and counted.",
        "publication": "My answers may count in published tables.",
        "sections": (
            shapes.SurveySection("You and work", questions[:3], "Three short questions."),
            shapes.SurveySection("Your days", questions[3:]),
        ),
        "count": 6,
        "minutes": 4,
        "age": 16,
        "months": 24,
        "free_text": True,
        "opens": OPENS,
        "closes": CLOSES,
        "crisis": CRISIS,
        "surveys_url": "/migraine/surveys/",
        "you_url": "/you/",
        **more,
    }
    return shapes.SurveyPage(**common("survey.html", SURVEY.url, SURVEY.title), **fields)


def surveys() -> shapes.SurveysPage:
    return shapes.SurveysPage(**common("surveys.html", "/migraine/surveys/", "Surveys"), surveys=(SURVEY,))
