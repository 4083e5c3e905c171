"""A reviewed text that changed while its front matter says nothing of it is told, and nothing else is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from generator.checks.untold_changes import Version, untold_change
from generator.content.front_matter.parse import parse_text

PATH = "content/ms/a.md"
ZONE = ZoneInfo("UTC")
TODAY = dt.date(2026, 3, 1)
BY = "reviewer: doc\nlast_reviewed: 2026-01-10\n"
LATER = "updated: 2026-02-01\n"
DOSE, OTHER = "Take 5 mg.\n", "Take 50 mg.\n"
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
