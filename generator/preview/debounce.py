"""Debounces changes: one saved file is handled at once, a thousand together, none while git rewrites the tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

# One saved file is due after this time.
_ALONE = 0.004
# Several files, or one that may still be written to, are due after this time without a change …
_QUIET = 0.05
# … and after this time in any case.
_LONGEST = 2.0
# A lock file that git left behind after a crash is ignored after this time.
_LONGEST_GIT = 30.0


class Debounce:
    """Collects changed paths until they are due; *held* says whether git is changing more. Times are in seconds."""

    def __init__(self, held: Callable[[], bool] = lambda: False) -> None:
        self._held = held
        self._paths: dict[str, bool] = {}
        self._first = 0.0
        self._last = 0.0

    def __bool__(self) -> bool:
        return bool(self._paths)

    @property
    def is_held(self) -> bool:
        return bool(self._paths) and self._held()

    def note(self, path: str, finished: bool, now: float) -> None:
        """Add a path; *finished* where the system reported that the file was closed after writing, or moved into place."""
        if not self._paths:
            self._first = now
        self._last = now
        self._paths[path] = finished

    def wait(self, now: float) -> float | None:
        """Seconds until the paths are due; 0 when they may be taken, None while there are none."""
        if not self._paths:
            return None
        if self._held() and now - self._first < _LONGEST_GIT:
            return _QUIET
        alone = len(self._paths) == 1 and all(self._paths.values())
        ripe = self._first + _ALONE if alone else min(self._last + _QUIET, self._first + _LONGEST)
        return max(0.0, ripe - now)

    def take(self) -> frozenset[str]:
        paths = frozenset(self._paths)
        self._paths = {}
        return paths


def git_at_work(root: Path) -> Callable[[], bool]:
    """Whether git is rewriting the working tree around *root*: it holds ``index.lock`` meanwhile."""
    for folder in (root.resolve(), *root.resolve().parents):
        entry = folder / ".git"
        if entry.is_dir():
            return (entry / "index.lock").exists
        if entry.is_file():
            named = entry.read_text("utf-8", errors="replace").removeprefix("gitdir:").strip()
            return (folder / named / "index.lock").exists
    return lambda: False
