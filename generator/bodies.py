"""Document → body: HTML with slots, and what it tells about itself. A body is a function of its own text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.cache import Cache, damage_reported, decode_cached
from generator.errors import ContentError, Problem, SiteErrors
from generator.front_matter import decode, split
from generator.markdown import RULES_VERSION, render_body
from generator.model import Body, Facts, MarkdownOptions, Slot, Struct
from generator.read import Document, read_bounded
from generator.text import digest, reading_minutes
from generator.workers import Workers


class Digest(Struct):
    """What the stages need to know of a body without its HTML: facts, slots, and the *key* under which it lies.

    *face* is the digest of all that other pages can see of a body: while it stays, only the body's own page changes.
    """

    key: str
    face: str
    facts: Facts
    slots: tuple[Slot, ...]


class Bodies(NamedTuple):
    """Every body's digest by source path, and how many had to be rendered."""

    by_path: dict[str, Digest]
    rendered: int


def body_key(body_digest: str, language: str, options: MarkdownOptions) -> str:
    """The key of a body: its text, its language, the Markdown options and the rules' version."""
    return digest(body_digest, language, msgspec.msgpack.encode(options), RULES_VERSION)


def render_bodies(
    root: Path, documents: Iterable[Document], options: MarkdownOptions, cache: Cache, workers: Workers
) -> Bodies:
    """Bodies of all *documents*, from the cache where their text is known."""
    wanted = {
        doc.source_path: (doc, body_key(doc.parsed.body_digest, doc.language, options)) for doc in documents
    }
    keys = list({key for _, key in wanted.values()})
    decoder = msgspec.msgpack.Decoder(Digest)
    with damage_reported():
        known = {key: decoder.decode(payload) for key, payload in cache.get("facts", keys).items()}
    if known:
        present = cache.has("bodies", keys)
        known = {key: value for key, value in known.items() if key in present}
    tasks: dict[str, BodyTask] = {}
    for doc, key in wanted.values():
        if key not in known and key not in tasks:
            tasks[key] = (key, doc.source_path, doc.language, doc.parsed.body_digest)
    problems: list[Problem] = []
    setup = (str(root), options)
    for results in workers.map(render_files, setup, tasks.values(), 40, len(tasks), stage="bodies"):
        bodies: list[tuple[str, bytes]] = []
        digests: list[tuple[str, bytes]] = []
        for key, body, digested, problem in results:
            if problem is not None:
                problems.append(problem)
                continue
            bodies.append((key, body))
            digests.append((key, digested))
            known[key] = decoder.decode(digested)
        cache.put("bodies", bodies)
        cache.put("facts", digests)
    if problems:
        raise SiteErrors(problems)
    return Bodies({path: known[key] for path, (_, key) in wanted.items()}, len(tasks))


BodyTask = tuple[str, str, str, str]
BodyResult = tuple[str, bytes, bytes, Problem | None]


def render_files(setup: tuple[str, MarkdownOptions], tasks: Sequence[BodyTask]) -> list[BodyResult]:
    """Render the bodies of *tasks*: (key, encoded Body, encoded Digest, what went wrong) for each; for workers."""
    root, options = setup
    encode: Callable[[object], bytes] = msgspec.msgpack.Encoder().encode
    results: list[BodyResult] = []
    for key, path, language, body_digest in tasks:
        try:
            text = read_body(root, path, body_digest)
        except ContentError as error:
            problem = Problem(error.message, error.line, error.column, error.hint, path)
            results.append((key, b"", b"", problem))
            continue
        body = render_body(text, language, options)
        digested = Digest(key, face_of(body.facts), body.facts, body.slots)
        results.append((key, encode(body), encode(digested), None))
    return results


def face_of(facts: Facts) -> str:
    """The digest of what lists, results, link checks and the manifest take from a body."""
    polls = tuple(msgspec.structs.replace(poll, line=0) for poll in facts.polls)
    face = (facts.anchors, polls, facts.summary, reading_minutes(facts.word_count))
    return digest(msgspec.msgpack.encode(face))


def read_body(root: str, path: str, body_digest: str) -> str:
    """The body's text; raises ContentError when the file is no longer the one that was read."""
    _, body, _ = split(decode(read_bounded(f"{root}/{path}", 0), path), path)
    if digest(body) != body_digest:
        raise ContentError("changed while it was being built", hint="build again")
    return body


def body_problems(document: Document, facts: Facts) -> list[Problem]:
    """A body's own problems with the file's path and line."""
    shift = document.parsed.body_line - 1
    return [
        msgspec.structs.replace(p, source_path=document.source_path, line=p.line + shift if p.line else 0)
        for p in facts.problems
    ]


def decode_body(payload: bytes) -> Body:
    return decode_cached(payload, Body)
