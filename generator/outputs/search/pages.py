"""One result: the file with its card and text, and what its page contributes to the index."""

from __future__ import annotations

import msgspec

from generator.bodies.render import decode_body
from generator.bodies.terms.contribution import Contribution, Texts, contribution
from generator.bodies.terms.parts import Part, parts_of
from generator.bodies.terms.stems import Analyzer
from generator.disk.cache import BodyStore, CacheDamaged
from generator.outputs.search.records import Record

_json = msgspec.json.Encoder().encode


def read_parts(record: Record, bodies: BodyStore) -> tuple[Part, ...]:
    """The parts of a record's body; raises CacheDamaged where it is missing."""
    if not record.body:
        return ()
    payload = bodies.get(record.body)
    if payload is None:
        raise CacheDamaged("a body is missing")
    return parts_of(decode_body(payload))


def piece_content(record: Record, parts: tuple[Part, ...], stamp: str) -> bytes:
    """The file of a result; empty values are left out."""
    values = {
        "stamp": stamp,
        "url": record.url,
        "title": record.title,
        "type": record.type,
        "condition": record.label,
        "conditions": record.conditions,
        "summary": record.summary,
        "also": " · ".join(record.also),
        "means": " · ".join(record.meanings),
        "parts": parts,
    }
    return _json({name: value for name, value in values.items() if value}) + b"\n"


def contribution_of(record: Record, parts: tuple[Part, ...], analyzer: Analyzer) -> Contribution:
    """What the page of a record contributes."""
    texts = Texts(record.title, record.summary, " · ".join(record.also), " · ".join(record.meanings), parts)
    return contribution(texts, analyzer)
