"""``::results{poll=weather-trigger}`` and ``::results{survey=working-day question=sleep by=stage}``: published numbers; also
``:::results{#sleep by=stage}`` around what is to be said below them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.bodies.markdown.directives.form import Call, Directive
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import FiguresSlot, ResultsSlot

_ID = re.compile(r"(?:[a-z0-9][a-z0-9-]*~)?[a-z0-9][a-z0-9-]*")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_OF_SURVEYS = frozenset({"survey", "question", "by"})


def _is_poll(value: str | None) -> str:
    fits = value and _ID.fullmatch(value)
    return "" if fits else "must be a poll's id, like 'weather-trigger' or 'migraine~weather-trigger'"


def _is_survey(value: str | None) -> str:
    fits = value and _ID.fullmatch(value)
    return "" if fits else "must be a survey's id, like 'working-day' or 'migraine~working-day'"


def _is_key(value: str | None) -> str:
    return "" if value and _KEY.fullmatch(value) else "must be the key of a question, like 'sleep'"


def _write(writer: BodyWriter, call: Call) -> None:
    values, given = dict(call.values), set(call.given)
    if "id" in given:
        if "question" in given:
            hint = "write the question's key once: {#sleep} or {question=sleep}"
            writer.findings.add("directive", call.place, "'results' names its question twice", hint)
        given = given - {"id"} | {"question"}
        if "id" in values:
            values["question"] = values.pop("id")
    _write_slot(writer, call, values, frozenset(given))
    if call.form == "container":
        writer.blocks(call.start, call.end)


def _write_slot(writer: BodyWriter, call: Call, values: Mapping[str, str], given: frozenset[str]) -> None:
    if "poll" in given and given & _OF_SURVEYS:
        hint = "write two of them: ::results{poll=…} and ::results{survey=…}"
        writer.findings.add("directive", call.place, "'results' shows a poll or a survey", hint)
    elif "by" in given and "question" not in given:
        hint = "write ::results{question=sleep by=stage}"
        writer.findings.add("directive", call.place, "'by' needs the question whose answers it divides", hint)
    elif "poll" in values:
        writer.out.append(writer.slot(ResultsSlot(values["poll"], *call.place)) + "\n")
    elif given & _OF_SURVEYS:
        if given == values.keys():  # a value with a fault was named already
            survey, question, by = (values.get(name, "") for name in ("survey", "question", "by"))
            writer.out.append(writer.slot(FiguresSlot(survey, question, by, *call.place)) + "\n")
    elif "poll" not in given:
        hint = "write ::results{poll=weather-trigger} or ::results{survey=working-day question=sleep}"
        writer.findings.add("directive", call.place, "'results' needs the poll or the survey it shows", hint)


RESULTS = Directive(
    "results",
    ("leaf", "container"),
    _write,
    {"poll": _is_poll, "survey": _is_survey, "question": _is_key, "id": _is_key, "by": _is_key},
)
