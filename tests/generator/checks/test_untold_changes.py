"""A reviewed text that changed while its front matter says nothing of it is told, and nothing else is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from generator.checks.copied_reviews import copied_review
from generator.checks.untold_changes import Version, changed_reviewer, untold_change
from generator.content.front_matter.parse import parse_text

PATH = "content/ms/a.md"
ZONE = ZoneInfo("UTC")
TODAY = dt.date(2026, 3, 1)
BY = "reviewer: doc\nlast_reviewed: 2026-01-10\n"
LATER = "updated: 2026-02-01\n"
SOURCE, MOVED = (
    f"{BY}references: [{{id: a, title: A study, url: 'https://{host}/'}}]\n" for host in ("a.org", "b.org")
)
OTHER_SOURCE = SOURCE.replace("A study", "Another").replace("a.org", "c.org")
DOSE, OTHER = "Take 5 mg.\n", "Take 50 mg.\n"
SOURCES = "the sources changed"
UNSAID, AGAIN = "`updated` says nothing of it", "`minor` was written for an earlier change"


def version(front: str, body: str) -> Version:
    return Version(*parse_text(f"---\ntitle: A\n{front}---\n{body}".encode(), "article", PATH, frozenset()))


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ((BY, DOSE), (BY, OTHER), UNSAID),
        ((f"{BY}summary: 5 mg.\n", DOSE), (f"{BY}summary: 50 mg.\n", DOSE), UNSAID),
        ((f"{BY}type: story\n", DOSE), (f"{BY}type: story\n", OTHER), UNSAID),
        ((BY, "`<!-- 5 mg -->`\n"), (BY, "`<!-- 50 mg -->`\n"), UNSAID),
        ((BY, "~~~\n<!-- 5 mg -->\n~~~\n"), (BY, "~~~\n<!-- 50 mg -->\n~~~\n"), UNSAID),
        ((SOURCE, DOSE), (OTHER_SOURCE, DOSE), SOURCES),
        ((BY, DOSE), (SOURCE, DOSE), SOURCES),
        ((SOURCE, DOSE), (MOVED, DOSE), ""),
        ((SOURCE, DOSE), (OTHER_SOURCE + LATER, DOSE), ""),
        # What readers do not see, or see no differently.
        ((BY, DOSE), (BY, DOSE), ""),
        ((BY, DOSE), (BY, "Take\n5 mg.\n\n<!-- allow doses: of the leaflet -->\n"), ""),
        ((BY, DOSE), (f"{BY}topics: [rest]\n", DOSE), ""),
        # No review is claimed, or a new one.
        (("", DOSE), ("", OTHER), ""),
        ((BY, DOSE), ("", OTHER), ""),
        (("", DOSE), (BY, OTHER), ""),
        ((BY, DOSE), ("reviewer: doc\nlast_reviewed: 2026-02-01\n", OTHER), ""),
        ((BY, DOSE), ("reviewer: doc\nlast_reviewed: 2026-01-09\n", OTHER), UNSAID),
        # The page says so itself, or the writer says why it need not.
        ((BY, DOSE), (BY + LATER, OTHER), ""),
        ((BY + LATER, DOSE), (BY + LATER, OTHER), ""),
        ((BY, DOSE), (f"{BY}corrections: [{{date: 2026-02-01, what: The dose}}]\n", OTHER), ""),
        ((BY, DOSE), (f"{BY}{LATER}minor: a comma\n", OTHER), ""),
        # An update before the review, or one that was there, tells nothing of a later change.
        ((BY, DOSE), (f"{BY}updated: 2026-01-09\n", OTHER), UNSAID),
        ((BY, DOSE), (f"{BY}updated: 2026-01-10\n", OTHER), UNSAID),
        ((BY, DOSE), (f"{BY}corrections: [{{date: 2026-01-10, what: A comma}}]\n", OTHER), UNSAID),
        ((f"{BY}updated: 2026-01-10\n", DOSE), (f"{BY}updated: 2026-01-10\n", OTHER), UNSAID),
        ((BY, DOSE), (f"{BY}minor: a comma\n", OTHER), UNSAID),
        ((f"{BY}{LATER}minor: a comma\n", DOSE), (f"{BY}{LATER}minor: a comma\n", OTHER), AGAIN),
        ((f"{BY}{LATER}minor: a comma\n", DOSE), (f"{BY}{LATER}minor: a name\n", OTHER), ""),
        ((f"{BY}{LATER}minor: a comma\n", DOSE), (f"{BY}updated: 2026-02-02\nminor: a comma\n", OTHER), ""),
    ],
)
def test_a_change_after_the_review_is_told_unless_front_matter_tells_it(
    then: tuple[str, str], now: tuple[str, str], told: str
) -> None:
    problem = untold_change(PATH, version(*then), version(*now), ZONE, TODAY)
    assert told in problem.message if problem and told else not (problem or told)
    if problem:
        assert (problem.rule, problem.severity, problem.line) == ("reviews", "warning", 4)
        assert "`last_reviewed`" in problem.hint or "`minor`" in problem.hint


def test_a_change_on_the_day_of_the_review_is_told_by_its_date_on_that_day() -> None:
    then, now = version(BY, DOSE), version(f"{BY}updated: 2026-01-10\n", OTHER)
    assert untold_change(PATH, then, now, ZONE, dt.date(2026, 1, 10)) is None


@pytest.mark.parametrize(
    ("reviewer", "day", "told"),
    [
        ("Dr Ana Sol", "2026-01-10", False),
        ("Sol, Ana", "2026-01-10", False),
        ("Dr Ben Luz", "2026-01-10", True),
        ("Dr Ben Luz", "2026-01-09", True),
        ("Dr Ben Luz", "2026-01-11", False),
    ],
)
def test_another_reviewer_needs_a_later_day(reviewer: str, day: str, told: bool) -> None:
    then = version("reviewer: Ana Sol\nlast_reviewed: 2026-01-10\n", DOSE)
    now = version(f"reviewer: '{reviewer}'\nlast_reviewed: {day}\n", DOSE)
    problem = changed_reviewer(PATH, then, now, ZONE)
    assert (problem is not None) is told
    if problem:
        assert (problem.rule, problem.severity, problem.line) == ("reviews", "warning", 3)


LEAFLET = "Take 5 mg in the morning, with water, every day of the week, and tell your care team.\n"


@pytest.mark.parametrize(
    ("front", "body", "told"),
    [
        (BY, LEAFLET.replace("5 mg", "50 mg"), True),
        (BY, LEAFLET, False),
        (BY, "Rest in a dark room until it is over.\n", False),
        (BY.replace("01-10", "01-11"), LEAFLET.replace("5 mg", "50 mg"), False),
        (BY.replace("doc", "eve"), LEAFLET.replace("5 mg", "50 mg"), False),
    ],
)
def test_a_copy_with_other_words_has_no_review(front: str, body: str, told: bool) -> None:
    problem = copied_review("content/ms/b.md", version(front, body), [(PATH, version(BY, LEAFLET))])
    assert (problem is not None) is told
    assert problem is None or PATH in problem.message
