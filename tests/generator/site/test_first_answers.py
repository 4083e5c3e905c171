"""Time to the first answer is said in words, of 33 questions or more, and changes by the month."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from generator.content.snapshot import CommentAnswer, Snapshot, ThreadAnswer
from generator.site.first_answers import first_answers, month_moments
from generator.site.types import Article
from tests.generator.organized import CONFIG, article

NOW = "2026-06-15T12:00:00+00:00"
ZONE = CONFIG.zone
ASKED = dt.datetime(2026, 4, 10, tzinfo=dt.UTC)


def asked(count: int, kind: str = "question", date: str = "2026-04-10") -> list[Article]:
    return [article(f"q{number}", type=kind, date=date) for number in range(count)]


def answered(articles: list[Article], hours: float, name: str | None = "Ana") -> Snapshot:
    written = (ASKED + dt.timedelta(hours=hours)).isoformat().replace("+00:00", "Z")
    threads = {
        one.thread: ThreadAnswer(one.thread, 1, comments=(CommentAnswer("c", "", written, name),))
        for one in articles
    }
    return Snapshot(fetched="2026-06-15T11:00:00Z", threads=threads)


@pytest.mark.parametrize(
    ("hours", "wait"),
    [(-1, "day"), (24, "day"), (25, "two-days"), (48, "two-days"), (49, "week"), (168, "week"), (169, "longer")],
)
def test_the_wait_is_that_of_most_questions(hours: float, wait: str) -> None:
    questions = asked(33)
    found = first_answers(questions, answered(questions[:17], hours), ZONE, NOW)
    assert found is not None
    assert found.wait == wait


def test_questions_without_an_answer_have_waited_longest() -> None:
    questions = asked(34)
    found = first_answers(questions, answered(questions[:17], 1), ZONE, NOW)
    assert found is not None
    assert found.wait == "longer"


@pytest.mark.parametrize(
    "articles",
    [
        asked(32),
        asked(33, kind="story"),
        asked(33, date="2026-06-01"),  # this month
        asked(33, date="2026-03-02"),  # 91 days before it
        [msgspec.structs.replace(one, suspended=True) for one in asked(33)],
    ],
    ids=["too few", "no questions", "too new", "too old", "under review"],
)
def test_nothing_is_said_of_too_few_questions(articles: list[Article]) -> None:
    assert first_answers(articles, answered(articles, 1), ZONE, NOW) is None


def test_nothing_is_said_without_a_snapshot_or_of_withdrawn_answers() -> None:
    questions = asked(33)
    assert first_answers(questions, Snapshot(), ZONE, NOW) is None
    withdrawn = first_answers(questions, answered(questions, 1, name=None), ZONE, NOW)
    assert withdrawn is not None
    assert withdrawn.wait == "longer"


def test_the_figure_changes_on_the_first_of_a_month_alone() -> None:
    questions = asked(33)
    snapshot = answered(questions, 1)
    assert first_answers(questions, snapshot, ZONE, "2026-06-01T00:00:00+00:00") == first_answers(
        questions, snapshot, ZONE, "2026-06-30T23:59:59+00:00"
    )
    assert month_moments(questions, ZONE, NOW) == ("2026-06-01T00:00:00+00:00", "2026-07-01T00:00:00+00:00")
    assert month_moments(questions[:32], ZONE, NOW) == ()
