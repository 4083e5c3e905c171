"""Which files under ``content/`` are instruments, and which hold the wording of one in another language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.content.config import Config
from generator.content.file_bytes import read_bounded
from generator.content.surveys.read import Source
from generator.content.surveys.reviewed import is_reviewed_file
from generator.disk.content_tree import CONTENT_DIR, Tree
from generator.ground.errors import ContentError, Problem
from generator.ground.text import did_you_mean, slugify

FOLDER = "surveys"
RESERVED = frozenset({"page", "results", "index", "new"})
"""Segments below ``/<condition>/surveys/`` that pages of the site's own have, or will have."""

_SUFFIXES = (".yaml", ".yml")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class _Name(NamedTuple):
    """What a path says: condition, id, and the language of a wording (empty for an instrument)."""

    condition: str
    id: str
    language: str


def is_survey_file(path: str) -> bool:
    """Whether *path* (of a source) lies where instruments lie."""
    parts = path.split("/")
    return len(parts) > 3 and parts[0] == CONTENT_DIR and parts[2] == FOLDER and path.endswith(_SUFFIXES)


def read_survey_files(tree: Tree) -> dict[str, bytes]:
    """The bytes of every instrument, wording and file of reviewed results by path, in order; raises ContentError where
    one cannot be read."""
    wanted = (path for path in tree.others if is_survey_file(path) or is_reviewed_file(path))
    return {path: _bytes(tree.root, path, tree.others[path].stamp.size) for path in sorted(wanted)}


def _bytes(root: Path, path: str, size: int) -> bytes:
    try:
        return read_bounded(str(root / path), size)
    except ContentError as error:
        raise ContentError(error.message, path, hint=error.hint) from None


def survey_sources(raw: Mapping[str, bytes], config: Config) -> tuple[list[Source], list[Problem]]:
    """The instruments among *raw* in order of path, each with its wordings; and files that cannot be used."""
    named: dict[str, _Name] = {}
    problems: list[Problem] = []
    for path in sorted(filter(is_survey_file, raw)):
        name = _name(path, config)
        if isinstance(name, Problem):
            problems.append(name)
        else:
            named[path] = name
    sources = [
        Source(name.condition, name.id, path, raw[path], _wordings(name, named, raw))
        for path, name in named.items()
        if not name.language
    ]
    return sources, [*problems, *_orphans(named, sources)]


def _name(path: str, config: Config) -> _Name | Problem:
    _, condition, _, *folders, file = path.split("/")
    stem, _, suffix = file.rpartition(".")
    if folders:
        hint = f"move it to {CONTENT_DIR}/{condition}/{FOLDER}/{file}"
        return Problem("an instrument lies in no folder of its own", source_path=path, hint=hint)
    if suffix != "yaml":
        return Problem(
            "the name of an instrument ends in .yaml", source_path=path, hint=f"rename it to {stem}.yaml"
        )
    id_, dot, language = stem.partition(".")
    if not _ID.fullmatch(id_):
        usable = slugify(id_)
        hint = f"rename it to {usable}.yaml" if usable.isascii() and usable else "use a-z, 0-9 and hyphens"
        return Problem(f"'{id_}' cannot be the id of a survey", source_path=path, hint=hint)
    if id_ in RESERVED or id_ in config.all_languages:
        return Problem(f"'{id_}' is a reserved address", source_path=path, hint="rename the file")
    if dot and language == config.language:
        message = f"'{language}' is the language of the instrument itself"
        return Problem(message, source_path=path, hint=f"rename it to {id_}.yaml")
    if dot and language not in config.all_languages:
        hint = did_you_mean(language, config.all_languages) or "add it to `languages` in gatherwell.yaml"
        return Problem(f"'{language}' is not a language of this site", source_path=path, hint=hint)
    return _Name(condition, id_, language)


def _wordings(
    instrument: _Name, named: Mapping[str, _Name], raw: Mapping[str, bytes]
) -> dict[str, tuple[str, bytes]]:
    return {
        name.language: (path, raw[path])
        for path, name in named.items()
        if name.language and (name.condition, name.id) == (instrument.condition, instrument.id)
    }


def _orphans(named: Mapping[str, _Name], sources: Iterable[Source]) -> Iterator[Problem]:
    """A problem for each wording without an instrument."""
    known = {(source.condition, source.name) for source in sources}
    for path, name in named.items():
        if name.language and (name.condition, name.id) not in known:
            near = did_you_mean(name.id, [id_ for condition, id_ in known if condition == name.condition])
            hint = near or f"write the instrument: {CONTENT_DIR}/{name.condition}/{FOLDER}/{name.id}.yaml"
            yield Problem(
                "this is the wording of an instrument that is not there", source_path=path, hint=hint
            )
