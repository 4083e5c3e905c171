"""Owns one answer: from what was sent to a key, keys, a number or a text, or to the code of a fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from widgets.contract.problems import Problem
from widgets.contract.surveys import Question
from widgets.rules.text import normalise

# A choice or a point of a scale; choices in the question's order; a number.
Answer: TypeAlias = str | tuple[str, ...] | float

LONGEST: Final = 2_000  # characters of a free text
_DIGITS: Final = re.compile(r"\s*([+-]?[0-9]{1,15}(?:[.,][0-9]{1,9})?)\s*\Z")
_TEXT_FAULTS: Final = {"text-too-long": "too-long"}


class Fault(Exception):
    """An answer that cannot be taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_answer(question: Question, given: object) -> Answer:
    """The answer to a question that is no free text. Raises Fault."""
    if question.kind == "multiple":
        return _choices(question, given)
    if question.kind == "number":
        return _number(question, given)
    if not isinstance(given, str):
        raise Fault("type")
    if all(choice.key != given for choice in question.choices):
        raise Fault("unknown-choice")
    return given


def read_text(given: object) -> str:
    """A free text as it is kept. Raises Fault."""
    if not isinstance(given, str):
        raise Fault("type")
    if len(given) > 4 * LONGEST:  # before any work is done on it
        raise Fault("too-long")
    try:
        return normalise(given, LONGEST)
    except Problem as problem:
        raise Fault(_TEXT_FAULTS.get(problem.code, "characters")) from None


def keys_of(question: Question, answer: Answer) -> tuple[str, ...]:
    """What the answer counts as: choices, the point of a scale, the band of a number (none where no band holds it)."""
    if isinstance(answer, tuple):
        return answer
    if isinstance(answer, str):
        return (answer,)
    bands = (
        band.key
        for band in question.bands
        if (band.least is None or answer >= band.least) and (band.below is None or answer < band.below)
    )
    return tuple(bands)[:1]


def _choices(question: Question, given: object) -> tuple[str, ...]:
    named = [given] if isinstance(given, str) else given
    if not isinstance(named, list | tuple) or not all(isinstance(one, str) for one in named):
        raise Fault("type")
    chosen = set(named)
    ordered = tuple(choice for choice in question.choices if choice.key in chosen)
    if len(ordered) != len(chosen):
        raise Fault("unknown-choice")
    if len(chosen) != len(named):
        raise Fault("repeated")
    _check_number_of_choices(question, [choice.exclusive for choice in ordered])
    return tuple(choice.key for choice in ordered)


def _check_number_of_choices(question: Question, exclusive: Sequence[bool]) -> None:
    """ "None of these" is an answer however many are asked for."""
    if any(exclusive):
        if len(exclusive) > 1:
            raise Fault("exclusive")
        return
    if len(exclusive) < question.min:
        raise Fault("too-few")
    if len(exclusive) > question.max:
        raise Fault("too-many")


def _number(question: Question, given: object) -> float:
    """An exact number within the question's range; a decimal comma is understood."""
    if isinstance(given, str):
        match = _DIGITS.match(given)
        number = Decimal(match[1].replace(",", ".")) if match else None
    elif isinstance(given, int | float) and not isinstance(given, bool):
        # As it was written: 0.1 and not the binary number beside it.
        number = Decimal(repr(given)) if abs(given) < 1e15 else None
    else:
        raise Fault("type")
    if number is None:
        raise Fault("not-a-number")
    if question.least is not None and number < Decimal(repr(question.least)):
        raise Fault("too-small")
    if question.most is not None and number > Decimal(repr(question.most)):
        raise Fault("too-large")
    if number != round(number, question.decimals):
        raise Fault("decimals")
    return float(number) or 0.0  # no negative zero
