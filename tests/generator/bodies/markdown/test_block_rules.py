"""Rules that are tried only where they can begin find what all rules tried in turn would find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.parser import site_parser
from generator.bodies.markdown.rules import ALL, RULES
from generator.bodies.markdown.states import BlockState
from generator.ground.model import MarkdownOptions

from .samples import anything

OPTIONS = MarkdownOptions()


def tokens_of(text: str, ruler: Ruler[RuleFuncBlockType]) -> list[dict[str, object]]:
    parser = site_parser("en", OPTIONS, ALL)
    before, parser.block.ruler = parser.block.ruler, ruler
    try:
        found = parser.parse(text, {"findings": Findings(text)})
    finally:
        parser.block.ruler = before
    return [token.as_dict(meta_serializer=lambda meta: {**meta, "call": None}) for token in found]


@given(anything)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_blocks_are_those_of_all_rules_in_their_order(text: str) -> None:
    in_turn = Ruler[RuleFuncBlockType]()
    for rule in RULES:
        if rule.chain == "block" and "site" in rule.modes:
            in_turn.push(rule.name, rule.run, {"alt": list(rule.ends)})
    by_character = site_parser("en", OPTIONS, ALL).block.ruler
    assert tokens_of(text, by_character) == tokens_of(text, in_turn)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a\n",
        "a\nb",
        "\n\na",
        " a\n\tb\n \t c\n  \td",
        "a\n ",
        "a\n \t\n",
        "\t",
        "\n",
        "a\r\x0b\u2028b\n\x0c",
    ],
)
def test_lines_are_marked_as_the_parser_marks_them(text: str) -> None:
    parser = site_parser("en", OPTIONS, ALL)
    ours, theirs = BlockState(text, parser, {}, []), StateBlock(text, parser, {}, [])
    assert vars(ours) == vars(theirs)
