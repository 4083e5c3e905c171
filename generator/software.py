"""Which software makes the pages: a digest of the generator's own source and of the versions it stands on."""

from __future__ import annotations

import functools
from importlib.metadata import version
from pathlib import Path

from generator.text import digest

_LIBRARIES = ("babel", "jinja2", "markdown-it-py", "mdit-py-plugins", "msgspec", "pyyaml", "pillow")


@functools.cache
def software_digest() -> str:
    """Changes whenever the generator's source or a library that shapes its output does, so that nobody forgets to say so."""
    package = Path(__file__).parent
    parts: list[str | bytes] = [f"{name} {version(name)}" for name in _LIBRARIES]
    for path in sorted(package.rglob("*.py")):
        if "bundled" not in path.parts:
            parts += [path.relative_to(package).as_posix(), path.read_bytes()]
    return digest(*parts)
