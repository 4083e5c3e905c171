"""Reads Markdown files as documents: unchanged files from the cache, all others from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from generator.content.config import Config
from generator.content.file_bytes import read_bounded
from generator.content.front_matter.parse import Parsed, parse_text
from generator.content.front_matter.schema import FrontMatter
from generator.content.levels import apply_levels
from generator.content.source_path import Naming, name_source
from generator.disk.cache import Cache, damage_reported
from generator.disk.content_tree import Source, Tree
from generator.disk.stamps import Seen, Stamp, clock_ns
from generator.ground.errors import ContentError, Position, Problem, Severity, raise_errors
from generator.ground.text import digest
from generator.processes.workers import Stage, Workers

_BATCH, _BATCH_WITH_BODIES = 200, 40


class Document(msgspec.Struct, frozen=True):
    """A Markdown file with valid front matter.

    *kind* is ``article``, ``hub``, ``section``, ``person`` or ``page``; *condition* is empty for people and pages; *name* is the
    file's name without language and suffix; *folder* is the path between condition and file; *digest* is that of the
    file's bytes.
    """

    source_path: str
    kind: str
    condition: str
    folder: str
    name: str
    language: str
    digest: str
    parsed: Parsed

    @property
    def front_matter(self) -> FrontMatter:
        assert self.parsed.front_matter is not None
        return self.parsed.front_matter

    def place(self, key: str) -> Position:
        """The position of the value of a front matter key; the file's first line where the key is missing."""
        return self.parsed.place(key)

    def problem(
        self, key: str, message: str, hint: str = "", severity: Severity = "error", rule: str = ""
    ) -> Problem:
        """A problem at the position of a front matter key."""
        line, column = self.place(key)
        return Problem(message, line, column, hint, self.source_path, severity, rule)


class AlsoRender(NamedTuple):
    """Further work on each file that is read, so that it need not be read twice.

    ``make(setup, language, parsed, text)`` runs in workers; *keep* is called here with what it returned for each batch.
    """

    make: Callable[[Any, str, Parsed, str], Any]
    setup: Any
    keep: Callable[[Sequence[Any]], None]


def read_documents(
    tree: Tree,
    config: Config,
    cache: Cache,
    workers: Workers,
    known_documents: Mapping[str, Document] = MappingProxyType({}),
    also_render: AlsoRender | None = None,
) -> tuple[Document, ...]:
    """Every Markdown file as a document, in order of path; raises SiteErrors with all that is wrong in any of them.

    The arguments are those of :func:`read_all`.
    """
    documents, problems = read_all(tree, config, cache, workers, known_documents, also_render)
    raise_errors(apply_levels(problems, config.checks))
    return documents


def read_all(
    tree: Tree,
    config: Config,
    cache: Cache,
    workers: Workers,
    known_documents: Mapping[str, Document] = MappingProxyType({}),
    also_render: AlsoRender | None = None,
) -> tuple[tuple[Document, ...], list[Problem]]:
    """Every Markdown file that can be read as a document, in order of path, and all that is wrong in any file.

    *known_documents* must have been read with the same ``front_matter`` settings; one whose file still has the same
    bytes is not parsed again. *also_render* is done for every file that is read.
    """
    named, unnamed = _name_all(tree, config)
    known = cache.seen_sources()
    unchanged = _unchanged(named, known)
    salt = document_salt(config)
    parsed = _parsed_before(named, unchanged, known_documents, salt, cache)
    tasks = [
        Task(source.path, naming.kind, source.stamp, naming.language)
        for source, naming in named
        if source.path not in parsed
    ]
    fresh = _parse_all(
        ParseSetup.of(tree.root, config, also_render), tasks, salt, cache, workers, also_render
    )
    parsed.update(fresh.parsed)
    seen_now = {**unchanged, **fresh.seen}
    changed = {path: seen for path, seen in seen_now.items() if known.get(path) != seen}
    # Stamps of images and other files are updated where these are read; here only files that are gone are forgotten.
    cache.replace_sources(changed, known.keys() - seen_now.keys() - tree.others.keys() - tree.static.keys())
    found = [(source, naming, parsed[source.path]) for source, naming in named if source.path in parsed]
    problems = [*tree.problems, *unnamed, *fresh.problems]
    problems += (problem for _, _, document in found for problem in document.problems)
    documents = tuple(
        Document(source.path, *naming, seen_now[source.path].digest, document)
        for source, naming, document in found
        if document.front_matter is not None
    )
    return documents, problems


class Named(NamedTuple):
    """A Markdown file and what its path says."""

    source: Source
    naming: Naming


def _name_all(tree: Tree, config: Config) -> tuple[list[Named], list[Problem]]:
    """The Markdown files with usable paths, and the problems of the others."""
    named: list[Named] = []
    problems: list[Problem] = []
    for source in tree.markdown:
        naming = name_source(source.path, config)
        if isinstance(naming, Problem):
            problems.append(naming)
        else:
            named.append(Named(source, naming))
    return named, problems


