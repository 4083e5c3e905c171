"""The glossary, the crisis lines and the names of topics: read strictly, told by language."""

from __future__ import annotations

import pytest

from generator.config import Config
from generator.errors import SiteError
from generator.lookup import glossary_ids, parse_crisis, parse_glossary, parse_topics

CONFIG = Config(title="T", languages=("en", "es"))


def told(problems: list[object]) -> list[str]:
    return [str(problem).replace("\n    ", " | ") for problem in problems]


def test_term_has_words_for_each_language() -> None:
    raw = b"flare:\n  term: flare\n  plain: A bad time.\n  also: flare-up\n  es: {term: brote, plain: Una mala racha.}\n"
    terms, problems = parse_glossary(raw, CONFIG)
    assert problems == []
    assert terms["flare"].term == {"en": "flare", "es": "brote"}
    assert glossary_ids(terms, "es") == {"brote": "flare", "flare": "flare", "flare-up": "flare"}


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"a: b", "content/_glossary.yaml:1:4: 'a' must be a block with `term` and `plain`"),
        (
            b"a: {term: A}",
            "content/_glossary.yaml:1:4: 'plain' is missing | add a line `plain: …`",
        ),
        (
            b"a: {term: A, plain: B, trem: C}",
            "content/_glossary.yaml:1:24: 'trem' is not a known key | did you mean 'term'?",
        ),
        (
            b"a: {term: A, plain: B, es: {term: C}}",
            "content/_glossary.yaml:1:28: 'plain' is missing | add a line `plain: …`",
        ),
    ],
)
def test_fault_of_the_glossary_has_its_place(raw: bytes, error: str) -> None:
    assert told(parse_glossary(raw, CONFIG)[1]) == [error]


def test_crisis_lines_stand_by_locale_in_order() -> None:
    raw = b"en:\n- {name: A, number: '1'}\n- {name: B, url: https://b.example/}\nen-GB: []\n"
    lines, problems = parse_crisis(raw)
    assert problems == []
    assert [line.name for line in lines["en"]] == ["A", "B"]
    assert lines["en-GB"] == ()


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (
            b"en: x",
            "content/_crisis.yaml:1:5: 'en' must be a list of lines | begin each with `- name: …`",
        ),
        (b"en:\n- {name: A}", "content/_crisis.yaml:2:3: a crisis line needs a number or a url"),
        (
            b"en:\n- {name: A, number: 112}",
            "content/_crisis.yaml:2:21: 'number' must be text, not a whole number | put it in quotes: number: \"112\"",
        ),
    ],
)
def test_fault_of_a_crisis_line_has_its_place(raw: bytes, error: str) -> None:
    assert told(parse_crisis(raw)[1]) == [error]


def test_topics_are_named_for_all_languages_or_for_each() -> None:
    names, problems = parse_topics(b"sleep: Sleep\nheat: {en: Heat, es: Calor}\n", CONFIG)
    assert problems == []
    assert names == {"sleep": {"en": "Sleep", "es": "Sleep"}, "heat": {"en": "Heat", "es": "Calor"}}


def test_topic_in_a_language_that_the_site_lacks_is_refused() -> None:
    _, problems = parse_topics(b"sleep: {fr: Sommeil}", CONFIG)
    assert told(problems) == [
        "content/_topics.yaml:1:9: 'fr' is not a language of this site | add it to `languages` in gatherwell.yaml"
    ]


@pytest.mark.parametrize("raw", [b"- a", b"\xff", b"a: \x00", b"a: [", b"a: 1\na: 2"])
def test_damaged_data_file_is_refused(raw: bytes) -> None:
    for parse in (
        lambda: parse_glossary(raw, CONFIG),
        lambda: parse_crisis(raw),
        lambda: parse_topics(raw, CONFIG),
    ):
        with pytest.raises(SiteError):
            parse()
