"""The version of the rules for cache keys, a digest of their source."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import markdown_it
import mdit_py_plugins

from generator.ground.text import digest

_HERE = Path(__file__).parent
# Modules of the room ground that the rules use.
_GROUND = ("errors.py", "model.py", "text.py")


def rules_version(folder: Path = _HERE) -> str:
    """A digest of the source in *folder* and of what it uses of the room ground, and of the libraries' versions."""
    files = sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix())
    files += [folder.parents[1] / "ground" / name for name in _GROUND]
    source = [path.read_bytes().replace(b"\r\n", b"\n") for path in files]
    libraries = (markdown_it.__version__, mdit_py_plugins.__version__, unicodedata.unidata_version)
    return digest(*source, *libraries)
