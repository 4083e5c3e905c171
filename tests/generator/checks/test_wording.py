"""Each rule about words finds what it must and nothing that it must not: a line of ``fixtures/<code>.txt`` is a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.bodies.wording import WORD_RULES, wording_of
from generator.bodies.wording.rule import WordRule

FIXTURES = Path(__file__).parent / "fixtures"
RULES = {rule.code: rule for rule in WORD_RULES}


class Line(NamedTuple):
    """What a rule must make of a text in a language, on a page about a condition (empty for any)."""

    code: str
    language: str
    condition: str
    hits: bool
    text: str


def lines() -> Iterator[Line]:
    for file in sorted(FIXTURES.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                where, sign, text = line.split(" ", 2)
                language, _, condition = where.partition("@")
                yield Line(file.stem, language, condition, sign == "+", text)


def found_in(line: Line) -> list[str]:
    hits = wording_of(line.text + "\n", line.language).hits
    return [hit.found for hit in hits if hit.rule == line.code and hit.key in ("", line.condition)]


@pytest.mark.parametrize("code", sorted({line.code for line in lines()}))
def test_a_rule_finds_what_it_must_and_nothing_else(code: str) -> None:
    judged = [(line, found_in(line)) for line in lines() if line.code == code]
    assert [(line, found) for line, found in judged if bool(found) != line.hits] == []


@pytest.mark.parametrize("rule", WORD_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_cases_both_ways_in_each_of_its_languages(rule: WordRule) -> None:
    cases = {(line.language, line.hits) for line in lines() if line.code == rule.code}
    languages = {language for language in rule.phrases if language}
    assert cases >= {(language, hits) for language in languages for hits in (True, False)}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("One.\n\nIt is a **miracle** drug.", [(3, 11)]),
        ("It is a\nmiracle. A miracle!", [(2, 1), (2, 12)]),
        ("```\na miracle\n```\n\nA miracle.", [(5, 3)]),
        ("A `miracle` <!-- a miracle --> [x](miracle.md).", []),
        ("Ein Wunder. A completely\nsafe drug.", [(1, 15)]),
    ],
)
def test_findings_stand_where_the_words_do(text: str, places: list[tuple[int, int]]) -> None:
    hits = wording_of(text, "en").hits
    assert [(hit.line, hit.column) for hit in hits] == places


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("A. <!-- allow absolutes: quoted -->", [("absolutes", "quoted", 1, 1)]),
        ("<!-- allow absolutes: quoted -->\nA\nB\n\nC", [("absolutes", "quoted", 1, 3)]),
        ("<!-- allow absolutes: quoted -->\n\nA\n", [("absolutes", "quoted", 1, 3)]),
        ("<!-- allow doses:\n  of the leaflet -->\n- A\n- B", [("doses", "of the leaflet", 1, 4)]),
        ("<!-- allow absolutes: -->\nA", [("absolutes", "", 1, 2)]),
        ("<!-- allow absolutes -->\nA", [("absolutes", "", 1, 2)]),
        ("`<!-- allow absolutes: shown -->`", []),
        ("```\n<!-- allow absolutes: shown -->\n```", []),
        ("<!-- allow the reader to rest -->\nA", []),
        ("<!-- absolutes: no -->\nA", []),
    ],
)
def test_a_comment_allows_its_line_or_the_block_below(
    text: str, allowed: list[tuple[str, str, int, int]]
) -> None:
    found = wording_of(text, "en").allowed
    assert [(each.rule, each.reason, each.line, each.until) for each in found] == allowed


def test_other_languages_have_no_findings_about_words() -> None:
    assert wording_of("Ein miracle cure für alle. 800 mg.", "de").hits == ()


def test_letters_of_other_scripts_hide_no_words() -> None:
    hits = wording_of("This page is m\u0435dically r\u0435viewed.", "en").hits
    assert [(hit.rule, hit.column) for hit in hits] == [("reviews", 14)]
