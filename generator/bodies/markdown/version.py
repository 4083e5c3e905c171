"""The version of the rules for cache keys, a digest of their source."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from generator.disk.version import installed_version
from generator.ground.text import digest

_HERE = Path(__file__).parent
# Modules of the room ground that the rules use.
_GROUND = ("errors.py", "model.py", "text.py")


def rules_version(folder: Path = _HERE) -> str:
    """A digest of the source in *folder* and of what it uses of the room ground, and of the libraries' versions."""
    files = sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix())
    files += [folder.parents[1] / "ground" / name for name in _GROUND]
    source = [path.read_bytes().replace(b"\r\n", b"\n") for path in files]
    libraries = [installed_version(name) for name in ("markdown-it-py", "mdit-py-plugins")]
    return digest(*source, *libraries, unicodedata.unidata_version)
