"""Owns the cells: which numbers of people a survey counts, and in which of them a response stands.

Names: "" all responses; `q` answered question q; `q=c` with answer c; `?q` were asked q (where not all are);
the same with `|b=g` after it: those among them whose answer to b is g.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from widgets.contract.surveys import Question, Survey
from widgets.rules.surveys.values import Answer, keys_of

ALL = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one question (`by` None), or those by another. One that is not `published` is counted since a published
    one lies within it: what a later question is asked after, by the same groups."""

    question: str
    by: str | None = None
    published: bool = True


def tables_of(survey: Survey) -> tuple[Table, ...]:
    """Every table, in the survey's order: one for each question but free texts, then those that are crossed, each after
    the tables that it lies within."""
    plain = [Table(question.key) for question in survey.questions if question.kind != "text"]
    wanted = dict.fromkeys(pair for pair in survey.breakdowns if _may_cross(survey, *pair))
    crossed = {pair: Table(*pair) for pair in wanted}
    for pair in wanted:
        key, by = inward(survey, *pair)
        for hidden in ((key, by), *((earlier, by) for earlier in asked_after(survey, key))):
            if _may_cross(survey, *hidden):
                crossed.setdefault(hidden, Table(*hidden, published=False))
    order = {question.key: at for at, question in enumerate(survey.questions)}
    return (*plain, *sorted(crossed.values(), key=lambda one: (order[one.question], order[one.by or ""])))


def inward(survey: Survey, key: str, by: str) -> tuple[str, str]:
    """The two questions in the order in which their table is imagined: groups are such that nobody is in two."""
    question, other = survey.question(key), survey.question(by)
    turned = question is not None and other is not None and is_single(question) and not is_single(other)
    return (by, key) if turned else (key, by)


def is_single(question: Question) -> bool:
    """Whether each person gives one answer at most."""
    return question.kind != "multiple" or question.max <= 1


def cell(question: str, key: str | None = None, by: str | None = None, group: str | None = None) -> str:
    """The name of those who answered the question, with that answer, in that group."""
    return question + ("" if key is None else f"={key}") + ("" if by is None else f"|{by}={group}")


def asked(question: str, by: str | None = None, group: str | None = None) -> str:
    """The name of those who were asked the question, in that group."""
    return "?" + cell(question, None, by, group)


def keys(question: Question) -> tuple[str, ...]:
    """The keys under which answers to the question are counted."""
    return tuple(one.key for one in (question.bands if question.kind == "number" else question.choices))


def cells_of(survey: Survey, table: Table) -> tuple[str, ...]:
    """The cells of a table with its totals."""
    question = survey.question(table.question)
    assert question is not None
    if table.by is None:
        return (cell(question.key), *(cell(question.key, key) for key in keys(question)))
    by = survey.question(table.by)
    assert by is not None
    return tuple(
        cell(question.key, key, by.key, group) for group in keys(by) for key in (None, *keys(question))
    )


class Namer:
    """Names the cells of one response after another."""

    def __init__(self, survey: Survey) -> None:
        self._questions = {question.key: question for question in survey.questions if question.kind != "text"}
        self._crossed = [(one.question, one.by) for one in tables_of(survey) if one.by is not None]

    def cells(self, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        given = {
            key: keys_of(self._questions[key], answer)
            for key, answer in answers.items()
            if key in self._questions
        }
        plain = {key: self._plain(question, given) for key, question in self._questions.items()}
        crossed = (
            f"{name}|{by}={group}"
            for question, by in self._crossed
            for group in given.get(by, ())
            for name in plain[question]
        )
        return (ALL, *(name for names in plain.values() for name in names), *crossed)

    def _plain(self, question: Question, given: Mapping[str, tuple[str, ...]]) -> list[str]:
        key = question.key
        names = [key, *(f"{key}={one}" for one in given[key])] if key in given else []
        led_here = all(not set(one.any).isdisjoint(given.get(one.question, ())) for one in question.ask_if)
        return [asked(key), *names] if question.ask_if and led_here else names


def response_cells(survey: Survey, answers: Mapping[str, Answer], publication: bool) -> tuple[str, ...]:
    """Every cell that the response counts in; none without the consent to publication. `Namer` is faster for many."""
    return Namer(survey).cells(answers) if publication else ()


def _may_cross(survey: Survey, key: str, by: str) -> bool:
    pair = survey.question(key), survey.question(by)
    return key != by and all(one is not None and one.kind != "text" for one in pair)


def asked_after(survey: Survey, key: str) -> tuple[str, ...]:
    """The questions on whose answers it depends whether this one is asked, directly or not."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        question = survey.question(waiting.pop(0))
        nearest = [condition.question for condition in question.ask_if] if question else []
        waiting += [one for one in nearest if one not in found]
        found |= dict.fromkeys(nearest)
    return tuple(found)
