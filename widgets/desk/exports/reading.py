"""Owns the files of an export as they are read: each line by its type, and conversations as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from widgets.desk.exports.records import FILES, CommentRecord
from widgets.store.records import StoreError

Record = TypeVar("Record", bound=msgspec.Struct)


def read_records(folder: Path, record: type[Record]) -> Iterator[Record]:
    """The lines of a file. Raises StoreError with file, line and cause."""
    name = _file_of(record)
    decoder = msgspec.json.Decoder(record)
    if not (folder / name).is_file():  # a pipe would be waited for
        return
    with (folder / name).open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            try:
                yield decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise _refused(folder, name, number, f"is not of an export, or is cut off: {error}") from None


def demand_sound(folder: Path) -> None:
    """Read every file once, and store nothing. Raises StoreError with the first line that no export holds, or the file that is missing."""
    _demand_conversations(folder)
    for record in FILES.values():
        if record is not CommentRecord:
            for _ in read_records(folder, record):
                pass
    for name in FILES if folder.is_dir() else ():
        if not (folder / name).is_file():
            raise StoreError(
                f"{folder / name}: is missing; an export has it even where it is empty. Take the folder anew, or make an empty file."
            )


def _demand_conversations(folder: Path) -> None:
    """Each comment once, in a conversation of its own thread, below one that leads up to the first. A comment that is answered
    may be gone, but who answers around in a circle would be shown nowhere."""
    name = _file_of(CommentRecord)
    above: dict[str, str | None] = {}
    places: dict[str, tuple[int, str, str]] = {}
    for number, record in enumerate(read_records(folder, CommentRecord), 1):
        if record.id in places:
            raise _refused(folder, name, number, f"has the id of line {places[record.id][0]}.")
        above[record.id] = record.parent
        places[record.id] = (number, record.root, record.thread)
    leads_up: set[str] = set()
    for id_, (number, root, thread) in places.items():
        if root not in places or places[root][1:] != (root, thread):
            raise _refused(
                folder, name, number, "is of a conversation whose first comment is not in this thread."
            )
        if places[root][0] > number:
            raise _refused(folder, name, number, "stands in front of the first comment of its conversation.")
        parent = above[id_]
        if parent in places and places[parent][1] != root:
            raise _refused(folder, name, number, "answers a comment of another conversation.")
        way: set[str] = set()
        at: str | None = id_
        while at is not None and at not in leads_up:
            if at in way:
                raise _refused(folder, name, number, "is one of several that answer each other in a circle.")
            way.add(at)
            at = above.get(at)
        leads_up |= way


def _file_of(record: type[msgspec.Struct]) -> str:
    return next(name for name, kind in FILES.items() if kind is record)


def _refused(folder: Path, name: str, line: int, why: str) -> StoreError:
    return StoreError(f"{folder / name}: line {line} {why}")
