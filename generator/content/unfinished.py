"""Texts that `init` and `new` left for somebody to write, and that readers would see as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator.disk.content_tree import CONTENT_DIR
from generator.disk.names import on_disk

# How new texts mark what somebody must complete, in the languages of `init`.
TO_COMPLETE: Final = ("[To complete]", "[Por completar]")
# What earlier versions wrote without a mark.
_UNMARKED: Final = (
    "Welcome those who have just heard the word",
    "Da la bienvenida a quien acaba de oír el nombre",
    "A few words about this person.",
)
_MARKS: Final = tuple(mark.encode() for mark in (*TO_COMPLETE, *_UNMARKED))


def unfinished_texts(root: Path) -> list[str]:
    """The files below ``content/`` that wait to be completed, in order."""
    files = (path.relative_to(root).as_posix() for path in (root / CONTENT_DIR).rglob("*.md"))
    return unfinished_of(root, files)


def unfinished_of(root: Path, paths: Iterable[str]) -> list[str]:
    """Those of *paths*, relative to *root*, that wait to be completed, in order; one that cannot be read does not."""
    return sorted(path for path in paths if _is_unfinished(root / path))


def _is_unfinished(path: Path) -> bool:
    try:
        raw = Path(on_disk(str(path))).read_bytes()
    except OSError:
        return False
    return any(mark in raw for mark in _MARKS)
