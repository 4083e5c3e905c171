"""Neighbours in the reading order, and kin by topic, within one condition and language."""

from __future__ import annotations

import pytest

from generator.ground.reads import Reads
from generator.site.neighbours import RELATED, Neighbours, reading_order
from generator.site.types import Article
from tests.generator.organized import article

EDITION = ("ms", "en")


def company(*articles: Article) -> Neighbours:
    """The articles of one edition, newest first as listings hold them."""
    newest_first = sorted(articles, key=lambda found: (found.moment, found.source_path), reverse=True)
    return Neighbours({EDITION: newest_first}, Reads())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article("z", order=1), article("a", date="2020-01-01")),
        (article("z", order=1), article("a", order=2)),
        (article("z", order=-1), article("a", order=0)),
        (article("z", order=1.5, date="2026-01-01"), article("a", order=2, date="2020-01-01")),
        (article("z", order=1, date="2020-01-01"), article("a", order=1, date="2026-01-01")),
        (article("z", date="2020-01-01"), article("a", date="2026-01-01")),
        (article("z"), article("a", date="2026-01-01")),
        (article("a", date="2026-01-01"), article("b", date="2026-01-01")),
    ],
)
def test_reading_order_is_order_then_date_then_path(one: Article, other: Article) -> None:
    assert reading_order(one) < reading_order(other)


def test_neighbours_are_those_of_the_same_type() -> None:
    a, b, c = (article(name, date=f"2026-01-0{day}") for day, name in enumerate("abc", 1))
    story = article("story", date="2026-01-02", type="story")
    made = company(a, b, c, story)
    assert [made.previous_and_next(found) for found in (a, b, c, story)] == [
        (None, b),
        (a, c),
        (b, None),
        (None, None),
    ]


def test_at_most_four_kin_are_named_nearest_in_time_first() -> None:
    articles = [article(f"a{day}", date=f"2026-01-{day:02d}", topics=("x",)) for day in (1, 2, 4, 7, 11, 16)]
    found = company(*articles, article("other", date="2026-01-04", topics=("y",))).related(articles[2])
    assert [kin.slug for kin in found] == ["a2", "a1", "a7", "a11"]
    assert RELATED == 4


def test_kin_of_one_day_are_named_oldest_path_first() -> None:
    a, b, c = (article(name, date="2026-01-01", topics=("x",)) for name in "abc")
    assert company(a, b, c).related(b) == (a, c)


def test_articles_without_a_day_are_kin_too() -> None:
    a, b, c = (
        article("a", topics=("x",)),
        article("b", topics=("x",)),
        article("c", date="2026-01-01", topics=("x",)),
    )
    assert company(a, b, c).related(a) == (b, c)


def test_editions_do_not_mix() -> None:
    english = article("a", topics=("x",))
    spanish = [article(f"{name}.es", topics=("x",)) for name in "bc"]
    made = Neighbours({EDITION: [english], ("ms", "es"): spanish}, Reads())
    assert (made.related(english), made.previous_and_next(english)) == ((), (None, None))
    assert made.related(spanish[0]) == (spanish[1],)
