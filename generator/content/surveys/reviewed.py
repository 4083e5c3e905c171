"""Reads reviewed tables, ``content/_results/<condition>~<survey>.yaml``: strictly, against the survey's instrument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from generator.content.front_matter.parse import decode
from generator.content.surveys.instrument import Instrument, Question
from generator.content.surveys.published import Part, Written, at_one_moment, check_pulled, check_sums
from generator.content.surveys.results import ResultCell, ResultTable, SurveyResults
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import Problem, SiteError
from generator.ground.model import Struct
from generator.ground.text import did_you_mean
from generator.schema.convert import Reader
from generator.schema.dates import MOMENT
from generator.schema.yaml_source import Path, as_mapping, parse_yaml

FOLDER = f"{CONTENT_DIR}/_results/"
KEPT_BACK = "kept back"
NOTHING_PULLED: Mapping[str, SurveyResults | None] = MappingProxyType({})
# Less than this is never shown of rounded counts: 10 could be one person (docs/surveys-numbers.md).
SHOWN_FROM = 15


class GroupEntry(Struct):
    """The answers of one group."""

    answered: Written
    answers: dict[str, Written]


class TableEntry(Struct):
    """One table: `answered` and `answers`, or with `by` these of each of the `groups`."""

    question: str
    by: str = ""
    moment: Annotated[str, MOMENT] = ""
    answered: Written | None = None
    answers: dict[str, Written] = msgspec.field(default_factory=dict)
    groups: dict[str, GroupEntry] = msgspec.field(default_factory=dict)


class ReviewedFile(Struct):
    """The whole of a file below ``_results/``."""

    version: int
    moment: Annotated[str, MOMENT]
    responses: Written
    tables: tuple[TableEntry, ...]
    final: bool = False
    base: int = 5
    simulated: bool = False


def is_reviewed_file(path: str) -> bool:
    """Whether *path* (of a source) lies where reviewed tables lie."""
    return path.startswith(FOLDER) and path.endswith((".yaml", ".yml"))


def reviewed_path(survey: str) -> str:
    return f"{FOLDER}{survey}.yaml"


def read_reviewed(
    raw: Mapping[str, bytes],
    instruments: Iterable[Instrument],
    pulled: Mapping[str, SurveyResults | None] = NOTHING_PULLED,
) -> tuple[dict[str, SurveyResults], list[Problem]]:
    """Reviewed results by survey, of all files among *raw* (bytes by path), and everything that is wrong in them.

    *pulled* are results as the function publishes them: a file of the same moment has no other numbers.
    """
    known = {instrument.id: instrument for instrument in instruments}
    found: dict[str, SurveyResults] = {}
    problems: list[Problem] = []
    for path in sorted(filter(is_reviewed_file, raw)):
        survey = path.removeprefix(FOLDER).rpartition(".")[0]
        if survey in known and path == reviewed_path(survey):
            results, wrong = _read(path, raw[path], known[survey], pulled.get(survey))
            problems += wrong
            if results is not None:
                found[survey] = results
        else:
            problems.append(_misnamed(path, survey, known))
    return found, problems


def _misnamed(path: str, survey: str, known: Mapping[str, Instrument]) -> Problem:
    if survey in known:
        return Problem(
            "the name of reviewed tables ends in .yaml",
            source_path=path,
            hint=f"rename it to {reviewed_path(survey)}",
        )
    hint = did_you_mean(survey, known) or (
        f"surveys are: {', '.join(known)}" if known else "no survey has an instrument"
    )
    return Problem(f"there is no survey '{survey}'", source_path=path, hint=hint)


def _read(
    path: str, raw: bytes, instrument: Instrument, pulled: SurveyResults | None
) -> tuple[SurveyResults | None, list[Problem]]:
    try:
        mapped = parse_yaml(decode(raw, path), path)
        whole = dict(as_mapping(mapped, path))
    except SiteError as error:
        return None, [error.problem]
    reader = Reader(mapped, path)
    file = reader.struct(whole, ReviewedFile)
    if file is not None:
        results = _Tables(reader, instrument, file).results()
        if not reader.problems:
            check_pulled(
                reader, file.responses, _parts(file), at_one_moment(file.version, file.moment, pulled)
            )
        if not reader.problems:
            check_sums(reader, instrument, file.responses, _parts(file))
        if not reader.problems:
            return results, []
    return None, reader.problems


def _parts(file: ReviewedFile) -> Iterator[Part]:
    for index, entry in enumerate(file.tables):
        path: Path = ("tables", index)
        if not entry.by:
            yield Part(entry.question, None, None, entry, path)
        for key, group in entry.groups.items():
            yield Part(entry.question, entry.by, key, group, (*path, "groups", key))


class _Tables:
    """The tables of one file, each compared with the instrument; what does not fit is refused at its place."""

    def __init__(self, reader: Reader, instrument: Instrument, file: ReviewedFile) -> None:
        self._reader, self._instrument, self._file = reader, instrument, file

    def results(self) -> SurveyResults:
        file = self._file
        self._check_head()
        tables = []
        seen: set[tuple[str, str]] = set()
        for index, entry in enumerate(file.tables):
            path: Path = ("tables", index)
            if (entry.question, entry.by) in seen:
                self._reader.refuse(path, "this table stands here twice", "remove one")
            seen.add((entry.question, entry.by))
            table = self._table(entry, path)
            if table is not None:
                tables.append(table)
        return SurveyResults(
            version=file.version,
            moment=file.moment,
            final=file.final,
            responses=self._count(file.responses, ("responses",)),
            tables=tuple(tables),
            base=file.base,
            simulated=file.simulated,
        )

    def _check_head(self) -> None:
        file, instrument = self._file, self._instrument
        if file.version != instrument.version:
            message = (
                f"these are results of version {file.version}, the survey is at version {instrument.version}"
            )
            hint = f"pull the results of that version, or remove this file; {instrument.source_path} says the version"
            self._reader.refuse(("version",), message, hint)
        if file.base == 1 and not instrument.exact:
            hint = f"write base: 5, or `exact: true` in {instrument.source_path} if that is meant"
            self._reader.refuse(("base",), "this survey does not publish exact counts", hint)
        elif file.base not in (1, 5):
            self._reader.refuse(("base",), f"'base' cannot be {file.base}", "write 5, or 1 for exact counts")

    def _table(self, entry: TableEntry, path: Path) -> ResultTable | None:
        question = self._question(entry.question, (*path, "question"))
        if question is None:
            return None
        moment = entry.moment or self._file.moment
        if not entry.by:
            if entry.groups or entry.answered is None:
                hint = "write `answered: …` and `answers: …`; groups need a line `by: …`"
                self._reader.refuse(path, "the answers to this question are missing", hint)
                return None
            cells = self._cells(question, entry.answers, None, (*path, "answers"))
            total = self._count(entry.answered, (*path, "answered"))
            return ResultTable(question.key, None, {"": total}, cells, moment)
        return self._crossed(question, entry, moment, path)

    def _crossed(self, question: Question, entry: TableEntry, moment: str, path: Path) -> ResultTable | None:
        by = self._question(entry.by, (*path, "by"))
        if by is None:
            return None
        if (question.key, by.key) not in self._instrument.breakdowns:
            hint = f"`breakdowns` in {self._instrument.source_path} lists those that are"
            self._reader.refuse((*path, "by"), "this breakdown is not one that may be published", hint)
            return None
        if entry.answers or entry.answered is not None:
            hint = "write each group's `answered` and `answers` below `groups:`"
            self._reader.refuse(path, "a table with `by` has its numbers in groups", hint)
        self._check_keys(by.answers, entry.groups, (*path, "groups"), "group")
        cells: list[ResultCell] = []
        totals: dict[str, int | None] = {}
        for key in by.answers:
            if key in entry.groups:
                group, at = entry.groups[key], (*path, "groups", key)
                totals[key] = self._count(group.answered, (*at, "answered"))
                cells += self._cells(question, group.answers, key, (*at, "answers"))
        return ResultTable(question.key, by.key, totals, tuple(cells), moment)

    def _question(self, key: str, path: Path) -> Question | None:
        question = self._instrument.question(key)
        if question is None:
            known = [one.key for one in self._instrument.questions if one.answers]
            hint = did_you_mean(key, known) or f"questions are: {', '.join(known)}"
            self._reader.refuse(path, f"there is no question '{key}'", hint)
        elif not question.answers:
            self._reader.refuse(path, f"'{key}' is free text, which is never published", "remove this table")
            return None
        return question

    def _cells(
        self, question: Question, answers: Mapping[str, Written], by: str | None, path: Path
    ) -> tuple[ResultCell, ...]:
        self._check_keys(question.answers, answers, path, "answer")
        return tuple(
            ResultCell(key, self._count(answers[key], (*path, key)), by)
            for key in question.answers
            if key in answers
        )

    def _check_keys(self, wanted: Iterable[str], written: Mapping[str, Any], path: Path, what: str) -> None:
        keys = tuple(wanted)
        for key in written:
            if key not in keys:
                hint = did_you_mean(key, keys) or f"there are: {', '.join(keys)}"
                self._reader.refuse((*path, key), f"there is no {what} '{key}'", hint, of_key=True)
        for key in keys:
            if key not in written:
                hint = f"add it, with `{KEPT_BACK}` where no number may be said"
                self._reader.refuse(path, f"the {what} '{key}' is missing", hint)

    def _count(self, written: Written, path: Path) -> int | None:
        """The number that is written, None for `kept back`; what could not have been published is refused."""
        if not isinstance(written, int):
            if str(written).strip().lower() != KEPT_BACK:
                hint = f"write a whole number, or `{KEPT_BACK}`"
                self._reader.refuse(path, f"'{written}' is not a whole number", hint)
            return None
        base = self._file.base
        if written < 0 or (base > 1 and written % base):
            self._reader.refuse(
                path, f"{written} is not a multiple of {base}", "take over the number that was published"
            )
        elif base > 1 and 0 < written < SHOWN_FROM:
            message = f"{written} is less than may be shown"
            self._reader.refuse(
                path, message, f"write `{KEPT_BACK}`; the least that is shown is {SHOWN_FROM}"
            )
        return written
