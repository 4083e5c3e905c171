"""What the disk says of every file that a proof is made of, to find changes that nobody told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.config import CONFIG_NAME
from generator.project import STATE_DIR, Project
from generator.stamps import Stamp, stamp_of
from generator.tree import Tree

SNAPSHOT = f"{STATE_DIR}/snapshot.json"


def stamps_of(tree: Tree) -> dict[str, Stamp]:
    """Of all that lies under ``content/``, by path."""
    stamps = {source.path: source.stamp for source in tree.markdown}
    stamps.update((path, source.stamp) for path, source in tree.others.items())
    return stamps


def stamps_beside(project: Project) -> dict[str, Stamp]:
    """Of the configuration, the snapshot, the themes and the elements; a file that is not there has none."""
    stamps = {}
    for path in (CONFIG_NAME, SNAPSHOT, *_theme_files(project)):
        try:
            stamps[path] = stamp_of((project.root / path).stat())
        except OSError:
            continue
    return stamps


def differing(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> tuple[str, ...]:
    return tuple(sorted(path for path in now.keys() | before.keys() if now.get(path) != before.get(path)))


def _theme_files(project: Project) -> Iterator[str]:
    for folder in (*project.theme_path, *([project.elements] if project.elements else [])):
        for parent, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith((".", "__"))]
            yield from (str(Path(parent).absolute() / name) for name in names if not name.startswith("."))
