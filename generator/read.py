"""Sources → documents: what each file's front matter says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from generator.cache import Cache, damage_reported
from generator.config import Config
from generator.errors import ContentError, Problem, Severity, SiteErrors
from generator.front_matter import MAX_BYTES, Parsed, parse_text
from generator.matter import Matter
from generator.naming import Naming, name_source
from generator.stamps import Seen, Stamp, clock_ns
from generator.text import digest
from generator.tree import Source, Tree
from generator.workers import Workers
from generator.yaml_source import Position

DATA_FILES = ("_glossary.yaml", "_crisis.yaml")
_BATCH, _BATCH_WITH_TEXTS = 200, 40


class Document(msgspec.Struct, frozen=True):
    """A Markdown file with its front matter understood.

    *kind* is ``article``, ``hub``, ``person`` or ``page``; *condition* is empty for people and pages; *name* is the
    file's name without language and suffix; *folder* lies between condition and file; *digest* is of its bytes.
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
    def matter(self) -> Matter:
        assert self.parsed.matter is not None
        return self.parsed.matter

    def place(self, key: str) -> Position:
        """Line and column of the value of a front matter key; the file's first line where it is not written."""
        return self.parsed.place(key)

    def problem(
        self, key: str, message: str, hint: str = "", severity: Severity = "error", rule: str = ""
    ) -> Problem:
        line, column = self.place(key)
        return Problem(message, line, column, hint, self.source_path, severity, rule)


class Beside(NamedTuple):
    """What else is made of a text while it is at hand, so that it need not be read again.

    *make* runs in workers, with *setup*, the text's language, its front matter and the text; *keep* gets the values.
    """

    make: Callable[[Any, str, Parsed, str], Any]
    setup: Any
    keep: Callable[[Sequence[Any]], None]


def read_documents(
    root: Path,
    tree: Tree,
    config: Config,
    cache: Cache,
    workers: Workers,
    known_documents: Mapping[str, Document] = MappingProxyType({}),
    beside: Beside | None = None,
) -> tuple[Document, ...]:
    """Every Markdown file as a document, in order of path; raises SiteErrors with all that is wrong in any of them.

    *known_documents*, read under the same ``front_matter`` settings, save parsing where a file's bytes are theirs.
    *beside* is done for every file that is read.
    """
    problems = list(tree.problems)
    named: list[tuple[Source, Naming]] = []
    for source in tree.markdown:
        naming = name_source(source.path, config)
        if isinstance(naming, Problem):
            problems.append(naming)
        elif naming is not None:
            named.append((source, naming))
    known = cache.seen_sources()
    parsed, seen = _parse_all(root, named, config, known, known_documents, cache, workers, problems, beside)
    changed = {path: s for path, s in seen.items() if known.get(path) != s}
    # Images and other files are looked after by those who read them; here only what lies there no more is forgotten.
    cache.replace_sources(changed, known.keys() - seen.keys() - tree.others.keys())
    documents = []
    for source, naming in named:
        document = parsed.get(source.path)
        if document is None:
            continue
        problems.extend(document.problems)
        if document.matter is not None:
            documents.append(Document(source.path, *naming, seen[source.path].digest, document))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise SiteErrors(errors)
    return tuple(documents)


