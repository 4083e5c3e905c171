"""Document → body: HTML with slots, and what it tells about itself. A body is a function of its own text alone."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.cache import Cache, damage_reported, decode_cached
from generator.errors import ContentError, Problem, SiteErrors
from generator.front_matter import Parsed, decode, split
from generator.markdown import RULES_VERSION, render_body
from generator.model import Body, Facts, MarkdownOptions, Slot, Struct
from generator.read import Beside, Document, read_bounded
from generator.text import digest, reading_minutes
from generator.workers import Workers

# Keys come in no order, so that each transaction writes most pages of the index anew: few and large ones write less.
_PUT_AT_ONCE = 400


class _Encoded(Struct):
    """A digest as the cache holds it; most builds look into few of them."""

    key: str
    face: str
    facts: msgspec.Raw
    slots: msgspec.Raw


class Digest:
    """What the stages need to know of a body without its HTML: facts, slots, and the *key* under which it lies.

    *face* is the digest of all that other pages can see of a body: while it stays, only the body's own page changes.
    Facts and slots are decoded when they are first asked for.
    """

    __slots__ = ("_facts", "_slots", "face", "key")

    def __init__(self, encoded: _Encoded) -> None:
        self.key, self.face = encoded.key, encoded.face
        self._facts: Facts | msgspec.Raw = encoded.facts
        self._slots: tuple[Slot, ...] | msgspec.Raw = encoded.slots

    @property
    def facts(self) -> Facts:
        if isinstance(self._facts, msgspec.Raw):
            with damage_reported():
                self._facts = _decode_facts(self._facts)
        return self._facts

    @property
    def slots(self) -> tuple[Slot, ...]:
        if isinstance(self._slots, msgspec.Raw):
            with damage_reported():
                self._slots = _decode_slots(self._slots)
        return self._slots


_decode_encoded = msgspec.msgpack.Decoder(_Encoded).decode
_decode_facts = msgspec.msgpack.Decoder(Facts).decode
_decode_slots = msgspec.msgpack.Decoder(tuple[Slot, ...]).decode


def decode_digest(payload: bytes) -> Digest:
    """A digest from its encoded form; raises CacheDamaged where it is something else."""
    with damage_reported():
        return Digest(_decode_encoded(payload))


class Bodies(NamedTuple):
    """Every body's digest by source path, and how many had to be rendered."""

    by_path: dict[str, Digest]
    rendered: int


def body_key(body_digest: str, language: str, options: MarkdownOptions) -> str:
    """The key of a body: its text, its language, the Markdown options and the rules' version."""
    return body_digest + _body_salt(language, options)


@functools.lru_cache(maxsize=256)
def _body_salt(language: str, options: MarkdownOptions) -> str:
    return digest(language, msgspec.msgpack.encode(options), RULES_VERSION)[:16]


class EarlyBodies:
    """Bodies made while their texts are read: in a build without a cache nearly all of them will be wanted.

    Hand ``beside()`` to ``read_documents`` and this to ``render_bodies``.
    """

    def __init__(self, options: MarkdownOptions, cache: Cache) -> None:
        self._options = options
        self._cache = cache
        self._waiting: list[BodyResult] = []
        self.by_key: dict[str, Digest] = {}

    def beside(self) -> Beside:
        return Beside(render_early, self._options, self.keep)

    def keep(self, results: Sequence[BodyResult]) -> None:
        self._waiting.extend(results)
        if len(self._waiting) >= _PUT_AT_ONCE:
            self.settle()
        self.by_key.update((key, decode_digest(digested)) for key, _, digested, _ in results)

    def settle(self) -> None:
        """Put what waits into the cache."""
        put_bodies(self._cache, self._waiting)
        self._waiting.clear()


def early_bodies(options: MarkdownOptions, cache: Cache) -> EarlyBodies | None:
    """None where a cache may know bodies already: then only the texts tell which are wanted."""
    return None if cache.holds_any("bodies") else EarlyBodies(options, cache)


def render_bodies(
    root: Path,
    documents: Iterable[Document],
    options: MarkdownOptions,
    cache: Cache,
    workers: Workers,
    early: EarlyBodies | None = None,
) -> Bodies:
    """Bodies of all *documents*, from the cache where their text is known."""
    salts: dict[str, str] = {}
    wanted: dict[str, tuple[Document, str]] = {}
    for doc in documents:
        if doc.language not in salts:
            salts[doc.language] = _body_salt(doc.language, options)
        wanted[doc.source_path] = doc, doc.parsed.body_digest + salts[doc.language]
    keys = {key for _, key in wanted.values()}
    if early is not None:
        early.settle()
        known = early.by_key
        rendered = len(known.keys() & keys)
    else:
        with damage_reported():
            facts = cache.get("facts", list(keys))
            known = {key: Digest(_decode_encoded(payload)) for key, payload in facts.items()}
        if known:
            present = cache.has("bodies", keys)
            known = {key: value for key, value in known.items() if key in present}
        rendered = 0
    tasks: dict[str, BodyTask] = {}
    for doc, key in wanted.values():
        if key not in known and key not in tasks:
            tasks[key] = (key, doc.source_path, doc.language, doc.parsed.body_digest)
    problems: list[Problem] = []
    setup = (str(root), options)
    for results in workers.map(render_files, setup, tasks.values(), 40, len(tasks), stage="bodies"):
        good = [result for result in results if result[3] is None]
        problems += [problem for *_, problem in results if problem is not None]
        put_bodies(cache, good)
        known.update((key, decode_digest(digested)) for key, _, digested, _ in good)
    if problems:
        raise SiteErrors(problems)
    return Bodies({path: known[key] for path, (_, key) in wanted.items()}, rendered + len(tasks))


BodyTask = tuple[str, str, str, str]
BodyResult = tuple[str, bytes, bytes, Problem | None]
"""Key, encoded Body, encoded Digest, what went wrong."""


def put_bodies(cache: Cache, results: Sequence[BodyResult]) -> None:
    """Keep bodies that were rendered, and their digests."""
    cache.put_all(
        {
            "bodies": [(key, body) for key, body, _, _ in results],
            "facts": [(key, digested) for key, _, digested, _ in results],
        }
    )


def render_early(options: MarkdownOptions, language: str, parsed: Parsed, text: str) -> BodyResult:
    """The body of a text that was just read; for workers."""
    return _render(body_key(parsed.body_digest, language, options), text, language, options)


def render_files(setup: tuple[str, MarkdownOptions], tasks: Sequence[BodyTask]) -> list[BodyResult]:
    """Render the bodies of *tasks*; for workers."""
    root, options = setup
    results: list[BodyResult] = []
    for key, path, language, body_digest in tasks:
        try:
            text = read_body(root, path, body_digest)
        except ContentError as error:
            problem = Problem(error.message, error.line, error.column, error.hint, path)
            results.append((key, b"", b"", problem))
            continue
        results.append(_render(key, text, language, options))
    return results


def _render(key: str, text: str, language: str, options: MarkdownOptions) -> BodyResult:
    body = render_body(text, language, options)
    digested = {"key": key, "face": face_of(body.facts), "facts": body.facts, "slots": body.slots}
    # Beside its HTML, a page and the search index ask a body for its notes and polls; the rest stands in the digest.
    kept = Facts(polls=body.facts.polls, footnotes=body.facts.footnotes)
    return key, _encode(Body(body.html, body.slots, kept)), _encode(digested), None


_encode: Callable[[object], bytes] = msgspec.msgpack.Encoder().encode


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
