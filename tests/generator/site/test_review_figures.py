"""Figures of reviews count what holds, of pages that state facts, and nothing in a demonstration."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from generator.content.front_matter.schema import SourceRef
from generator.site.review_figures import review_figures
from tests.generator.organized import CONFIG, article

NOW = "2026-06-01T12:00:00+00:00"
HELD = {"reviewer": "ana", "last_reviewed": "2026-01-05"}


@pytest.mark.parametrize(
    ("front_matter", "pages", "reviewed"),
    [
        ({"type": "treatment", **HELD}, 1, 1),
        ({"type": "treatment", **HELD, "updated": "2026-02-01"}, 1, 0),
        ({"type": "treatment", **HELD, "updated": "2026-02-01", "minor": "a comma"}, 1, 1),
        ({"type": "treatment", "reviewer": "ana", "last_reviewed": "2024-05-31"}, 1, 0),
        ({"type": "treatment"}, 1, 0),
        ({"type": "story", **HELD}, 0, 0),
        ({"type": "question"}, 0, 0),
        ({}, 1, 0),
    ],
)
def test_reviews_count_while_they_hold(front_matter: dict[str, str], pages: int, reviewed: int) -> None:
    found = review_figures([article("a", **front_matter)], CONFIG, NOW)
    assert (found.pages, found.reviewed) == (pages, reviewed)
    demonstration = msgspec.structs.replace(CONFIG, demonstration=True)
    assert review_figures([article("a", **front_matter)], demonstration, NOW).reviewed == 0


def test_figures_of_several_pages() -> None:
    source = SourceRef("s", "S")
    found = review_figures(
        [
            article("a", reviewer="ben", last_reviewed="2026-01-05", references=(source,), sponsor="Acme"),
            article("b", reviewer="ana", last_reviewed="2025-03-01", references=(source, source)),
            article("c", reviewer="ana", last_reviewed="2026-02-01", sponsor="None"),
            article("d", type="story", sponsor="Acme"),
            msgspec.structs.replace(article("e"), status="draft"),
        ],
        CONFIG,
        NOW,
    )
    assert (found.pages, found.reviewed, found.percent) == (3, 3, 100)
    assert found.reviewers == ("ana", "ben")
    assert found.oldest == dt.date(2025, 3, 1)
    assert (found.sources, found.unsourced) == (1, 1)
    assert found.sponsors == (("Acme", 2),)
    assert review_figures([], CONFIG, NOW).percent == 0


def test_two_spellings_of_a_reviewer_are_one() -> None:
    names = ("Ana", "ana", "ana", "ben")
    pages = [article(str(at), reviewer=name, last_reviewed="2026-01-05") for at, name in enumerate(names)]
    assert review_figures(pages, CONFIG, NOW).reviewers == ("ana", "ben")
