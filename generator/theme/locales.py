"""What Unicode's locale data says of a language: its plural forms, how it groups numbers, what stands between words."""

from __future__ import annotations

import functools
from collections.abc import Collection

from babel import Locale, UnknownLocaleError

PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
_EXACT = {0: "zero", 1: "one", 2: "two"}
# Every form that CLDR gives to whole numbers is met below this, but for those of millions (French "many"): these fall
# back to "other".
_ENOUGH = 200


@functools.lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for a language tag; English where Babel knows none."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def plural_form(language: str, n: int, forms: Collection[str]) -> str:
    """Which of *forms* the number *n* takes: CLDR's cardinal rules, ``other`` where the form it takes is not there.

    ``zero``, ``one`` and ``two`` go to exactly 0, 1 and 2 in languages that do not know these forms too, so that an
    English theme may say "nobody" for ``zero``.
    """
    exact = _EXACT.get(n, "")
    if exact in forms:
        return exact
    form = _cardinal(language, n)
    return form if form in forms else "other"


@functools.lru_cache(maxsize=4096)
def _cardinal(language: str, n: int) -> str:
    form: str = locale_of(language).plural_form(n)
    return form


def needed_forms(language: str) -> dict[str, tuple[int, ...]]:
    """The plural forms that counting takes in *language*, each with the first three numbers that take it."""
    found: dict[str, tuple[int, ...]] = {}
    for n in range(_ENOUGH):
        form = _cardinal(language, n)
        numbers = found.get(form, ())
        if len(numbers) < 3:
            found[form] = (*numbers, n)
    return {form: found[form] for form in PLURAL_FORMS if form in found}


def format_number(value: int, language: str) -> str:
    """A whole number with *language*'s separators: ``12,345``."""
    # Imported here: most pages hold no number that needs a separator.
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale_of(language))


def list_separator(language: str) -> str:
    """What stands between the members of a list in *language*, not before its last: ``, `` or ``、``."""
    pattern: str = locale_of(language).list_patterns["standard"]["middle"]
    return pattern.replace("{0}", "").replace("{1}", "")
