"""Copies that programs leave beside an article: of syncing, of a merge, of a file manager. They would be pages of their own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Sequence

from generator.disk.names import is_markdown
from generator.ground.errors import Problem

RULE = "files"
_WORD = r"(?:copy|kopie|copie|copia|cópia|kopia|kopio|副本|コピー)"
# Names that only programs give.
_LEFT = re.compile(
    r"[ (._-](?:conflicted[ _]copy|case[ _]conflict|sync-conflict-\d{8}|in konflikt stehende kopie|copie en conflit|copia en conflicto)"
    r"|[._](?:local|remote|base|backup)[._]\d+$",
    re.IGNORECASE,
)
# Names that programs give, and people too: a copy where the other file lies beside it.
_COPIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(.+?) ?\(\d{1,3}\)",
        rf"(.+?)(?: - |[ _-])\(?{_WORD}\)?(?:[ _]?\(?\d{{1,3}}\)?)?",
        rf"(.+?) \([\w.]+ {_WORD}\)",
        rf"{_WORD} (?:of|von|de|di|af|av|van) (.+)",
    )
)


# Each name above holds one of these, so that names without any need no pattern.
_MARKS = ("(", "cop", "kop", "cóp", "副本", "コピー", "conf", "konf", "local", "remote", "base", "backup")


def left_copies(paths: Iterable[str]) -> list[Problem]:
    """An error for each Markdown file among *paths* whose name says that a program copied it from another."""
    files = sorted(path for path in paths if is_markdown(path))
    suspects = _suspects(files)
    present = frozenset(path.casefold() for path in files) if suspects else frozenset()
    return [
        _problem(path, original) for path in suspects if (original := _original(path, present)) is not None
    ]


def _suspects(files: Sequence[str]) -> list[str]:
    """The files whose names hold a mark, in order."""
    everything = "\n".join(files).casefold()
    held = [mark for mark in _MARKS if mark in everything]
    return [path for path in files if any(mark in path.casefold() for mark in held)] if held else []


def _original(path: str, present: Collection[str]) -> str | None:
    """The path that *path* is a copy of, ``""`` where the name does not say it; None where it is no copy."""
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    if _LEFT.search(stem):
        return ""
    for pattern in _COPIES:
        if found := pattern.fullmatch(stem):
            original = f"{folder}/{found[1]}{suffix}"
            if original.casefold() in present:
                return original
    return None


def _problem(path: str, original: str) -> Problem:
    of = f" of {original}" if original else " that a program left"
    hint = "delete it, or rename it if it is an article of its own"
    return Problem(
        f"this looks like a copy{of}, and would be a second page", hint=hint, source_path=path, rule=RULE
    )
