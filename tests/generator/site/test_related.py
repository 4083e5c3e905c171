"""Related articles: rare shared topics first, nearness in time breaks ties, bounded work."""

from __future__ import annotations

import pytest

from generator.site.related import RelatedIndex


def test_rare_shared_topic_outweighs_a_common_one() -> None:
    topics = [("common",)] * 20 + [("common", "rare"), ("rare",)]
    assert RelatedIndex(topics, list(range(22))).nearest(21, 1) == (20,)


def test_two_shared_topics_outweigh_one() -> None:
    topics = [("a", "b"), ("a",), ("b",), ("a", "b")]
    assert RelatedIndex(topics, [0, 0, 0, 9]).nearest(3, 1) == (0,)


def test_nearness_in_time_breaks_ties() -> None:
    assert RelatedIndex([("a",)] * 4, [0, 10, 11, 30]).nearest(1, 2) == (2, 0)


def test_article_that_shares_no_topic_has_no_related_ones() -> None:
    index = RelatedIndex([("a",), (), ("b",)], [1, 2, 3])
    assert [index.nearest(article, 4) for article in range(3)] == [(), (), ()]


def test_article_is_never_related_to_itself() -> None:
    assert 0 not in RelatedIndex([("a", "b"), ("a", "b")], [1, 1]).nearest(0, 4)


def test_new_article_enters_only_the_lists_near_it() -> None:
    before = RelatedIndex([("a",)] * 100, list(range(100)))
    after = RelatedIndex([("a",)] * 101, list(range(101)))
    changed = [index for index in range(100) if before.nearest(index, 4) != after.nearest(index, 4)]
    assert changed == [98, 99]


def test_work_for_one_article_does_not_grow_with_the_site() -> None:
    seen = 0

    class Counting(list[int]):
        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            nonlocal seen
            seen += 1
            return super().__getitem__(index)

    index = RelatedIndex([("a", "b")] * 5000, Counting(range(5000)))
    index.nearest(2500, 4)
    assert seen < 40


@pytest.mark.parametrize(
    ("many", "more", "rarer"),
    [(2, 3, False), (3, 4, True), (4, 7, False), (7, 8, True), (8, 15, False), (15, 16, True)],
)
def test_weight_of_a_topic_steps_at_powers_of_two(many: int, more: int, rarer: bool) -> None:
    topics = [("p", "q"), *[("q",)] * (more - 1), *[("p",)] * (many - 1)]
    (nearest,) = RelatedIndex(topics, [0, *[10] * (more - 1), *[99] * (many - 1)]).nearest(0, 1)
    assert topics[nearest] == (("p",) if rarer else ("q",))


@pytest.mark.parametrize(("common", "tied"), [(511, False), (512, True)])
def test_three_common_topics_weigh_as_much_as_two_rare_ones_from_512_articles(
    common: int, tied: bool
) -> None:
    # Two topics of four articles weigh 21 each; three topics 15 each up to 511 articles, 14 each from 512.
    three, two = ("a", "b", "c"), ("r", "s")
    topics = [(*three, *two), three, two, two, two, *[three] * (common - 2)]
    for common_day, rare_day in ((9, 1), (1, 9)):
        days = [0, common_day, rare_day, 400, 400, *[500] * (common - 2)]
        (nearest,) = RelatedIndex(topics, days).nearest(0, 1)
        assert nearest == (2 if tied and rare_day < common_day else 1)


def test_topics_beyond_the_sixth_do_not_count() -> None:
    mine = ("a", "b", "c", "d", "e", "f", "g")
    assert RelatedIndex([mine, ("g",)], [1, 2]).nearest(0, 4) == ()
    assert RelatedIndex([mine, ("f",)], [1, 2]).nearest(0, 4) == (1,)
