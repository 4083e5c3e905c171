"""The project's data files under ``content/``: the glossary, the crisis lines, the names of topics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from generator.config import Config
from generator.errors import ContentError, Problem
from generator.front_matter import decode
from generator.matter import TEXT, URL
from generator.model import Struct
from generator.moments import MOMENT
from generator.read import read_bounded
from generator.site import CrisisEntry, Term
from generator.strict import Reader
from generator.text import did_you_mean
from generator.tree import CONTENT_DIR
from generator.yaml_source import Mapped, as_mapping, parse_yaml

GLOSSARY = f"{CONTENT_DIR}/_glossary.yaml"
CRISIS = f"{CONTENT_DIR}/_crisis.yaml"
TOPICS = f"{CONTENT_DIR}/_topics.yaml"


class _Words(Struct):
    term: Annotated[str, TEXT]
    plain: Annotated[str, TEXT]
    also: tuple[str, ...] = ()


class _TermEntry(Struct):
    term: Annotated[str, TEXT]
    plain: Annotated[str, TEXT]
    also: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


class _CrisisLine(Struct):
    name: Annotated[str, TEXT]
    number: str = ""
    url: Annotated[str, URL] = ""
    hours: str = ""
    note: str = ""
    source: Annotated[str, URL] = ""
    checked: Annotated[str, MOMENT] = ""


def read_data_file(root: Path, path: str) -> bytes:
    """The bytes of a data file, empty where there is none; raises ContentError where it cannot be read."""
    if not (root / path).exists():
        return b""
    try:
        return read_bounded(str(root / path), (root / path).stat().st_size)
    except ContentError as error:
        raise ContentError(error.message, path, hint=error.hint) from None


def parse_glossary(raw: bytes, config: Config) -> tuple[dict[str, Term], list[Problem]]:
    """Terms by id; a language's own words stand under its tag (``es: {term, plain, also}``)."""
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
    """Crisis lines by locale (``en``, ``en-GB``), in the order of the file."""
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
            if not (line.number or line.url):
                reader.refuse((locale, index), "a crisis line needs a number or a url")
                continue
            found.append(
                CrisisEntry(
                    line.name, line.number, line.url, line.hours, line.note, line.source, line.checked
                )
            )
        lines[locale] = tuple(found)
    return lines, reader.problems


def parse_topics(raw: bytes, config: Config) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Names of topics by slug and language: ``sleep: {en: Sleep, es: Sueño}``, or one name for all languages."""
    mapped, value = _mapping(raw, TOPICS)
    reader = Reader(mapped, TOPICS)
    names: dict[str, dict[str, str]] = {}
    for slug, entry in value.items():
        if isinstance(entry, str):
            entry = dict.fromkeys(config.all_languages, entry)
        if not isinstance(entry, dict) or not all(isinstance(name, str) for name in entry.values()):
            reader.refuse(
                (slug,), f"'{slug}' must be a name, or one for each language", "write `sleep: {en: Sleep}`"
            )
            continue
        for tag in entry:
            if tag not in config.all_languages:
                hint = did_you_mean(tag, config.all_languages) or "add it to `languages` in gatherwell.yaml"
                reader.refuse((slug, tag), f"'{tag}' is not a language of this site", hint, of_key=True)
        names[slug] = entry
    return names, reader.problems


def glossary_ids(terms: dict[str, Term], language: str) -> dict[str, str]:
    """Term ids by every word that means them in *language*, lower case."""
    words: dict[str, str] = {}
    for term in terms.values():
        for tag in (language, *term.term):
            if tag in term.term:
                for word in (term.term[tag], *term.also.get(tag, ())):
                    words.setdefault(word.casefold(), term.id)
    return words


def missing_term(word: str, words: dict[str, str]) -> str:
    """The hint for a term that the glossary lacks."""
    return did_you_mean(word, words) or f"add it to {GLOSSARY}, or name one with {{id=…}}"


def _mapping(raw: bytes, path: str) -> tuple[Mapped, dict[str, Any]]:
    mapped = parse_yaml(decode(raw, path), path)
    return mapped, dict(as_mapping(mapped, path))
