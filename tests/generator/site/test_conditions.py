"""What a condition takes from its hubs and what from the site: host, hubs by language, accent, rules of comments."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from generator.site.conditions import language_segment, make_conditions, with_all_hubs
from generator.content.config import Comments, Config
from generator.ground.errors import Problem
from generator.content.front_matter.schema import HubFrontMatter
from generator.content.read import Document
from generator.site.types import Condition
from tests.generator.organized import CONFIG, article, document

STRICT = msgspec.structs.replace(
    CONFIG, comments=Comments(policy="pre", quiet_hours="22:00-07:00", slow_mode=10)
)


def index(name: str = "_index", condition: str = "ms", **front_matter: object) -> Document:
    front = HubFrontMatter(**{"title": "MS", **front_matter})  # type: ignore[arg-type]
    return document(f"content/{condition}/{name}.md", front, "hub", condition)


def made(*hubs: Document, config: Config = CONFIG) -> tuple[dict[str, Condition], list[str]]:
    found = make_conditions(hubs, [], config)
    messages = [f"{problem.source_path}: {problem.message}" for problem in found.problems]
    return dict(found.by_name), messages


@pytest.mark.parametrize(("language", "segment"), [("en", ""), ("es", "es"), ("pt-BR", "pt-BR")])
def test_the_sites_own_language_has_no_segment(language: str, segment: str) -> None:
    assert language_segment(language, CONFIG) == segment


@pytest.mark.parametrize(
    ("config", "front_matter", "rules"),
    [
        (CONFIG, {}, ("first", "off", 0)),
        (
            CONFIG,
            {"comments": "post", "quiet_hours": "21:00-06:00", "slow_mode": 5},
            ("post", "21:00-06:00", 5),
        ),
        (STRICT, {}, ("pre", "22:00-07:00", 10)),
        (STRICT, {"comments": "post", "quiet_hours": "off", "slow_mode": 0}, ("post", "off", 0)),
        (STRICT, {"slow_mode": 60}, ("pre", "22:00-07:00", 60)),
    ],
)
def test_hub_overrides_the_sites_rules_of_comments(
    config: Config, front_matter: dict[str, Any], rules: tuple[str, str, int]
) -> None:
    conditions, problems = made(index(**front_matter), config=config)
    ms = conditions["ms"]
    assert problems == []
    assert (ms.policy, ms.quiet_hours, ms.slow_mode) == rules


# Readers know a condition by its colour: another one for the same name would surprise them.
@pytest.mark.parametrize(
    ("condition", "accent"),
    [("migraine", "#3d6b35"), ("ms", "#33658a"), ("arthritis", "#a04a3c")],
)
def test_accent_is_the_same_for_a_name_in_every_build(condition: str, accent: str) -> None:
    conditions, _ = made(index(condition=condition))
    assert conditions[condition].accent == accent


def test_hub_in_the_sites_language_decides_and_comes_first() -> None:
    conditions, _ = made(
        index("_index.es", title="EM", accent="#111111"), index(title="MS", accent="#222222", comments="post")
    )
    ms = conditions["ms"]
    assert list(ms.hubs) == ["en", "es"]
    assert [hub.url_path for hub in ms.hubs.values()] == ["/ms/", "/ms/es/"]
    assert (ms.accent, ms.policy) == ("#222222", "post")
    assert [ms.hub(tag).front_matter.title for tag in ("en", "es", "de")] == ["MS", "EM", "MS"]


def test_condition_with_a_host_lies_at_its_root() -> None:
    conditions, problems = made(index(base_url="https://ms.example/"), index(condition="migraine"))
    assert problems == []
    assert conditions["ms"].root.permalink(conditions["ms"].hubs["en"].url_path) == "https://ms.example/"
    other = conditions["migraine"]
    assert other.root.permalink(other.hubs["en"].url_path) == "https://tiny.example/migraine/"


@pytest.mark.parametrize(
    ("hubs", "problem"),
    [
        (
            [index(base_url="https://TINY.example/ms/")],
            "content/ms/_index.md: a condition's base_url needs a host of its own",
        ),
        (
            [index(base_url="https://ms.example/"), index("_index.es", base_url="https://em.example/")],
            "content/ms/_index.es.md: differs from the base_url of the same hub in another language"
            " (https://ms.example/)",
        ),
        (
            [
                index(condition="migraine", base_url="https://own.example/"),
                index(base_url="https://OWN.example/ms/"),
            ],
            "content/ms/_index.md: the host own.example belongs to another condition",
        ),
        ([index(condition="topics")], "content/topics: 'topics' is a reserved address"),
        ([index(condition="es")], "content/es: 'es' is a reserved address"),
    ],
)
def test_fault_is_told_where_it_stands(hubs: list[Document], problem: str) -> None:
    assert made(*hubs)[1] == [problem]


def test_condition_without_a_hub_is_a_warning() -> None:
    made = make_conditions([], [article("a").document], CONFIG)
    assert [(found.source_path, found.severity) for found in made.problems] == [("content/ms", "warning")]
    assert made.by_name["ms"].hubs == {}


def test_every_language_with_articles_gets_a_hub() -> None:
    hubs = [index("_index.es", title="EM")]
    conditions = make_conditions(hubs, [article("a", "long-covid").document], CONFIG)
    editions = {("ms", "en"): (), ("ms", "es"): (), ("long-covid", "en"): ()}
    complete = with_all_hubs(conditions.by_name, editions, conditions.permalinks, CONFIG)
    found = {
        name: [
            (hub.language, hub.url_path, hub.front_matter.title, hub.document is None)
            for hub in condition.hubs.values()
        ]
        for name, condition in complete.items()
    }
    assert found == {
        "ms": [("en", "/ms/", "EM", True), ("es", "/ms/es/", "EM", False)],
        "long-covid": [("en", "/long-covid/", "Long covid", True)],
    }