def _parse_all(
    root: Path,
    named: list[tuple[Source, Naming]],
    config: Config,
    known: dict[str, Seen],
    known_documents: Mapping[str, Document],
    cache: Cache,
    workers: Workers,
    problems: list[Problem],
    beside: Beside | None,
) -> tuple[dict[str, Parsed], dict[str, Seen]]:
    """Parsed documents and what was seen, by path: from the cache where the bytes are known, else from the files."""
    extra = tuple(sorted(config.front_matter.extra))
    salt = document_salt(config)
    held: dict[str, Seen] = {}
    keys: dict[str, str] = {}
    parsed: dict[str, Parsed] = {}
    for source, naming in named:
        seen = known.get(source.path)
        if seen is not None and seen.holds_for(source.stamp):
            held[source.path] = seen
            document = known_documents.get(source.path)
            if document is not None and document.digest == seen.digest and document.kind == naming.kind:
                parsed[source.path] = document.parsed
            else:
                keys[source.path] = document_key(seen.digest, naming.kind, salt)
    payloads = cache.get("documents", list(keys.values()))
    decoder = msgspec.msgpack.Decoder(Parsed)
    with damage_reported():
        parsed.update((path, decoder.decode(payloads[key])) for path, key in keys.items() if key in payloads)
    todo = [
        Task(source.path, naming.kind, source.stamp, naming.language)
        for source, naming in named
        if source.path not in parsed
    ]
    fresh: list[tuple[str, bytes]] = []
    setup = (str(root), extra, (beside.make, beside.setup) if beside else None)
    size = _BATCH_WITH_TEXTS if beside else _BATCH
    for batch in workers.map(parse_files, setup, todo, size, len(todo), stage="reading"):
        for task, raw_digest, looked, payload, _ in batch:
            understood = decoder.decode(payload)
            parsed[task.path] = understood
            if raw_digest:
                held[task.path] = Seen(task.stamp, looked, raw_digest)
                if understood.matter is not None and not understood.problems:
                    fresh.append((document_key(raw_digest, task.kind, salt), payload))
            else:
                problems.extend(understood.problems)
        if beside:
            beside.keep([read.made for read in batch if read.made is not None])
    if fresh:
        cache.put("documents", fresh)
    return {path: value for path, value in parsed.items() if path in held}, held


def document_salt(config: Config) -> str:
    """What of the configuration changes how front matter is read."""
    return digest(*sorted(config.front_matter.extra))


def document_key(raw_digest: str, kind: str, salt: str) -> str:
    """The key of a parsed document: its bytes, its kind and the salt of the configuration."""
    return f"{raw_digest}{kind}{salt}"


class Task(NamedTuple):
    """A file to be parsed."""

    path: str
    kind: str
    stamp: Stamp
    language: str


class Read(NamedTuple):
    """A parsed file: the digest of its bytes (empty where they could not be read), when it was looked at (ns since
    the epoch), the encoded ``Parsed``, and what was made beside it.
    """

    task: Task
    digest: str
    looked: int
    payload: bytes
    made: Any


def parse_files(setup: tuple[str, tuple[str, ...], Any], tasks: Sequence[Task]) -> list[Read]:
    """Parse the files of *tasks*; for workers. *setup*: the root, the further keys of front matter, what to make
    beside (a function and its setup) or None.
    """
    root, extra, beside = setup
    encode = msgspec.msgpack.Encoder().encode
    results = []
    for task in tasks:
        looked = clock_ns()
        made = None
        try:
            raw = read_bounded(f"{root}/{task.path}", task.stamp.size)
            parsed, text = parse_text(raw, task.kind, task.path, frozenset(extra))
            if beside and parsed.matter is not None:
                made = beside[0](beside[1], task.language, parsed, text)
            results.append(Read(task, digest(raw), looked, encode(parsed), made))
        except ContentError as error:
            problem = Problem(error.message, error.line, error.column, error.hint, task.path)
            results.append(Read(task, "", looked, encode(Parsed(problems=(problem,))), None))
    return results


def look_at(root: Path, source: Source, known: Seen | None) -> Seen:
    """What a file holds: as *known* where that certainly still holds, else read anew; raises OSError."""
    if known is not None and known.holds_for(source.stamp):
        return known
    looked = clock_ns()
    return Seen(source.stamp, looked, digest((root / source.path).read_bytes()))


def _bytes_of(path: str, size: int) -> bytes:
    """A file's bytes, probably *size* of them; a file object would cost as much as the reading itself."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        found = os.read(file, size + 1)
        while more := os.read(file, 65536):
            found += more
        return found
    finally:
        os.close(file)


def read_bounded(path: str, size: int) -> bytes:
    """A content file's bytes; raises ContentError where it is too large or cannot be read."""
    if size > MAX_BYTES:
        raise ContentError(
            f"has {size / 1e6:.0f} MB, an article may have {MAX_BYTES / 1e6:.0f} MB",
            hint="split the article; images lie beside it as files of their own",
        )
    try:
        return _bytes_of(path, size)
    except OSError as error:
        raise ContentError(
            f"cannot be read ({error.strerror})", hint="check the file's permissions"
        ) from None
