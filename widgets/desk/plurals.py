"""Owns which plural form a number takes, for the languages that the desk may speak."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

# CLDR's rules for whole numbers. They are written out since the function's zip holds no locale data (Babel's is larger
# than all else in it); a test compares them with Babel's.
Rule = Callable[[int], str]
FORMS: Final = ("zero", "one", "two", "few", "many", "other")


def _one_alone(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


def _same(_: int) -> str:
    return "other"


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {"ar": _arabic, "en": _one_alone, "es": _one_alone, "fr": _french, "ja": _same, "pl": _polish}
)


def plural_form(language: str, n: int, forms: Collection[str]) -> str:
    """Which of *forms* the number *n* takes in *language*; ``other`` where the form it takes is not there.

    A language without a rule here counts as English does.
    """
    form = RULES.get(language, _one_alone)(n)
    return form if form in forms else "other"


def needed_forms(language: str) -> frozenset[str]:
    """The forms that counting takes in *language*."""
    return frozenset(RULES.get(language, _one_alone)(n) for n in range(200))


__all__ = ["FORMS", "RULES", "needed_forms", "plural_form"]
