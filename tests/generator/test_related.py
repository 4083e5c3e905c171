"""Related articles: rare shared topics first, nearness in time breaks ties, bounded work."""

from __future__ import annotations

from generator.related import Kinship


def test_rare_shared_topic_outweighs_a_common_one() -> None:
    topics = [("common",)] * 20 + [("common", "rare"), ("rare",)]
    assert Kinship(topics, list(range(22))).of(21, 1) == (20,)


def test_two_shared_topics_outweigh_one() -> None:
    topics = [("a", "b"), ("a",), ("b",), ("a", "b")]
    assert Kinship(topics, [0, 0, 0, 9]).of(3, 1) == (0,)


def test_nearness_in_time_breaks_ties() -> None:
    assert Kinship([("a",)] * 4, [0, 10, 11, 30]).of(1, 2) == (2, 0)


def test_article_without_topics_or_kin_has_none() -> None:
    kinship = Kinship([("a",), (), ("b",)], [1, 2, 3])
    assert [kinship.of(index, 4) for index in range(3)] == [(), (), ()]


def test_article_is_never_its_own_kin() -> None:
    assert 0 not in Kinship([("a", "b"), ("a", "b")], [1, 1]).of(0, 4)


def test_new_article_enters_only_the_lists_near_it() -> None:
    before = Kinship([("a",)] * 100, list(range(100)))
    after = Kinship([("a",)] * 101, list(range(101)))
    changed = [index for index in range(100) if before.of(index, 4) != after.of(index, 4)]
    assert changed == [98, 99]


def test_work_for_one_article_does_not_grow_with_the_site() -> None:
    seen = 0

    class Counting(list[int]):
        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            nonlocal seen
            seen += 1
            return super().__getitem__(index)

    kinship = Kinship([("a", "b")] * 5000, Counting(range(5000)))
    kinship.of(2500, 4)
    assert seen < 40
