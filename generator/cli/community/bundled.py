"""Files that travel inside the wheel; in a checkout they lie in the repository's root."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parents[2]
CRISIS_LINES: Final = "content/_crisis.yaml"
HOSTS: Final = "deploy"


def bundled(path: str) -> Path:
    """The file or folder that is *path* in the repository."""
    inside = _PACKAGE / "bundled" / path
    return inside if inside.exists() else _PACKAGE.parent / path
