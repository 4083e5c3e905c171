"""Owns what a response to a survey may say: each answer against its question, and which questions are asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.contract.surveys import Question, Survey
from widgets.rules.surveys.values import Answer, Fault, keys_of, read_answer, read_text

__all__ = ["Answer", "AnswersInvalid", "Checked", "check_response", "drop_unasked", "is_asked", "keys_of"]

FORGED: Final = (
    ""  # the key under which a question that the survey does not have is reported: input is not repeated
)
PERSONAL: Final = "personal-data"  # the fault of a text that seems to hold some, and a problem's code


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers in the survey's order; free texts apart, since they are kept apart."""

    answers: Mapping[str, Answer]
    texts: Mapping[str, str]


class AnswersInvalid(Problem):
    """Refused with the fault of each question; "" stands for a question that the survey does not have."""

    def __init__(self, faults: Mapping[str, str], code: str = "answers-invalid", **more: Any) -> None:
        super().__init__(code, **more)
        self.faults = dict(faults)

    def document(self) -> dict[str, Any]:
        return {**super().document(), "faults": self.faults}


def check_response(survey: Survey, version: int, answers: Mapping[str, object], now: float) -> Checked:
    """A key for `single` and `scale`, a list of keys for `multiple`, a number or its digits for `number`, a text.

    None, "" and an empty list are no answer. Raises Problem (`survey-version`, `survey-not-open`, `survey-closed`)
    and AnswersInvalid with every fault: `unknown-question`, `not-asked`, `required`, `type`, `unknown-choice`,
    `repeated`, `exclusive`, `too-few`, `too-many`, `not-a-number`, `too-small`, `too-large`, `decimals`, `too-long`,
    `characters`. Whether a question is asked is judged by the answers that are in order.
    """
    if version != survey.version:
        raise Problem("survey-version")
    if survey.opens is not None and now < survey.opens.timestamp():
        raise Problem("survey-not-open")
    if survey.closes is not None and now >= survey.closes.timestamp():
        raise Problem("survey-closed")
    faults: dict[str, str] = {}
    found: dict[str, Answer] = {}
    texts: dict[str, str] = {}
    if any(survey.question(key) is None for key in answers):
        faults[FORGED] = "unknown-question"
    for question in survey.questions:
        given = answers.get(question.key)
        empty = _is_empty(given)
        if not is_asked(question, survey, found):
            if not empty:
                faults[question.key] = "not-asked"
        elif empty:
            if question.required:
                faults[question.key] = "required"
        else:
            try:
                if question.kind == "text":
                    texts[question.key] = read_text(given)
                else:
                    found[question.key] = read_answer(question, given)
            except Fault as fault:
                faults[question.key] = fault.code
    if faults:
        raise AnswersInvalid(faults)
    return Checked(found, texts)


def is_asked(question: Question, survey: Survey, answers: Mapping[str, object]) -> bool:
    """Whether the answers before it lead to the question. An answer that is at fault leads nowhere."""
    for condition in question.ask_if:
        earlier = survey.question(condition.question)
        given = answers.get(condition.question)
        if earlier is None or _is_empty(given):
            return False
        try:
            keys = keys_of(earlier, read_answer(earlier, given))
        except Fault:
            return False
        if not set(condition.any).intersection(keys):
            return False
    return True


def drop_unasked(survey: Survey, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without those to questions that the others do not lead to; forged keys stay, to be refused.

    For a form without JavaScript, which shows every question.
    """
    kept: dict[str, object] = {}
    for question in survey.questions:
        if question.key in answers and is_asked(question, survey, kept):
            kept[question.key] = answers[question.key]
    return {**kept, **{key: value for key, value in answers.items() if survey.question(key) is None}}


def _is_empty(given: object) -> bool:
    if isinstance(given, float) and math.isnan(given):
        return False
    return given is None or (isinstance(given, str | list | tuple) and not given) or _is_blank(given)


def _is_blank(given: object) -> bool:
    return isinstance(given, str) and not given.strip()
