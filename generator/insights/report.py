"""Owns the report as files: one page with its style, and the same numbers as CSV, readable by their owner alone."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
from babel.dates import format_date
from babel.numbers import format_decimal

from generator.insights.levels import Figure, Row, Total
from generator.insights.lists import Band, Lists, PageLine, TopicLine
from generator.insights.months import Month
from generator.insights.threshold import Sum
from generator.theme.locales import locale_of
from generator.views.chart_geometry import percent

_FALLBACK: Final = "en"


class Staff(NamedTuple):
    """`hours`: the median wait for a first decision, None where nothing was decided."""

    waiting: int
    decided: int
    hours: float | None


class Report(NamedTuple):
    """Everything that the report says; `reviews` is (state, pages); `has_reads`: reading was counted."""

    site: str
    language: str
    month: Month
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    lists: Lists
    reviews: tuple[tuple[str, int], ...]
    staff: Staff
    has_reads: bool
    demonstration: bool


class Words:
    """The report's words in a language, English where there are none; numbers as it writes them."""

    def __init__(self, language: str) -> None:
        every: Mapping[str, Mapping[str, str]] = json.loads(_resource("words.json"))
        primary = language.partition("-")[0]
        self.language = language if primary in every else _FALLBACK
        self._words = every.get(primary, every[_FALLBACK])
        self._locale = locale_of(self.language)

    def __call__(self, key: str, **values: str) -> str:
        return self._words[key].format(**values)

    def number(self, value: float) -> str:
        return str(format_decimal(value, format="#,##0.#", locale=self._locale))

    def month(self, month: Month) -> str:
        return str(format_date(month.first, "LLLL y", locale=self._locale))

    def count(self, value: int | None) -> str:
        return self("kept") if value is None else self.number(value)

    def sum(self, value: Sum) -> str:
        if not value.partial:
            return self.number(value.shown)
        return self("more", n=self.number(value.shown)) if value.shown else self("kept")

    def band(self, band: Band) -> str:
        low = self.number(band.low)
        return (
            self("band.last", low=low)
            if band.high is None
            else self("band", low=low, high=self.number(band.high))
        )

    def wait(self, hours: float) -> str:
        if hours < 1:
            return self("minutes", n=self.number(max(1, round(hours * 60))))
        return self("hours", n=self.number(round(hours, 1)))


def write_report(report: Report, folder: Path) -> Path:
    """Write the files, each whole or not at all, and return the page."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    page = folder / "index.html"
    for name, text in (
        ("report.css", _resource("report.css")),
        ("levels.csv", _csv(_level_lines(report))),
        ("lists.csv", _csv(_list_lines(report))),
        ("index.html", render_report(report)),
    ):
        _write(folder / name, text)
    return page


def render_report(report: Report) -> str:
    words = Words(report.language)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    staff = report.staff
    waits = "–" if staff.hours is None else words.wait(staff.hours)
    return environment.from_string(_resource("report.html")).render(
        t=words,
        language=words.language,
        rtl=locale_of(words.language).text_direction == "rtl",
        site=report.site,
        month=words.month(report.month),
        before=words.month(report.month.moved(-1)),
        demonstration=report.demonstration,
        reads=report.has_reads,
        rows=[{"title": row.title, "lines": _lines(row.figures, words)} for row in report.rows],
        together=_sums(report.totals, words),
        parts=_parts(report.lists, report.has_reads, words),
        reviews=[(state, words.number(count)) for state, count in report.reviews],
        staff=[
            ("staff.waiting", words.number(staff.waiting)),
            ("staff.decided", words.number(staff.decided)),
            ("staff.hours", waits),
        ],
    )


def _lines(figures: Sequence[Figure], words: Words) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "now": words.count(one.now),
            "before": words.count(one.before),
            **_lengths(one.now or 0, one.before or 0),
        }
        for one in figures
    ]


def _sums(totals: Sequence[Total], words: Words) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "now": words.sum(one.now),
            "before": words.sum(one.before),
            **_lengths(one.now.shown, one.before.shown),
        }
        for one in totals
    ]


def _lengths(now: int, before: int) -> dict[str, int]:
    """Both months on one scale; a number that is kept back has no bar."""
    whole = max(now, before)
    return {"now_length": percent(now, whole), "before_length": percent(before, whole)}


def _parts(lists: Lists, has_reads: bool, words: Words) -> list[dict[str, Any]]:
    topics = ("topic", "condition", "pages", "response")
    return [
        {"key": "growing", "head": topics, "rows": [_topic(line, words) for line in lists.growing]},
        {"key": "wanting", "head": topics, "rows": [_topic(line, words) for line in lists.wanting]},
        {
            "key": "asked",
            "head": ("page", "since"),
            "rows": [_row(line.title, line.url, line.day) for line in lists.asked],
        },
        {
            "key": "questions",
            "head": ("question", "since"),
            "rows": [_row(line.condition, line.url, line.day) for line in lists.questions],
        },
        {
            "key": "polls",
            "head": ("poll", "votes"),
            "rows": [_row(line.question, "", words.band(line.band)) for line in lists.polls],
        },
        {
            "key": "silent",
            "head": ("page", "reads") if has_reads else ("page",),
            "rows": [_silent(line, has_reads, words) for line in lists.silent],
        },
    ]


def _row(name: str, url: str, *cells: str) -> dict[str, Any]:
    return {"name": name, "url": url, "cells": cells}


def _topic(line: TopicLine, words: Words) -> dict[str, Any]:
    return _row(line.label, "", line.condition, words.number(line.pages), words.band(line.band))


def _silent(line: PageLine, has_reads: bool, words: Words) -> dict[str, Any]:
    return _row(line.title, line.url, *((words.band(line.band),) if has_reads else ()))


def _level_lines(report: Report) -> Iterator[tuple[object, ...]]:
    """A number that is kept back is an empty cell with `yes` behind it, never a zero."""
    yield "condition", "level", "month", "count", "kept_back"
    for row in report.rows:
        for figure in row.figures:
            for month, value in ((report.month, figure.now), (report.month.moved(-1), figure.before)):
                yield row.condition, figure.level, month, "" if value is None else value, _yes(value is None)


def _list_lines(report: Report) -> Iterator[tuple[object, ...]]:
    yield "list", "name", "where", "from", "to"
    lists = report.lists
    for name, topics in (("growing", lists.growing), ("wanting", lists.wanting)):
        yield from ((name, one.label, one.condition, *_ends(one.band)) for one in topics)
    yield from (("asked", one.title, one.url, one.day, "") for one in lists.asked)
    yield from (("questions", one.condition, one.url, one.day, "") for one in lists.questions)
    yield from (("polls", one.question, one.poll, *_ends(one.band)) for one in lists.polls)
    yield from (("silent", one.title, one.source_path, "", "") for one in lists.silent)


def _ends(band: Band) -> tuple[int, int | str]:
    return band.low, "" if band.high is None else band.high


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _csv(lines: Iterable[Sequence[object]]) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_harmless(str(cell)) for cell in line] for line in lines)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _write(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name}.half")
    with os.fdopen(
        os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    half.replace(path)


def _resource(name: str) -> str:
    return (files("generator.insights") / name).read_text("utf-8")
