"""Plural forms, numbers and lists as each language writes them."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from generator.theme.locales import PLURAL_FORMS, format_number, list_separator, needed_forms, plural_form
from tests.plurals import CHOSEN


@pytest.mark.parametrize(("language", "n", "form"), CHOSEN)
def test_a_number_takes_the_form_of_its_language(language: str, n: int, form: str) -> None:
    assert plural_form(language, n, needed_forms(language)) == form


@pytest.mark.parametrize(
    ("language", "n", "forms", "form"),
    [
        ("en", 0, {"zero", "one", "other"}, "zero"),  # "nobody yet"
        ("en", 2, {"one", "two", "other"}, "two"),
        ("ja", 1, {"one", "other"}, "one"),
        ("fr", 0, {"zero", "one", "other"}, "zero"),
        ("pl", 3, {"one", "other"}, "other"),
        ("ar", 2, {"other"}, "other"),
        ("es", 1_000_000, {"one", "many", "other"}, "many"),
        ("es-MX", 1, {"one", "other"}, "one"),
        ("tlh", 1, {"one", "other"}, "one"),  # Babel does not know it
        ("en", 5, set(), "other"),
    ],
)
def test_the_forms_that_a_string_has_decide_too(language: str, n: int, forms: set[str], form: str) -> None:
    assert plural_form(language, n, forms) == form


def test_zero_one_and_two_are_what_cldr_calls_so_wherever_it_has_them() -> None:
    rules = {str(found): Locale.parse(found).plural_form for found in locale_identifiers()}

    contradictions = [
        (language, n)
        for language, rule in rules.items()
        for n, name in enumerate(("zero", "one", "two"))
        if name in rule.tags and rule(n) != name
    ]

    assert len(rules) > 500
    assert contradictions == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["one", "other"]),
        ("es", ["one", "other"]),
        ("fr", ["one", "other"]),
        ("it", ["one", "other"]),
        ("pl", ["one", "few", "many"]),
        ("cs", ["one", "few", "other"]),
        ("ja", ["other"]),
        ("ar", list(PLURAL_FORMS)),
    ],
)
def test_a_language_needs_the_forms_that_counting_takes(language: str, forms: list[str]) -> None:
    assert list(needed_forms(language)) == forms


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234,567"), ("es", "1.234.567"), ("pl", "1\xa0234\xa0567"), ("hi", "12,34,567")],
)
def test_a_number_has_the_separators_of_its_language(language: str, written: str) -> None:
    assert format_number(1_234_567, language) == written


@pytest.mark.parametrize(("language", "separator"), [("en", ", "), ("es", ", "), ("ja", "、"), ("ar", " و")])
def test_a_list_has_the_separator_of_its_language(language: str, separator: str) -> None:
    assert list_separator(language) == separator
