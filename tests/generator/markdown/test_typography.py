"""Quotation marks follow the language of the page."""

from __future__ import annotations

import pytest

from generator.markdown.typography import quotes_of
from generator.model import MarkdownOptions

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
