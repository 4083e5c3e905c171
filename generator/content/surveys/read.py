"""Reads an instrument from its files: typed questions and words, and everything that is wrong in any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from generator.content.config import Config
from generator.content.front_matter.parse import decode
from generator.content.surveys.instrument import Instrument, Question, SectionWords, Words
from generator.content.surveys.questions import check_question, make_question, make_words
from generator.content.surveys.rewording import wording_mark
from generator.content.surveys.routing import Placed, check_routing
from generator.content.surveys.whole import Asked, check_whole
from generator.content.surveys.wording import read_wording, words_of
from generator.content.surveys.written import QuestionEntry, SectionEntry, SurveyFile
from generator.ground.errors import Problem, SiteError
from generator.schema.convert import Reader
from generator.schema.yaml_source import Path, as_mapping, parse_yaml

MOST_QUESTIONS = 60


class Source(NamedTuple):
    """An instrument's files: *path* and *raw* of its own, and path and bytes of its wording by language."""

    condition: str
    name: str
    path: str
    raw: bytes
    wordings: Mapping[str, tuple[str, bytes]]


class _Written(NamedTuple):
    """A file's entries: sections (None where one is faulty), and each sound question with its place and its section."""

    sections: list[SectionEntry | None]
    questions: list[tuple[QuestionEntry, Path, int]]
    keys: list[str]


def read_instrument(source: Source, config: Config) -> tuple[Instrument | None, list[Problem]]:
    """The instrument and all problems in its files; None where it has any."""
    try:
        mapped = parse_yaml(decode(source.raw, source.path), source.path)
        whole = dict(as_mapping(mapped, source.path))
    except SiteError as error:
        return None, [error.problem]
    reader = Reader(mapped, source.path)
    head = {key: value for key, value in whole.items() if key not in ("sections", "questions")}
    file = reader.struct(head, SurveyFile)
    written = _read_entries(whole, reader)
    questions = _read_questions(written, reader)
    if file is not None:
        asked = Asked({question.key: question for question in questions}, written.keys)
        check_whole(file, asked, reader, config.zone)
    if file is None or reader.problems:
        return None, reader.problems
    words = _words(file, written, reader)
    return _with_wordings(_make(source, config.language, file, questions, words), source)


def _read_entries(whole: dict[str, Any], reader: Reader) -> _Written:
    """Sections and questions as they are written; what is wrong in one does not hide what is wrong in another."""
    if ("sections" in whole) == ("questions" in whole):
        both = "sections" in whole
        message = "both 'sections' and 'questions' stand here" if both else "this survey asks nothing"
        hint = (
            "move the questions into a section" if both else "add a line `questions:` and list them below it"
        )
        reader.refuse(("questions",), message, hint, of_key=True)
    written = _Written([], [], [])
    for index, raw in enumerate(_list(whole, "sections", (), reader)):
        path: Path = ("sections", index)
        inner = raw if isinstance(raw, dict) else {}
        head = {key: value for key, value in inner.items() if key != "questions"} if inner else raw
        section = reader.struct(head, SectionEntry, path)
        if section is not None and any(other and other.key == section.key for other in written.sections):
            reader.refuse((*path, "key"), f"two sections have the key '{section.key}'", "rename one")
        written.sections.append(section)
        if inner and not inner.get("questions"):
            reader.refuse(
                path, "this section has no questions", "add a line `questions:`, or remove the section"
            )
        _read_list(inner, path, index, written, reader)
    _read_list(whole, (), -1, written, reader)
    if len(written.keys) > MOST_QUESTIONS:
        message = f"{len(written.keys)} questions are too many"
        reader.refuse(("questions",), message, f"ask at most {MOST_QUESTIONS}; few people finish more")
    return written


def _read_list(holder: dict[str, Any], path: Path, section: int, written: _Written, reader: Reader) -> None:
    """Add the questions of *holder* to *written*."""
    for index, raw in enumerate(_list(holder, "questions", path, reader)):
        at = (*path, "questions", index)
        key = str(raw.get("key", "")) if isinstance(raw, dict) else ""
        if key and key in written.keys:
            reader.refuse(
                (*at, "key"), f"two questions have the key '{key}'", "rename one; keys never change later"
            )
        written.keys.append(key)
        entry = reader.struct(raw, QuestionEntry, at)
        if entry is not None:
            written.questions.append((entry, at, section))


def _list(holder: dict[str, Any], key: str, path: Path, reader: Reader) -> list[Any]:
    value = holder.get(key)
    if isinstance(value, list):
        return value
    if key in holder:
        reader.refuse((*path, key), f"'{key}' must be a list", "begin each with `- key: …`")
    return []


def _read_questions(written: _Written, reader: Reader) -> tuple[Question, ...]:
    """The questions whose own keys fit; what is wrong with one or with the ways between them is refused."""
    placed = []
    for entry, path, _ in written.questions:
        before = len(reader.problems)
        check_question(entry, reader, path)
        if len(reader.problems) == before:
            placed.append(Placed(make_question(entry), path))
    check_routing(placed, written.keys, reader)
    return tuple(question for question, _ in placed)


def _words(file: SurveyFile, written: _Written, reader: Reader) -> Words:
    sections = tuple(
        SectionWords(section.key, section.title, _keys_in(written.questions, index), section.text)
        for index, section in enumerate(written.sections)
        if section is not None
    )
    return words_of(
        file, reader, {entry.key: make_words(entry) for entry, _, _ in written.questions}, sections
    )


def _keys_in(questions: Sequence[tuple[QuestionEntry, Path, int]], section: int) -> tuple[str, ...]:
    return tuple(entry.key for entry, _, of in questions if of == section)


def _make(
    source: Source, language: str, file: SurveyFile, questions: tuple[Question, ...], words: Words
) -> Instrument:
    words = msgspec.structs.replace(words, mark=wording_mark(file.version, questions, words))
    return Instrument(
        condition=source.condition,
        name=source.name,
        source_path=source.path,
        version=file.version,
        consent=file.consent.version,
        questions=questions,
        words={language: words},
        opens=file.opens,
        closes=file.closes,
        interim=file.interim,
        age=file.age,
        breakdowns=tuple((one.question, one.by) for one in file.breakdowns),
        months=file.months,
        exact=file.exact,
        draft=file.draft,
    )


def _with_wordings(instrument: Instrument, source: Source) -> tuple[Instrument | None, list[Problem]]:
    words = dict(instrument.words)
    problems: list[Problem] = []
    for language, (path, raw) in sorted(source.wordings.items()):
        found, wrong = read_wording(instrument, path, raw)
        problems += wrong
        if found is not None:
            words[language] = found
    return (None if problems else msgspec.structs.replace(instrument, words=words)), problems
