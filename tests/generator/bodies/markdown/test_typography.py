"""Quotation marks follow the language of the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.rules_core.replacements import replace_rare
from markdown_it.token import Token

from generator.bodies.markdown.typography import dashed, quotes_of
from generator.ground.model import MarkdownOptions

from .shown import body_of


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c’s”"),
        ("es", "«a “b” c’s»"),
        ("de", "„a ‚b‘ c’s“"),
        ("de-CH", "«a ‹b› c’s»"),
        ("fr", "«\u202fa “b” c’s\u202f»"),
        ("pl", "„a «b» c’s”"),
        ("sv", "”a ’b’ c’s”"),
        ("pt", "«a “b” c’s»"),
        ("pt-BR", "“a ‘b’ c’s”"),
        ("pt_br", "“a ‘b’ c’s”"),
        ("es-MX", "«a “b” c’s»"),
        ("ja", "「a 『b』 c’s」"),
        ("xx", "“a ‘b’ c’s”"),
        ("", "“a ‘b’ c’s”"),
    ],
)
def test_quotes_are_those_of_the_language(language: str, expected: str) -> None:
    body = body_of("\"a 'b' c's\"", language)
    assert body.html.parts == (f"<p>{expected}</p>\n",)


def test_typographer_can_be_off() -> None:
    body = body_of('"a" -- it\'s...', "en", MarkdownOptions(typographer=False))
    assert body.html.parts == ("<p>&quot;a&quot; -- it's...</p>\n",)


def test_every_language_has_four_marks() -> None:
    assert len(quotes_of("en")) == len(quotes_of("fr")) == len(quotes_of("zh-TW")) == 4


@pytest.mark.parametrize(
    "text",
    [
        *("+-5 mg", "5 +-2", "+/-5", "--5 mg", "a --5 mg", "---5", "1,,5 mg", "1..5 mg", "1...5", "0,,,25"),
        *("<=5", ">=5", "1/2 tablet", "2 1/4", "(c) (r) (tm)", "5-10 mg", "-5"),
    ],
)
def test_no_sign_of_a_number_is_changed(text: str) -> None:
    assert dashed(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5--10 mg", "5–10 mg"),
        ("take 5... then", "take 5… then"),
        ("at 5,, then", "at 5, then"),
        ("well -- 5 mg", "well – 5 mg"),
        ("one---two", "one—two"),
        ("wait..", "wait…"),
    ],
)
def test_marks_beside_numbers_that_are_no_sign_are_set(text: str, expected: str) -> None:
    assert dashed(text) == expected


@given(st.text(alphabet="ab -..,,?!…\n\u00a0—", max_size=14))
@settings(max_examples=2000, deadline=None, derandomize=True)
def test_dashes_and_ellipses_are_those_of_markdown_it(text: str) -> None:
    token = Token("text", "", 0, content=text)
    replace_rare([token])
    assert dashed(text) == token.content
