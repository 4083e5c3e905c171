"""``::results{poll=weather-trigger}``: the counts of a poll that stands in this or another article."""

from __future__ import annotations

import re

from generator.markdown.directives.form import Call, Directive
from generator.markdown.writer import BodyWriter
from generator.model import ResultsSlot

_POLL = re.compile(r"(?:[a-z0-9][a-z0-9-]*~)?[a-z0-9][a-z0-9-]*")


def _is_poll(value: str | None) -> str:
    fits = value and _POLL.fullmatch(value)
    return "" if fits else "must be a poll's id, like 'weather-trigger' or 'migraine~weather-trigger'"


def _write(writer: BodyWriter, call: Call) -> None:
    if "poll" in call.values:
        writer.out.append(writer.slot(ResultsSlot(call.values["poll"], *call.place)) + "\n")
    elif "poll" not in call.given:
        hint = "write ::results{poll=weather-trigger}"
        writer.findings.add("directive", call.place, "'results' needs the poll whose counts it shows", hint)


RESULTS = Directive("results", ("leaf",), _write, {"poll": _is_poll})
