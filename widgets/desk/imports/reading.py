"""Owns the file of old comments as it is read: places in memory, texts on the disk until their turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import unquote

import msgspec

from widgets.store.records import StoreError

FORMAT: Final = "gatherwell-comments"
_LARGEST_LINE: Final = 1_000_000
_INDEX: Final = re.compile(r"(?:/|^)index\.html?$")


class Head(msgspec.Struct, frozen=True):
    """The first line."""

    format: str
    version: int
    source: str


class Line(msgspec.Struct, frozen=True):
    """A comment as the file has it; `old-comments.schema.json` describes it."""

    id: str
    address: str
    name: str
    created: datetime
    text: str
    parent: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment goes, and where its line begins in the file."""

    key: str
    parent: str
    thread: str
    lang: str
    created: int
    offset: int


Threads = Callable[[Line], tuple[str, str] | None]  # the thread and the language of its page


@dataclass(frozen=True, slots=True)
class Places:
    """All comments that have a thread, every parent in front of its answers; `root` is "" where there is none above.

    `homeless` counts comments by the old address that leads to no page, or by the file that became none.
    """

    source: str
    places: tuple[Place, ...]
    homeless: Mapping[str, int]
    repeated: int
    parentless: int


def read_places(file: Path, threads: Threads) -> Places:
    """Raises StoreError with the line where the file is not one of comments."""
    found: dict[str, Place] = {}
    homeless: dict[str, int] = {}
    repeated = 0
    source = ""
    decoder = msgspec.json.Decoder(Line)
    with file.open("rb") as stream:
        source = _head(file, stream.readline(_LARGEST_LINE)).source
        number, offset = 1, stream.tell()
        while raw := stream.readline(_LARGEST_LINE):
            number += 1
            line = _line(file, number, raw, decoder)
            thread = threads(line)
            if line.id in found:
                repeated += 1
            elif thread is None:
                old = line.page or line.address
                homeless[old] = homeless.get(old, 0) + 1
            else:
                moment = int(_utc(line.created).timestamp())
                found[line.id] = Place(line.id, line.parent, *thread, moment, offset)
            offset += len(raw)
    ordered, parentless = in_order(found)
    return Places(source, ordered, homeless, repeated, parentless)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _head(file: Path, raw: bytes) -> Head:
    try:
        head = msgspec.json.decode(raw, type=Head)
    except msgspec.DecodeError:
        head = None
    if head is None or head.format != FORMAT:
        raise StoreError(f"{file}: is no file of comments; `gatherwell import` writes one.")
    if head.version != 1:
        raise StoreError(f"{file}: is of version {head.version}, and this one reads 1: upgrade Gatherwell.")
    return head


def _line(file: Path, number: int, raw: bytes, decoder: msgspec.json.Decoder[Line]) -> Line:
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise StoreError(
            f"{file}: line {number} is no comment, or is cut off; nothing was stored. Import the old site again."
        ) from None


def read_line(stream: BinaryIO, offset: int) -> Line:
    stream.seek(offset)
    return msgspec.json.decode(stream.readline(_LARGEST_LINE), type=Line)


def in_order(found: Mapping[str, Place]) -> tuple[tuple[Place, ...], int]:
    """Parents first, then by time. A parent that is missing, of another thread, or the end of a circle is none; how many had
    one of these."""
    answers: dict[str, list[Place]] = {}
    roots: list[Place] = []
    parentless = 0
    for place in found.values():
        above = found.get(place.parent)
        if above is not None and above.thread == place.thread and above is not place:
            answers.setdefault(above.key, []).append(place)
        else:
            parentless += bool(place.parent)
            roots.append(_alone(place))
    ordered = _below(roots, answers)
    if len(ordered) < len(found):  # what is left goes in circles: each is cut at its earliest comment
        seen = {place.key for place in ordered}
        left = sorted((one for one in found.values() if one.key not in seen), key=_time)
        for place in left:
            if place.key not in seen:
                parentless += 1
                answers[place.parent].remove(place)
                circle = _below([_alone(place)], answers)
                seen.update(one.key for one in circle)
                ordered += circle
    return tuple(ordered), parentless


def _below(roots: Iterable[Place], answers: Mapping[str, list[Place]]) -> list[Place]:
    ordered: list[Place] = []
    rank = sorted(roots, key=_time)
    while rank:
        ordered += rank
        rank = sorted((one for place in rank for one in answers.get(place.key, ())), key=_time)
    return ordered


def _alone(place: Place) -> Place:
    return Place(place.key, "", place.thread, place.lang, place.created, place.offset)


def _time(place: Place) -> tuple[int, str]:
    return place.created, place.key


def address_key(address: str) -> str:
    """What two ways of writing one old address have in common."""
    path = unquote(address).partition("?")[0].partition("#")[0]
    return _INDEX.sub("/", path).removesuffix(".html").strip("/").casefold()
