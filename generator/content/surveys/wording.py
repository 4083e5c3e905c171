"""An instrument's wording in another language: complete, and without a key that the instrument does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from generator.content.front_matter.parse import decode
from generator.content.surveys.instrument import Instrument, Question, QuestionWords, SectionWords, Words
from generator.content.surveys.questions import scale_ends
from generator.content.surveys.rewording import wording_mark
from generator.content.surveys.written import QuestionWording, SurveyFile, WordingFile
from generator.ground.errors import Problem, SiteError
from generator.ground.text import did_you_mean
from generator.schema.convert import Reader
from generator.schema.yaml_source import Path, as_mapping, parse_yaml

# What instruments hold and their wording does not.
_ELSEWHERE = (
    "version",
    "opens",
    "closes",
    "interim",
    "age",
    "breakdowns",
    "months",
    "exact",
    "draft",
)


def read_wording(instrument: Instrument, path: str, raw: bytes) -> tuple[Words | None, list[Problem]]:
    """The words that the file *path* holds, and all problems in it; None where it has any."""
    try:
        mapped = parse_yaml(decode(raw, path), path)
        whole = dict(as_mapping(mapped, path))
    except SiteError as error:
        return None, [error.problem]
    hint = f"it stands in {instrument.source_path} alone; remove it here"
    reader = Reader(mapped, path, foreign=dict.fromkeys(_ELSEWHERE, hint))
    file = reader.struct(whole, WordingFile)
    if file is None:
        return None, reader.problems
    (main,) = instrument.words.values()
    for key in ("sponsor", "ethics", "recruitment"):
        _same(getattr(main, key), getattr(file, key), key, (), reader, main)
    _same_keys([section.key for section in main.sections], file.sections, "sections", (), reader)
    _same_keys([question.key for question in instrument.questions], file.questions, "questions", (), reader)
    for section in main.sections:
        if section.key in file.sections:
            given = file.sections[section.key].text
            _same(section.text, given, "text", ("sections", section.key), reader, main)
    for question in instrument.questions:
        if question.key in file.questions:
            _check(question, main, file.questions[question.key], reader)
    words = None if reader.problems else _make(instrument, main, file, reader)
    return words, reader.problems


def _check(question: Question, main: Words, found: QuestionWording, reader: Reader) -> None:
    """Refuse words of a question that are missing, and those that it has no place for."""
    path: Path = ("questions", question.key)
    asked = main.questions[question.key]
    chosen = question.kind in ("single", "multiple")
    options = list(question.choices) if chosen else []
    bands = [band.key for band in question.bands]
    _same_keys(options, found.options, "options", path, reader)
    _same_keys(bands, found.bands, "bands", path, reader)
    _same(question.kind == "scale", found.ends, "ends", path, reader, main)
    _same(asked.help, found.help, "help", path, reader, main)
    _same(asked.unit, found.unit, "unit", path, reader, main)


def _same(wanted: object, given: object, key: str, path: Path, reader: Reader, main: Words) -> None:
    if wanted and not given:
        reader.refuse(path, f"'{key}' is not translated", f"add a line `{key}: …`", of_key=True)
    elif given and not wanted:
        hint = f"remove it here, or write it in {main.source_path} too"
        reader.refuse((*path, key), f"the instrument has no '{key}' here", hint, of_key=True)


def _same_keys(
    wanted: Iterable[str], given: Mapping[str, object], name: str, path: Path, reader: Reader
) -> None:
    wanted = list(wanted)
    for key in given:
        if key not in wanted:
            hint = did_you_mean(key, wanted) or "remove it; wording has the keys of its instrument"
            reader.refuse(
                (*path, name, key), f"the instrument has no '{key}' among its {name}", hint, of_key=True
            )
    missing = [key for key in wanted if key not in given]
    if missing:
        told = ", ".join(f"'{key}'" for key in missing)
        here = (*path, name) if given else path
        reader.refuse(
            here, f"not translated among the {name}: {told}", f"add it below `{name}:`", of_key=True
        )


def _make(instrument: Instrument, main: Words, file: WordingFile, reader: Reader) -> Words:
    questions = {}
    for question in instrument.questions:
        found = file.questions[question.key]
        given = found.options or found.bands or scale_ends(found.ends, len(question.choices))
        options = {key: given[key] for key in question.answers if key in given}
        questions[question.key] = QuestionWords(found.ask, found.help, options, found.unit)
    sections = tuple(
        SectionWords(one.key, file.sections[one.key].title, one.questions, file.sections[one.key].text)
        for one in main.sections
    )
    words = words_of(file, reader, questions, sections)
    mark = wording_mark(instrument.version, instrument.questions, words)
    return msgspec.structs.replace(words, mark=mark)


def words_of(
    file: SurveyFile | WordingFile,
    reader: Reader,
    questions: dict[str, QuestionWords],
    sections: tuple[SectionWords, ...],
) -> Words:
    """The words of a file: an instrument's own, or those of its wording in another language."""
    return Words(
        source_path=reader.source_path,
        title=file.title,
        purpose=file.purpose,
        collection=file.consent.collection,
        publication=file.consent.publication,
        questions=questions,
        sections=sections,
        sponsor=file.sponsor,
        ethics=file.ethics,
        recruitment=file.recruitment,
        marked=file.wording,
        mark_line=reader.mapped.position("wording").line,
    )
