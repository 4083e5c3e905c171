"""The desk's plural rules are CLDR's."""

from __future__ import annotations

import pytest
from babel import Locale

from tests.plurals import CHOSEN
from widgets.desk.plurals import RULES, needed_forms, plural_form
from widgets.desk.strings import LANGUAGES


@pytest.mark.parametrize(("language", "n", "form"), CHOSEN)
def test_a_number_takes_the_form_of_its_language(language: str, n: int, form: str) -> None:
    assert plural_form(language, n, needed_forms(language)) == form


@pytest.mark.parametrize("language", sorted(RULES))
def test_every_rule_is_babels(language: str) -> None:
    rule = Locale.parse(language).plural_form
    # Millions take "many" in Spanish and French, which nobody writes out: they fall back to "other".
    numbers = [*range(2_000), 10_001, 999_999]

    assert [(n, RULES[language](n)) for n in numbers] == [(n, rule(n)) for n in numbers]


def test_a_form_that_is_not_there_is_replaced_by_other() -> None:
    assert plural_form("pl", 3, {"one", "other"}) == "other"


def test_every_language_of_the_desk_has_a_rule() -> None:
    assert set(LANGUAGES) <= RULES.keys()
