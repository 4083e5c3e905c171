"""Rules that a text cannot need are left out, and nobody can tell."""

from __future__ import annotations

from hypothesis import example, given, settings

from generator.bodies.markdown.render import readable, render_with
from generator.bodies.markdown.rules import ALL, RULES, needed

from .samples import anything
from .shown import FIXTURES, PLAIN, RAW, read_fixtures


def test_plain_prose_needs_few_rules() -> None:
    assert needed("A sentence, and another one.").bit_count() < len(RULES) / 4


def test_leaving_rules_out_changes_no_fixture() -> None:
    sources = [case.source for path in FIXTURES.glob("*.md") for case in read_fixtures(path.stem)]
    assert len(sources) > 350
    for source in sources:
        bits = needed(source)
        assert render_with(source, "en", PLAIN, bits) == render_with(source, "en", PLAIN, ALL)


@given(anything)
@example("a\n> ---")
@example("-\ta\n\n\t\tb")
@settings(max_examples=300, deadline=None, derandomize=True)
def test_leaving_rules_out_changes_no_body(text: str) -> None:
    text = readable(text)
    for options in (PLAIN, RAW):
        assert render_with(text, "en", options, needed(text)) == render_with(text, "en", options, ALL)
