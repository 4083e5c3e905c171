"""The glossary, the crisis lines and the names of topics: read strictly, told by language."""

from __future__ import annotations

import pytest

from generator.content.config import Config
from generator.ground.errors import SiteError
from generator.site.data_files import parse_crisis, parse_glossary, parse_topics
from generator.site.glossary import make_glossary

CONFIG = Config(title="T", languages=("en", "es"))


def told(problems: list[object]) -> list[str]:
    return [str(problem).replace("\n    ", " | ") for problem in problems]


def test_term_has_words_for_each_language() -> None:
    raw = b"flare:\n  term: flare\n  plain: A bad time.\n  also: flare-up\n  es: {term: brote, plain: Una mala racha.}\n"
    terms, problems = parse_glossary(raw, CONFIG)
    assert problems == []
    assert terms["flare"].term == {"en": "flare", "es": "brote"}
    assert make_glossary(terms, ["es"]).words["es"] == {
        "brote": "flare",
        "flare": "flare",
        "flare-up": "flare",
    }


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


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (
            b"sleep: 02.50",
            "content/_topics.yaml:1:8: 'sleep' must be a name, or one for each language"
            ' | put it in quotes: sleep: "02.50"',
        ),
        (
            b"sleep: {en: Sleep, es: 0x2B}",
            "content/_topics.yaml:1:24: 'sleep' must be a name, or one for each language"
            ' | put it in quotes: es: "0x2B"',
        ),
    ],
)
def test_name_of_a_topic_that_is_no_text_is_quoted_as_written(raw: bytes, error: str) -> None:
    assert told(parse_topics(raw, CONFIG)[1]) == [error]


def test_number_of_a_crisis_line_is_quoted_with_its_leading_zeros() -> None:
    raw = b"en:\n- name: Night line\n  number: 0045600\n"
    assert told(parse_crisis(raw)[1]) == [
        "content/_crisis.yaml:3:11: 'number' must be text, not a whole number"
        ' | put it in quotes: number: "0045600"'
    ]


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
        (b"en:\n- {name: A}", "content/_crisis.yaml:2:3: a crisis line needs a number, a text number or a url"),
        (
            b"en:\n- {name: A, text: send HELP}",
            "content/_crisis.yaml:2:19: 'text' must be a number | write the number alone; what to text to it stands in `note`",
        ),
        (
            b"en:\n- {name: A, number: 112}",
            "content/_crisis.yaml:2:21: 'number' must be text, not a whole number | put it in quotes: number: \"112\"",
        ),
    ],
)
def test_fault_of_a_crisis_line_has_its_place(raw: bytes, error: str) -> None:
    assert told(parse_crisis(raw)[1]) == [error]


def test_topics_are_named_for_all_languages_or_for_each() -> None:
    (names, _), problems = parse_topics(b"sleep: Sleep\nheat: {en: Heat, es: Calor}\n", CONFIG)
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


def test_spellings_of_a_topic_lead_to_its_slug() -> None:
    raw = b'hla-b27-positive: {en: HLA-B27 positive, written: ["HLA-B27+", HLA B27 pos.]}\nsleep: {written: Sleep!}\n'
    (names, spellings), problems = parse_topics(raw, CONFIG)
    assert problems == []
    assert names == {"hla-b27-positive": {"en": "HLA-B27 positive"}, "sleep": {}}
    assert spellings == {
        "hla-b27+": "hla-b27-positive",
        "hla-b27-pos.": "hla-b27-positive",
        "sleep!": "sleep",
    }


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"a: {written: {b: c}}", "1:14: 'written' must be a list of texts | write `written: [\"RF+\", \"RF pos.\"]`"),
        (b"a: {written: [b, 1]}", "1:14: 'written' must be a list of texts | write `written: [\"RF+\", \"RF pos.\"]`"),
        (b"A B: {written: [c]}", "1:1: 'A B' cannot be the address of a topic | write `a-b:`"),
        (
            b"a: {written: [C+]}\nb: {written: [c+]}",
            "2:14: 'c+' stands for 'a' already | keep it in one of the two lists",
        ),
    ],
)
def test_spellings_that_cannot_be_used_are_refused(raw: bytes, error: str) -> None:
    assert told(parse_topics(raw, CONFIG)[1]) == [f"content/_topics.yaml:{error}"]
