"""The list of outputs in the output folder: what was written there, whatever has become of the cache since."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

# It names published files only, so that it tells nothing when it is uploaded.
LIST = ".gatherwell-outputs"


def read_list(folder: Path) -> frozenset[str] | None:
    """The paths that the list in *folder* names; None where there is none."""
    try:
        text = (folder / LIST).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    lines = text.splitlines()
    # As it was written nearly always: then no line needs to be looked at.
    if ".." not in text and "\n/" not in f"\n{text}" and "\n".join((*lines, "")) == text:
        return frozenset(lines) - {""}
    return frozenset(line for line in lines if line and ".." not in line.split("/") and line[0] != "/")


def write_list(folder: Path, paths: Iterable[str]) -> None:
    """Replace the list where it names other paths."""
    content = "".join(f"{path}\n" for path in sorted(paths)).encode()
    target = folder / LIST
    if not target.exists() or target.read_bytes() != content:
        new = target.with_name(f"{LIST}.new")
        new.write_bytes(content)
        os.replace(new, target)  # noqa: PTH105
