"""Documents to bodies: HTML with slots, and facts. A body is a function of its own text, language and options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.bodies.keys import body_key, face_of
from generator.bodies.markdown import load_rules, render_body
from generator.bodies.wording import wording_of
from generator.content.file_bytes import read_bounded
from generator.content.front_matter.parse import Parsed, decode, split
from generator.content.read import AlsoRender, Document
from generator.disk.cache import Cache, damage_reported, decode_cached
from generator.disk.names import is_markdown
from generator.ground.errors import ContentError, Problem, SiteErrors
from generator.ground.model import (
    Body,
    Facts,
    ImageSlot,
    LinkSlot,
    MarkdownOptions,
    MediaSlot,
    Slot,
    Struct,
)
from generator.ground.text import digest
from generator.processes.workers import Stage, Workers

# Keys are random, so each transaction rewrites most pages of the index: few large transactions write less.
_PUT_AT_ONCE = 400


class _Encoded(Struct):
    """Body info as the cache holds it; facts and slots stay encoded, since most builds read few of them."""

    key: str
    face: str
    facts: msgspec.Raw
    slots: msgspec.Raw
    files: bool = False


class BodyInfo:
    """What is known of a body without its HTML: facts, slots, and the *key* under which the cache holds it.

    *face* is the digest of all that other pages can see of a body: while it is equal, only the body's own page can
    change. *files* says whether any slot may name a file that is no page. Facts and slots are decoded at first use.
    """

    __slots__ = ("_facts", "_slots", "face", "files", "key")

    def __init__(self, encoded: _Encoded) -> None:
        self.key, self.face, self.files = encoded.key, encoded.face, encoded.files
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


def decode_body_info(payload: bytes) -> BodyInfo:
    """Body info from its encoded form; raises CacheDamaged where it is something else."""
    with damage_reported():
        return BodyInfo(_decode_encoded(payload))


class Bodies(NamedTuple):
    """Body info by source path, and how many bodies were rendered because no cache held them."""

    by_path: dict[str, BodyInfo]
    rendered: int


class Prerendered:
    """Bodies rendered while their texts are read, in a build whose cache holds none: nearly all will be needed.

    Pass ``also_render()`` to ``read_documents`` and this to ``render_bodies``.
    """

    def __init__(self, options: MarkdownOptions, cache: Cache) -> None:
        self._options = options
        self._cache = cache
        self._pending: list[BodyResult] = []
        self.by_key: dict[str, BodyInfo] = {}

    def also_render(self) -> AlsoRender:
        return AlsoRender(render_early, self._options, self.keep)

    def keep(self, results: Sequence[BodyResult]) -> None:
        self._pending.extend(results)
        if len(self._pending) >= _PUT_AT_ONCE:
            self.flush()
        self.by_key.update((key, decode_body_info(digested)) for key, _, digested, _ in results)

    def flush(self) -> None:
        """Write pending bodies into the cache."""
        put_bodies(self._cache, self._pending)
        self._pending.clear()


def prerender(options: MarkdownOptions, cache: Cache) -> Prerendered | None:
    """A new Prerendered; None where the cache holds bodies: then the texts must be read to tell which are missing."""
    if cache.holds_any("bodies"):
        return None
    load_rules()
    return Prerendered(options, cache)


def render_bodies(
    root: Path,
    documents: Iterable[Document],
    options: MarkdownOptions,
    cache: Cache,
    workers: Workers,
    prerendered: Prerendered | None = None,
) -> Bodies:
    """Bodies of all *documents*, from the cache where it holds them; raises SiteErrors."""
    wanted = _keys(documents, options)
    keys = {key for _, key in wanted.values()}
    known: dict[str, BodyInfo]
    if prerendered is not None:
        prerendered.flush()
        known, rendered = prerendered.by_key, len(prerendered.by_key.keys() & keys)
    else:
        known, rendered = _cached(cache, keys), 0
    tasks: dict[str, BodyTask] = {}
    for document, key in wanted.values():
        if key not in known and key not in tasks:
            tasks[key] = (key, document.source_path, document.language, document.parsed.body_digest)
    known.update(_render_all((str(root), options), list(tasks.values()), cache, workers))
    return Bodies({path: known[key] for path, (_, key) in wanted.items()}, rendered + len(tasks))


def _keys(documents: Iterable[Document], options: MarkdownOptions) -> dict[str, tuple[Document, str]]:
    """Each document with the key of its body, by source path."""
    return {
        document.source_path: (
            document,
            body_key(document.parsed.body_digest, document.language, options),
        )
        for document in documents
    }


def _cached(cache: Cache, keys: Collection[str]) -> dict[str, BodyInfo]:
    """The bodies that the cache holds, info and HTML both."""
    with damage_reported():
        infos = cache.get("facts", list(keys))
        known = {key: BodyInfo(_decode_encoded(payload)) for key, payload in infos.items()}
    present = cache.has("bodies", keys) if known else set()
    return {key: info for key, info in known.items() if key in present}


def _render_all(
    setup: tuple[str, MarkdownOptions], tasks: Sequence[BodyTask], cache: Cache, workers: Workers
) -> dict[str, BodyInfo]:
    """Render *tasks* in workers and cache them; raises SiteErrors where texts cannot be read, after all others."""
    made: dict[str, BodyInfo] = {}
    problems: list[Problem] = []
    if tasks:
        load_rules()
    for results in workers.map(render_files, setup, tasks, len(tasks), Stage("bodies", 40)):
        good = [result for result in results if result[3] is None]
        problems += [problem for *_, problem in results if problem is not None]
        put_bodies(cache, good)
        made.update((key, decode_body_info(info)) for key, _, info, _ in good)
    if problems:
        raise SiteErrors(problems)
    return made


BodyTask = tuple[str, str, str, str]
BodyResult = tuple[str, bytes, bytes, Problem | None]
"""Key, encoded Body, encoded BodyInfo, problem or None."""


def put_bodies(cache: Cache, results: Sequence[BodyResult]) -> None:
    """Write rendered bodies and their info into the cache."""
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
    facts = msgspec.structs.replace(body.facts, wording=wording_of(text, language))
    digested = {
        "key": key,
        "face": face_of(facts),
        "facts": facts,
        "slots": body.slots,
        "files": any(map(may_name_file, body.slots)),
    }
    # A page and the search index read footnotes and polls with the HTML; other facts stand in the info alone.
    kept = Facts(polls=body.facts.polls, footnotes=body.facts.footnotes)
    return key, _encode(Body(body.html, body.slots, kept)), _encode(digested), None


def may_name_file(slot: Slot) -> bool:
    """Whether a slot shows or links to anything that is no page and no anchor."""
    if isinstance(slot, LinkSlot):
        target = slot.target.partition("#")[0].partition("?")[0]
        return bool(target) and not is_markdown(target)
    return isinstance(slot, ImageSlot | MediaSlot)


_encode: Callable[[object], bytes] = msgspec.msgpack.Encoder().encode


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
