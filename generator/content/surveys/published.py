"""Owns what reviewed tables can at most say: parts within their totals, and no number but those that were published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import SurveyResults
from generator.schema.convert import Reader
from generator.schema.dates import canonical_moment
from generator.schema.yaml_source import Path

Written = int | float | str
_ONE_ANSWER = ("single", "scale", "number")


class Group(Protocol):
    """The people who answered, and how many gave each answer, as written."""

    @property
    def answered(self) -> Written | None: ...

    @property
    def answers(self) -> Mapping[str, Written]: ...


class Part(NamedTuple):
    """The numbers of a table, or of one *group* of a crossed one, and where they stand."""

    question: str
    by: str | None
    group: str | None
    numbers: Group
    path: Path


def check_sums(reader: Reader, instrument: Instrument, responses: Written, parts: Iterator[Part]) -> None:
    """Refuse totals above the responses, and answers above their total: rounded numbers add up as exact ones do."""
    for part in parts:
        total = part.numbers.answered
        if not isinstance(total, int):
            continue
        if isinstance(responses, int) and total > responses:
            message = f"{total} answered this, more than the {responses} of whom there are answers at all"
            reader.refuse((*part.path, "answered"), message, "take over the numbers that were published")
        question = instrument.question(part.question)
        known = sum(count for count in part.numbers.answers.values() if isinstance(count, int))
        if question is not None and question.kind in _ONE_ANSWER and known > total:
            message = f"these are {known} answers, and {total} people gave one each"
            reader.refuse((*part.path, "answers"), message, "take over the numbers that were published")


def check_pulled(
    reader: Reader, responses: Written, parts: Iterator[Part], pulled: SurveyResults | None
) -> None:
    """Refuse every number that is not that of *pulled*, which was published at the same moment."""
    if pulled is None:
        return
    _same(reader, responses, pulled.responses, ("responses",))
    for part in parts:
        table = pulled.table(part.question, part.by)
        total = table.totals.get(part.group or "") if table else None
        _same(reader, part.numbers.answered, total, (*part.path, "answered"))
        for key, count in part.numbers.answers.items():
            published = table.count(key, part.group) if table else None
            _same(reader, count, published, (*part.path, "answers", key))


def at_one_moment(version: int, moment: str, pulled: SurveyResults | None) -> SurveyResults | None:
    """*pulled*, if it is of that version and moment; a day alone stands for every moment of it."""
    if pulled is None or pulled.version != version:
        return None
    written, published = canonical_moment(moment), canonical_moment(pulled.moment)
    return pulled if published[: len(written)] == written else None


def _same(reader: Reader, written: Written | None, published: int | None, path: Path) -> None:
    if not isinstance(written, int) or written == published:
        return
    if published is None:
        reader.refuse(path, f"{written} was not published: this number is kept back", "write `kept back`")
    else:
        hint = f"write {published}, or `kept back`"
        reader.refuse(path, f"{written} is not the number that was published", hint)
