"""Which software makes the pages: a digest of the generator's own source and of the versions it stands on."""

from __future__ import annotations

import functools
import os
import re
import sys
from pathlib import Path

from generator.text import digest

_LIBRARIES = (
    "babel",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "msgspec",
    "pyyaml",
    "pillow",
)
# The doors order pages and show them; they cannot change one. Themes have a digest of their own.
_NOT_ASKED = frozenset({"bundled", "cli", "preview"})
_SEPARATORS = re.compile(r"[-_.]+")


@functools.cache
def software_digest() -> str:
    """Changes whenever the generator's source or a library that shapes its output does, so that nobody forgets to say so."""
    package = Path(__file__).parent
    parts: list[str | bytes] = [f"{name} {installed_version(name)}" for name in _LIBRARIES]
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package)
        if relative.parts[0] not in _NOT_ASKED:
            parts += [relative.as_posix(), path.read_bytes()]
    return digest(*parts)


def installed_version(name: str) -> str:
    """The version of an installed distribution, by its normalized name (``pillow``).

    Raises:
        importlib.metadata.PackageNotFoundError: it is not installed.
    """
    return _installed().get(name) or _version(name)


@functools.cache
def _installed() -> dict[str, str]:
    """Versions by normalized name, read from the names of the folders that installers leave: a tenth of the time that
    ``importlib.metadata`` takes to be imported.
    """
    found: dict[str, str] = {}
    for place in reversed(sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 - strings are all that is wanted
        except OSError:
            continue
        for entry in names:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").partition("-")
                found[_SEPARATORS.sub("-", name).lower()] = version
    return found


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)
