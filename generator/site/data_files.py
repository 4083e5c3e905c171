"""The data files under ``content/``: the glossary, the crisis lines, the names of topics, withdrawn sources, the instruments of
surveys and their reviewed results, and what a demonstration simulates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec

from generator.content.config import Config
from generator.content.front_matter.parse import decode
from generator.content.front_matter.schema import TEXT, URL
from generator.content.file_bytes import read_bounded
from generator.content.simulated import SIMULATED, parse_simulated
from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import SurveyResults
from generator.content.surveys.reviewed import NOTHING_PULLED, read_reviewed
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import ContentError, Problem, raise_errors
from generator.ground.model import Struct
from generator.ground.text import did_you_mean, folded, slugify
from generator.schema.convert import Reader
from generator.schema.dates import MOMENT
from generator.schema.yaml_source import Mapped, as_mapping, parse_yaml
from generator.site.retracted import RETRACTED, parse_retracted
from generator.site.surveys import parse_surveys
from generator.site.types import CrisisEntry, Term

GLOSSARY = f"{CONTENT_DIR}/_glossary.yaml"
CRISIS = f"{CONTENT_DIR}/_crisis.yaml"
TOPICS = f"{CONTENT_DIR}/_topics.yaml"
DATA_FILES = (GLOSSARY, CRISIS, TOPICS, RETRACTED, SIMULATED)
# The key beside language tags in the block of a topic; no tag has seven letters.
_WRITTEN = "written"


_DIALLED: Final = frozenset("+0123456789 -")


class DataFiles(NamedTuple):
    """What the data files hold: terms by id, crisis lines by locale, names of topics by slug and language.

    *spellings* are slugs of topics by folded text: what articles may write for a topic besides its slug. *retracted*
    says by DOI what happened to a source. *instruments* are in order of path, *reviewed* are results by survey.
    """

    glossary: dict[str, Term]
    crisis: dict[str, tuple[CrisisEntry, ...]]
    topics: dict[str, dict[str, str]]
    spellings: dict[str, str]
    retracted: dict[str, str]
    instruments: tuple[Instrument, ...] = ()
    reviewed: Mapping[str, SurveyResults] = MappingProxyType({})


class TopicNames(NamedTuple):
    """What ``_topics.yaml`` holds: names by slug and language, slugs by folded spelling."""

    names: dict[str, dict[str, str]]
    spellings: dict[str, str]


class _Words(Struct):
    term: Annotated[str, TEXT]
    plain: Annotated[str, TEXT]
    also: tuple[str, ...] = ()


class _TermEntry(Struct):
    term: Annotated[str, TEXT]
    plain: Annotated[str, TEXT]
    also: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


# What a line helps with. `emergency` and `listening` serve everybody; a line without kinds does too.
CrisisKind = Literal["emergency", "listening", "suicide", "abuse", "child", "poisoning", "directory"]


class _CrisisLine(Struct):
    name: Annotated[str, TEXT]
    number: str = ""
    text: str = ""
    url: Annotated[str, URL] = ""
    hours: str = ""
    note: str = ""
    source: Annotated[str, URL] = ""
    checked: Annotated[str, MOMENT] = ""
    kinds: tuple[CrisisKind, ...] = ()
    search_words: tuple[str, ...] = ()


def read_data_file(root: Path, path: str) -> bytes:
    """The bytes of a data file, empty where it does not exist; raises ContentError where it cannot be read."""
    if not (root / path).exists():
        return b""
    try:
        return read_bounded(str(root / path), (root / path).stat().st_size)
    except ContentError as error:
        raise ContentError(error.message, path, hint=error.hint) from None


def parse_data_files(
    raw: Mapping[str, bytes], config: Config, pulled: Mapping[str, SurveyResults | None] = NOTHING_PULLED
) -> DataFiles:
    """The data files from their bytes by path; raises SiteErrors with everything that is wrong in any of them.

    *pulled* are the snapshot's results of surveys, which reviewed ones must not go beyond.
    """
    glossary, glossary_problems = parse_glossary(raw[GLOSSARY], config)
    crisis, crisis_problems = parse_crisis(raw[CRISIS])
    topics, topic_problems = parse_topics(raw[TOPICS], config)
    retracted, retracted_problems = parse_retracted(raw.get(RETRACTED, b""))
    instruments, survey_problems = parse_surveys(raw, config)
    # An instrument with a fault is missing here: its results are looked at once it is mended.
    reviewed, review_problems = read_reviewed(raw, instruments, pulled) if not survey_problems else ({}, [])
    _, simulated_problems = parse_simulated(raw.get(SIMULATED, b""), demonstration=config.demonstration)
    found = (*glossary_problems, *crisis_problems, *topic_problems, *retracted_problems, *simulated_problems)
    raise_errors((*found, *survey_problems, *review_problems))
    return DataFiles(glossary, crisis, topics.names, topics.spellings, retracted, instruments, reviewed)


def parse_glossary(raw: bytes, config: Config) -> tuple[dict[str, Term], list[Problem]]:
    """Terms by id; words in another language are written under its tag (``es: {term, plain, also}``)."""
    mapped, value = _mapping(raw, GLOSSARY)
    reader = Reader(mapped, GLOSSARY)
    terms: dict[str, Term] = {}
    for key, entry in value.items():
        if not isinstance(entry, dict):
            reader.refuse((key,), f"'{key}' must be a block with `term` and `plain`")
            continue
        tags = {tag for tag in entry if tag in config.all_languages}
        base = reader.struct({k: v for k, v in entry.items() if k not in tags}, _TermEntry, (key,))
        words = {tag: reader.struct(entry[tag], _Words, (key, tag)) for tag in sorted(tags)}
        if base is None or not all(words.values()):
            continue
        known = {config.language: _Words(base.term, base.plain, base.also)}
        known.update({tag: word for tag, word in words.items() if word is not None})
        terms[key] = Term(
            key,
            {tag: word.term for tag, word in known.items()},
            {tag: word.plain for tag, word in known.items()},
            {tag: word.also for tag, word in known.items()},
            base.conditions,
        )
    return terms, reader.problems


def parse_crisis(raw: bytes) -> tuple[dict[str, tuple[CrisisEntry, ...]], list[Problem]]:
    """Crisis lines by locale (``en``, ``en-GB``), in the file's order."""
    mapped, value = _mapping(raw, CRISIS)
    reader = Reader(mapped, CRISIS)
    lines: dict[str, tuple[CrisisEntry, ...]] = {}
    for locale, entries in value.items():
        if not isinstance(entries, list):
            reader.refuse((locale,), f"'{locale}' must be a list of lines", "begin each with `- name: …`")
            continue
        found = []
        for index, entry in enumerate(entries):
            line = reader.struct(entry, _CrisisLine, (locale, index))
            if line is None:
                continue
            if not (line.number or line.text or line.url):
                reader.refuse((locale, index), "a crisis line needs a number, a text number or a url")
                continue
            if not set(line.text) <= _DIALLED:
                hint = "write the number alone; what to text to it stands in `note`"
                reader.refuse((locale, index, "text"), "'text' must be a number", hint)
                continue
            place = mapped.position(locale, index)[0]
            found.append(CrisisEntry(**msgspec.structs.asdict(line), line=place))
        lines[locale] = tuple(found)
    return lines, reader.problems


