"""The folders of a project on this machine, and the options of one build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

STATE_DIR = ".gatherwell"
CARDS = f"{STATE_DIR}/cards"
THEMES_DIR = "themes"
# Stands among the names of conditions for the portfolio and the host that it shares with conditions.
PORTFOLIO = ""


class Project(NamedTuple):
    """*root* holds ``content/``, *out* is the folder to build into, *elements* holds the widgets' ES modules, if any."""

    root: Path
    out: Path
    elements: Path | None = None

    @property
    def state(self) -> Path:
        return self.root / STATE_DIR

    @property
    def bytecode(self) -> Path:
        """The folder of compiled templates; they are valid on one machine only."""
        return self.state / "bytecode"

    @property
    def cards(self) -> Path:
        """The folder of social cards that were drawn before."""
        return self.root / CARDS

    @property
    def theme_path(self) -> tuple[Path, ...]:
        """The folders in which themes are searched, the project's own first."""
        return (self.root / THEMES_DIR, bundled_themes())

    @property
    def out_key(self) -> str:
        """The output folder's name in the cache: relative to the root where it is inside, else absolute."""
        out, root = self.out.resolve(), self.root.resolve()
        return out.relative_to(root).as_posix() if out.is_relative_to(root) else out.as_posix()


class Options(NamedTuple):
    """Options of one build; *only* names conditions or :data:`PORTFOLIO`, empty for all; *jobs* counts processes.
    *keep_going* leaves files that are at fault out; *keeps_inputs* keeps what was
    built for ``build --withdrawals``, which names the files that it has *withdrawn*: links to them are no reason.
    """

    now: dt.datetime
    drafts: bool = False
    only: tuple[str, ...] = ()
    search: bool = True
    clean: bool = False
    keep_going: bool = False
    keeps_inputs: bool = True
    withdrawn: frozenset[str] = frozenset()
    jobs: int = 1


def bundled_themes() -> Path:
    """The folder of the themes that come with the generator: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "bundled" / THEMES_DIR
    return inside if inside.is_dir() else package.parent / THEMES_DIR
