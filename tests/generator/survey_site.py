"""Owns a tiny site with a closed survey, its reviewed results, a report, and an article that shows a figure."""

from __future__ import annotations

import re

from generator.content.config import Config
from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import ResultCell, ResultTable, SurveyResults
from generator.site.permalinks import make_permalinks
from generator.site.surveys import parse_surveys
from generator.site.types import Survey

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
== content/migraine/_index.md
---
title: Migraine
---
Welcome.
== content/migraine/_index.es.md
---
title: Migraña
---
Hola.
== content/migraine/surveys/day.yaml
title: A working day
purpose: To learn what a working day is like.
sponsor: River Trust, paid by nobody else
ethics: No committee was asked, since nobody can be known.
recruitment: On these pages alone.
opens: 2026-03-01
closes: 2026-04-30
consent:
  version: 2026-01
  collection: My answers may be kept.
  publication: My answers may count in published tables.
questions:
- key: stage
  ask: How long have you lived with it?
  kind: single
  options: {new: Less than a year, long: A year or longer}
- key: helps
  ask: What helps you at work?
  kind: multiple
  options: {dark: A dark room, "no": A rest <3, none: Nothing}
  exclusive: none
- key: worry
  ask: How much do you worry?
  kind: scale
  points: 3
  ends: [Not at all, Very much]
- key: years
  ask: How many years?
  kind: number
  unit: years
  ask_if: {stage: long}
  least: 0
  most: 99
  bands:
  - {key: few, label: Less than 5, below: 5}
  - {key: many, label: 5 or more, least: 5}
- key: words
  ask: Anything else?
  kind: text
breakdowns:
- {question: helps, by: stage}
- {question: worry, by: stage}
== content/_results/migraine~day.yaml
version: 1
moment: 2026-05-01
final: true
base: 5
responses: 240
tables:
- question: stage
  answered: 240
  answers: {new: 100, long: 140}
- question: helps
  answered: 230
  answers: {dark: 150, "no": 80, none: kept back}
- question: helps
  by: stage
  groups:
    new: {answered: 95, answers: {dark: 60, "no": 30, none: kept back}}
    long: {answered: kept back, answers: {dark: 90, "no": kept back, none: kept back}}
- question: worry
  answered: 200
  answers: {"1": 50, "2": 90, "3": 60}
- question: years
  answered: 235
  answers: {few: 80, many: 155}
== content/migraine/report.md
---
title: What a working day is like
date: 2026-05-02
type: survey-report
survey: day
finding: helps
summary: What people told us.
---
Text of the report.

::results{question=helps by=stage}
== content/migraine/other.md
---
title: Another page
date: 2026-05-03
summary: S
---
::results{survey=day question=worry}
== content/migraine/plain.md
---
title: A plain page
date: 2026-05-04
summary: S
---
Nothing about numbers.
"""

CONFIG = Config(title="Tiny", base_url="https://tiny.example/", languages=("en", "es"))
INSTRUMENT = "content/migraine/surveys/day.yaml"
REVIEWED = "content/_results/migraine~day.yaml"


def text_of(path: str) -> str:
    """The text of a file of the site."""
    found = re.search(rf"^== {re.escape(path)}\n(.*?)(?=^== |\Z)", SITE, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def instrument(**changes: str) -> Instrument:
    """The survey's instrument; *changes* are lines by key that replace those of the file."""
    text = text_of(INSTRUMENT)
    for key, value in changes.items():
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
    [found], problems = parse_surveys({INSTRUMENT: text.encode()}, CONFIG)
    assert problems == []
    return found


def survey() -> Survey:
    """The survey after it has closed."""
    return Survey(
        instrument=instrument(),
        root=make_permalinks(CONFIG.base_url, {}).root_of("migraine"),
        opens="2026-03-01T00:00:00+00:00",
        closes="2026-05-01T00:00:00+00:00",
        interim="",
        state="closed",
        url_paths={"en": "/migraine/surveys/day/"},
    )


def table(question: str, total: int | None, by: str | None = None, **counts: int | None) -> ResultTable:
    """A table of one group: `p1` is the point 1 of a scale."""
    cells = tuple(ResultCell(key.removeprefix("p"), count, by and "new") for key, count in counts.items())
    return ResultTable(question, by, {"new" if by else "": total}, cells)


def results(*tables: ResultTable, **fields: object) -> SurveyResults:
    """Final results of the survey's version."""
    return SurveyResults(1, "2026-05-01T00:00:00Z", True, 240, tables, **fields)  # type: ignore[arg-type]
