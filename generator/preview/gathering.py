"""When changed files are ripe for a look: at once for one saved file, once for a thousand, never in the midst of git."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

# One saved file waits only so long for company.
_ALONE = 0.004
# Several files, or a file that somebody may still be writing, wait for so much quiet …
_QUIET = 0.05
# … but not for ever.
_LONGEST = 2.0
# A lock that git left behind when it crashed does not stop the preview.
_LONGEST_GIT = 30.0


class Gathering:
    """Paths that changed; *held* says whether somebody (git) is in the midst of changing more. Times are seconds."""

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
        """*finished* where the system says that the file was closed after writing, or moved into place."""
        if not self._paths:
            self._first = now
        self._last = now
        self._paths[path] = finished

    def wait(self, now: float) -> float | None:
        """How long to wait before the next question; 0 when the paths may be taken, None while there are none."""
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
