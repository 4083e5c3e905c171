"""The stamps of every file that a plan is made of, to find changes that file watches missed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.content.config import CONFIG_NAME
from generator.content.snapshot import EARLIER, SNAPSHOT
from generator.disk.content_tree import Tree
from generator.disk.stamps import Stamp, stamp_of
from generator.ground.project import Project


def stamps_of(tree: Tree) -> dict[str, Stamp]:
    """The stamps of all files under ``content/`` and ``static/``, by path."""
    stamps = {source.path: source.stamp for source in tree.markdown}
    stamps.update((path, source.stamp) for path, source in (tree.others | tree.static).items())
    return stamps


def stamps_of_settings(project: Project) -> dict[str, Stamp]:
    """The stamps of settings, snapshot, themes and elements, by path; a missing file has none."""
    stamps = {}
    for path in (CONFIG_NAME, SNAPSHOT, EARLIER, *_theme_files(project)):
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
