"""The record of imports, ``.gatherwell/import.json``: which file each entry became, and the bytes that were written."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.disk.replacing import replace_file
from generator.ground.project import STATE_DIR

RECORD = f"{STATE_DIR}/import.json"


class Record(msgspec.Struct):
    """*files* are digests by path, of what the last import wrote; *entries* are paths by the key of an entry."""

    version: int = 1
    files: dict[str, str] = {}
    entries: dict[str, str] = {}


def read_record(root: Path) -> Record:
    """The record of earlier imports; empty where there is none, or where it is damaged.

    With an empty record every file that exists counts as made here, so that nothing is overwritten.
    """
    try:
        record = msgspec.json.decode((root / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError):
        return Record()
    return record if record.version == 1 else Record()


def write_record(root: Path, record: Record) -> None:
    ordered = Record(1, dict(sorted(record.files.items())), dict(sorted(record.entries.items())))
    replace_file(root / RECORD, msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
