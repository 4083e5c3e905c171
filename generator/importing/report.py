"""The report of an import: what came, what changed, what could not be carried, by file and line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from generator.importing.entries import Note, Origin

# In the order of the report. The first word of each cause is its key.
CAUSES: dict[str, str] = {
    "damaged": "The source is damaged",
    "out": "Left out",
    "kept": "Left as it is here, since it was edited or made here",
    "gone": "Written by an earlier import and no longer public there: delete it here",
    "lost": "Could not be carried",
    "changed": "Changed on the way",
    "look": "To be looked at",
}
_SHOWN = 20


class Counts(msgspec.Struct):
    """How many files of each kind were written, and how many needed no writing."""

    articles: int = 0
    pages: int = 0
    people: int = 0
    files: int = 0
    written: int = 0
    unchanged: int = 0


class Report:
    """Collects notes, each once, and counts while an import runs."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._notes: dict[Note, None] = {}

    def note(self, cause: str, origin: Origin, what: str) -> None:
        assert cause in CAUSES
        self._notes[Note(cause, origin, what)] = None

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes)

    @property
    def damaged(self) -> bool:
        return any(note.cause == "damaged" for note in self._notes)

    def lines(self, dry_run: bool, shown: int = _SHOWN) -> Iterator[str]:
        """The report for people; of each cause at most *shown* notes."""
        counts = self.counts
        verb = "Would write" if dry_run else "Wrote"
        yield (
            f"{verb} {counts.written:,} of {counts.written + counts.unchanged:,} files: {counts.articles:,} articles, "
            f"{counts.pages:,} pages, {counts.people:,} people, {counts.files:,} pictures and other files came."
        )
        grouped: dict[str, list[Note]] = defaultdict(list)
        for note in self._notes:
            grouped[note.cause].append(note)
        for cause, heading in CAUSES.items():
            found = grouped.get(cause, [])
            if found:
                yield f"\n{heading} ({len(found):,}):"
                yield from (f"  {place_of(note.origin)}: {note.what}" for note in found[:shown])
                if len(found) > shown:
                    yield f"  … and {len(found) - shown:,} more; --json lists all"

    def as_json(self, dry_run: bool) -> dict[str, Any]:
        """The whole report for programs."""
        return {
            "dry_run": dry_run,
            **msgspec.structs.asdict(self.counts),
            "causes": dict(Counter(note.cause for note in self._notes)),
            "notes": [
                {"cause": note.cause, "file": note.origin.file, "line": note.origin.line, "what": note.what}
                for note in self._notes
            ],
        }


def place_of(origin: Origin) -> str:
    return f"{origin.file}:{origin.line}" if origin.line else origin.file
