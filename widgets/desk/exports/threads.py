"""Owns the Markdown of an export: each public conversation, story and question as people read it, a file each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.desk.exports.private_files import private_file
from widgets.desk.exports.reading import read_records
from widgets.desk.exports.records import CommentRecord, VoiceRecord
from widgets.store.records import VISIBLE

_VOICES: Final = {"story": "stories", "question": "questions"}


def write_threads(contributions: Path, folder: Path, manifests: Sequence[Manifest]) -> None:
    """Write `<thread>.md` for each thread of the comments in `contributions`, which lie together there."""
    titles = {id_: thread.title for manifest in manifests for id_, thread in manifest.threads.items()}
    begun: set[str] = set()
    depths: dict[str, int] = {}
    for record in read_records(contributions, CommentRecord):
        depth = depths[record.id] = depths.get(record.parent or "", -1) + 1
        if record.state not in VISIBLE:
            continue
        with private_file(folder / f"{record.thread}.md", append=record.thread in begun) as stream:
            if record.thread not in begun:
                stream.write(f"# {titles.get(record.thread, record.thread)}\n".encode())
                begun.add(record.thread)
            stream.write(_written(record, depth).encode())


def write_voices(contributions: Path, folder: Path) -> None:
    """Write `stories/<condition>~<id>.md` and `questions/…` for all that `contributions` holds; `folder` is the export."""
    for record in read_records(contributions, VoiceRecord):
        about = [record.pseudonym and f"**{record.pseudonym}**", record.published, *record.content_notes]
        lines = [f"# {record.title}", "", ", ".join(part for part in about if part), "", record.text, ""]
        place = folder / _VOICES[record.kind] / f"{record.condition}~{record.id}.md"
        with private_file(place) as stream:
            stream.write("\n".join(lines).encode())


def _written(record: CommentRecord, depth: int) -> str:
    """Answers are quotations of quotations, as deep as they answer."""
    day = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d")
    lines = [f"**{record.pseudonym}**, {day}", "", *record.text.split("\n")]
    mark = ">" * depth
    return "\n" + "\n".join(f"{mark} {line}".strip() for line in lines) + "\n"
