"""Where a project lies on this machine, and what one build is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

STATE_DIR = ".gatherwell"
THEMES_DIR = "themes"
# Among the conditions of a build: the portfolio, and whatever conditions without a host of their own share.
PORTFOLIO = ""


class Project(NamedTuple):
    """A root with ``content/``, the folder to build into, and what the installation brings along.

    *bundled_themes* holds the themes that come with the generator; *elements* the widgets' ES modules, if any.
    """

    root: Path
    out: Path
    elements: Path | None = None

    @property
    def state(self) -> Path:
        return self.root / STATE_DIR

    @property
    def bytecode(self) -> Path:
        """Compiled templates, of one machine alone."""
        return self.state / "bytecode"

    @property
    def theme_path(self) -> tuple[Path, ...]:
        """Where themes are looked for: the project's own first."""
        return (self.root / THEMES_DIR, bundled_themes())

    @property
    def out_key(self) -> str:
        """The output folder as the cache names it: relative to the root where it lies inside."""
        out, root = self.out.resolve(), self.root.resolve()
        return out.relative_to(root).as_posix() if out.is_relative_to(root) else out.as_posix()


class Options(NamedTuple):
    """What one build is asked for; *only* names conditions, and :data:`PORTFOLIO`; none means all."""

    now: dt.datetime
    drafts: bool = False
    only: tuple[str, ...] = ()
    search: bool = True
    clean: bool = False
    jobs: int = 1


def bundled_themes() -> Path:
    """The themes of the installation: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "bundled" / THEMES_DIR
    return inside if inside.is_dir() else package.parent / THEMES_DIR