def _unchanged(named: Iterable[Named], known: Mapping[str, Seen]) -> dict[str, Seen]:
    """The files, by path, whose stamps say that they have the bytes of their last reading."""
    return {
        source.path: seen
        for source, _ in named
        if (seen := known.get(source.path)) is not None and seen.holds_for(source.stamp)
    }


def _parsed_before(
    named: Iterable[Named],
    unchanged: Mapping[str, Seen],
    known_documents: Mapping[str, Document],
    salt: str,
    cache: Cache,
) -> dict[str, Parsed]:
    """What is known of *unchanged* files without reading them, by path: from *known_documents*, else from the cache."""
    keys: dict[str, str] = {}
    parsed: dict[str, Parsed] = {}
    for source, naming in named:
        seen = unchanged.get(source.path)
        if seen is None:
            continue
        document = known_documents.get(source.path)
        if document is not None and document.digest == seen.digest and document.kind == naming.kind:
            parsed[source.path] = document.parsed
        else:
            keys[source.path] = document_key(seen.digest, naming.kind, salt)
    payloads = cache.get("documents", list(keys.values()))
    with damage_reported():
        parsed.update((path, _decode_parsed(payloads[key])) for path, key in keys.items() if key in payloads)
    return parsed


class _Fresh(NamedTuple):
    """What reading files gave, by path; *problems* are those of files that could not be read."""

    parsed: dict[str, Parsed]
    seen: dict[str, Seen]
    problems: list[Problem]


def _parse_all(
    setup: ParseSetup,
    tasks: Sequence[Task],
    salt: str,
    cache: Cache,
    workers: Workers,
    also_render: AlsoRender | None,
) -> _Fresh:
    """Read and parse the files of *tasks* in workers; those without problems are put into the cache."""
    fresh = _Fresh({}, {}, [])
    payloads: list[tuple[str, bytes]] = []
    stage = Stage("reading", _BATCH_WITH_BODIES if also_render else _BATCH)
    for batch in workers.map(parse_files, setup, tasks, len(tasks), stage):
        for task, raw_digest, looked, payload, _ in batch:
            parsed = _decode_parsed(payload)
            if not raw_digest:
                fresh.problems.extend(parsed.problems)
                continue
            fresh.parsed[task.path] = parsed
            fresh.seen[task.path] = Seen(task.stamp, looked, raw_digest)
            if parsed.front_matter is not None and not parsed.problems:
                payloads.append((document_key(raw_digest, task.kind, salt), payload))
        if also_render:
            also_render.keep([read.made for read in batch if read.made is not None])
    if payloads:
        cache.put("documents", payloads)
    return fresh


_decode_parsed = msgspec.msgpack.Decoder(Parsed).decode


def document_salt(config: Config) -> str:
    """The digest of the settings that change how front matter is parsed."""
    return digest(*sorted(config.front_matter.extra))


def document_key(raw_digest: str, kind: str, salt: str) -> str:
    """The cache key of parsed front matter: the digest of the file's bytes, its kind, :func:`document_salt`."""
    return f"{raw_digest}{kind}{salt}"


class ParseSetup(NamedTuple):
    """What every batch of files needs: the root, the extra keys of front matter, and what :class:`Beside` makes."""

    root: str
    extra: frozenset[str]
    make: Callable[[Any, str, Parsed, str], Any] | None
    make_setup: Any

    @classmethod
    def of(cls, root: Path, config: Config, also_render: AlsoRender | None) -> ParseSetup:
        make, make_setup = (also_render.make, also_render.setup) if also_render else (None, None)
        return cls(str(root), frozenset(config.front_matter.extra), make, make_setup)


class Task(NamedTuple):
    """A file to parse."""

    path: str
    kind: str
    stamp: Stamp
    language: str


class Read(NamedTuple):
    """A file that was read: the digest of its bytes (empty where it could not be read), when reading began (ns since the
    epoch), the encoded :class:`Parsed`, and what :class:`Beside` made of it.
    """

    task: Task
    digest: str
    looked: int
    payload: bytes
    made: Any


def parse_files(setup: ParseSetup, tasks: Sequence[Task]) -> list[Read]:
    """Read and parse the files of *tasks*; runs in workers."""
    encode = msgspec.msgpack.Encoder().encode
    results = []
    for task in tasks:
        looked = clock_ns()
        made = None
        try:
            raw = read_bounded(f"{setup.root}/{task.path}", task.stamp.size)
            parsed, text = parse_text(raw, task.kind, task.path, setup.extra)
            if setup.make and parsed.front_matter is not None:
                made = setup.make(setup.make_setup, task.language, parsed, text)
            results.append(Read(task, digest(raw), looked, encode(parsed), made))
        except ContentError as error:
            problem = Problem(error.message, error.line, error.column, error.hint, task.path)
            results.append(Read(task, "", looked, encode(Parsed(problems=(problem,))), None))
    return results
