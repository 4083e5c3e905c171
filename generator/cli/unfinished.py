"""Texts that `init` and `new` left for somebody to write, and that readers would see as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from generator.disk.content_tree import CONTENT_DIR

# How new texts mark what somebody must complete, in the languages of `init`.
TO_COMPLETE: Final = ("[To complete]", "[Por completar]")
# What earlier versions wrote without a mark.
_UNMARKED: Final = (
    "Welcome those who have just heard the word",
    "Da la bienvenida a quien acaba de oír el nombre",
    "A few words about this person.",
)


def unfinished_texts(root: Path) -> list[str]:
    """The files below ``content/`` that wait to be completed, in order."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in (root / CONTENT_DIR).rglob("*.md")
        if any(mark in path.read_text("utf-8", "replace") for mark in (*TO_COMPLETE, *_UNMARKED))
    )
