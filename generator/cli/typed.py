"""How the command was called, and texts that name its next steps in the same way."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

NAME: Final = "gatherwell"
_NAMED: Final = re.compile(rf"(?<=`){NAME}(?= [a-z])")
Which = Callable[[str], str | None]


def typed(argv: Sequence[str] | None = None, which: Which = shutil.which) -> str:
    """What somebody has to type for this very command: its name where the shell finds it, else its path.

    Programs that call the command line as a library get the bare name.
    """
    called = (sys.argv if argv is None else argv)[:1]
    path = Path(called[0]) if called else Path(NAME)
    if path.name == "__main__.py" and path.parent.name == "cli":
        return f"{_found(Path(sys.executable), which)} -m generator.cli"
    return _found(path, which) if path.stem == NAME else NAME


def _found(path: Path, which: Which) -> str:
    """The name of a program if the shell finds this one by it, else its path, quoted where it has to be."""
    on_path = which(path.stem)
    if on_path is not None and _same(Path(on_path), path):
        return path.stem
    return shlex.quote(str(path)) if path.anchor or len(path.parts) > 1 else path.stem


def _same(one: Path, other: Path) -> bool:
    # No resolving of links: the python of an environment is a link to another, and not the same.
    return one.absolute() == other.absolute()


def as_typed(text: str) -> str:
    """*text* with each `gatherwell …` in backticks as this process was called."""
    return _NAMED.sub(lambda _: typed(), text)