def parse_topics(raw: bytes, config: Config) -> tuple[TopicNames, list[Problem]]:
    """The topics, written ``sleep: {en: Sleep, es: Sueño}`` or with one name for all languages.

    ``written: ["RF+"]`` in a block lists what articles write for a topic whose slug would be that of another one.
    """
    mapped, value = _mapping(raw, TOPICS)
    reader = Reader(mapped, TOPICS)
    names: dict[str, dict[str, str]] = {}
    spellings: dict[str, str] = {}
    for slug, entry in value.items():
        if isinstance(entry, str):
            entry = dict.fromkeys(config.all_languages, entry)
        if isinstance(entry, dict) and _WRITTEN in entry:
            _add_spellings(reader, slug, entry[_WRITTEN], spellings)
            entry = {tag: name for tag, name in entry.items() if tag != _WRITTEN}
        if not isinstance(entry, dict) or not all(isinstance(name, str) for name in entry.values()):
            _refuse_names(reader, slug, entry)
            continue
        for tag in entry:
            if tag not in config.all_languages:
                hint = did_you_mean(tag, config.all_languages) or "add it to `languages` in gatherwell.yaml"
                reader.refuse((slug, tag), f"'{tag}' is not a language of this site", hint, of_key=True)
        names[slug] = entry
    return TopicNames(names, spellings), reader.problems


def _add_spellings(reader: Reader, slug: str, listed: Any, spellings: dict[str, str]) -> None:
    """Add to *spellings* what a topic's ``written`` lists; refuse what cannot be used."""
    path = (slug, _WRITTEN)
    if slugify(slug) != slug:
        hint = f"write `{slugify(slug) or 'a-few-words'}:`"
        reader.refuse((slug,), f"'{slug}' cannot be the address of a topic", hint, of_key=True)
    texts = [listed] if isinstance(listed, str) else listed
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        reader.refuse(path, f"'{_WRITTEN}' must be a list of texts", 'write `written: ["RF+", "RF pos."]`')
        return
    for text in texts:
        other = spellings.setdefault(folded(text), slug)
        if other != slug:
            reader.refuse(path, f"'{text}' stands for '{other}' already", "keep it in one of the two lists")


def _refuse_names(reader: Reader, slug: str, entry: Any) -> None:
    """Refuse the names of a topic: each that is no text, at its place, with what was written."""
    wrong = [tag for tag, name in entry.items() if not isinstance(name, str)] if isinstance(entry, dict) else []
    paths: list[tuple[str, ...]] = [(slug, tag) for tag in wrong] or [(slug,)]
    for path in paths:
        hint = reader.quoted(path, path[-1]) or "write `sleep: {en: Sleep}`"
        reader.refuse(path, f"'{slug}' must be a name, or one for each language", hint)


def missing_term(word: str, words: Mapping[str, str]) -> str:
    """The hint for a term that is not in the glossary."""
    return did_you_mean(word, words) or f"add it to {GLOSSARY}, or name one with {{id=…}}"


def _mapping(raw: bytes, path: str) -> tuple[Mapped, dict[str, Any]]:
    mapped = parse_yaml(decode(raw, path), path)
    return mapped, dict(as_mapping(mapped, path))
