"""Topics: their slugs, their names, their addresses, and the articles that they gather."""

from __future__ import annotations

import pytest

from generator.ground.errors import Problem
from generator.site.types import Article
from generator.site.taxonomies import make_topics, topic_slugs
from tests.generator.organized import article

EN, ES = ("ms", "en"), ("ms", "es")


@pytest.mark.parametrize(
    ("topics", "slugs", "messages"),
    [
        ((), (), []),
        (("Sleep", "Heat & cold"), ("sleep", "heat-cold"), []),
        (("b", "a"), ("b", "a"), []),
        (("Sleep", "sleep", "SLEEP!"), ("sleep",), []),
        (("🎈", "a"), ("a",), ["the topic '🎈' cannot become an address"]),
        (("x" * 200,), ("x" * 200,), []),
        (("x" * 201, "a"), ("a",), ["a topic is too long for an address (201 bytes)"]),
        (("偏" * 66 + "ab",), ("偏" * 66 + "ab",), []),
        (("偏" * 67, "a"), ("a",), ["a topic is too long for an address (201 bytes)"]),
    ],
    ids=["none", "two", "order", "once", "no word", "200", "201", "200 bytes", "201 bytes"],
)
def test_topics_become_slugs_in_order(
    topics: tuple[str, ...], slugs: tuple[str, ...], messages: list[str]
) -> None:
    found = article("a", topics=topics)
    made_slugs, problems = topic_slugs(found.document, found.front_matter)
    assert made_slugs == slugs
    assert [problem.message for problem in problems] == messages
    assert {problem.source_path for problem in problems} <= {"content/ms/a.md"}


def made(names: dict[str, dict[str, str]], **listed: list[Article]) -> dict[str, list[tuple[str, str, str]]]:
    """Slug, name and address of each topic by language."""
    by_edition = {("ms", language): articles for language, articles in listed.items()}
    topics = make_topics(by_edition, lambda edition: f"/{edition[0]}/{edition[1]}/", names)
    return {
        edition[1]: [(topic.slug, topic.label, topic.url_path) for topic in found.values()]
        for edition, found in topics.items()
    }


def test_topics_stand_in_order_of_slug_below_their_edition() -> None:
    assert made({}, en=[article("a", topics=("Sleep", "Heat"))], es=[article("a.es", topics=("Calor",))]) == {
        "en": [("heat", "Heat", "/ms/en/topics/heat/"), ("sleep", "Sleep", "/ms/en/topics/sleep/")],
        "es": [("calor", "Calor", "/ms/es/topics/calor/")],
    }


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_topic_is_called_as_the_first_path_writes_it(order: tuple[str, str]) -> None:
    written = {"a": "heat  and\ncold", "b": "Heat and cold"}
    articles = [article(name, topics=(written[name],)) for name in order]
    assert made({}, en=articles)["en"] == [("heat-and-cold", "heat and cold", "/ms/en/topics/heat-and-cold/")]


def test_article_that_writes_a_topic_twice_names_it_by_the_first() -> None:
    articles = [article("a", topics=("Heat", "heat"))]
    assert made({}, en=articles)["en"] == [("heat", "Heat", "/ms/en/topics/heat/")]


def test_name_of_a_topic_in_that_language_goes_before() -> None:
    names = {"heat": {"en": "Heat and cold"}}
    listed = {"en": [article("a", topics=("heat",))], "es": [article("a.es", topics=("heat",))]}
    assert {tag: found[0][1] for tag, found in made(names, **listed).items()} == {
        "en": "Heat and cold",
        "es": "heat",
    }


def test_topic_gathers_its_articles_in_the_order_of_the_list() -> None:
    c, a, b = article("c", topics=("x",)), article("a", topics=("y", "x")), article("b", topics=("y",))
    topics = make_topics({EN: [c, a, b], ES: []}, lambda edition: "/", {})
    assert {slug: topic.articles for slug, topic in topics[EN].items()} == {"x": (c, a), "y": (a, b)}
    assert topics[ES] == {}
    assert (topics[EN]["x"].condition, topics[EN]["x"].language) == EN
