"""The version of the rules, for cache keys: it changes whenever any of their code does."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import markdown_it
import mdit_py_plugins

from generator.text import digest

_HERE = Path(__file__).parent
# What the rules use from outside of their folder.
_BESIDE = ("errors.py", "model.py", "text.py")


def rules_version(folder: Path = _HERE) -> str:
    """A digest of the rules' source in *folder* and beside it, and of the versions of what they stand on."""
    files = sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix())
    files += [folder.parent / name for name in _BESIDE]
    source = [path.read_bytes().replace(b"\r\n", b"\n") for path in files]
    libraries = (markdown_it.__version__, mdit_py_plugins.__version__, unicodedata.unidata_version)
    return digest(*source, *libraries)
