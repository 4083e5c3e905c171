"""Everything that a build reads beside the articles, and a fingerprint by which a later one knows it again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.config import Config, read_config
from generator.lookup import CRISIS, GLOSSARY, TOPICS, read_data_file
from generator.project import Project
from generator.snapshot import Snapshot, read_snapshot
from generator.text import digest
from generator.tree import Tree, read_tree


class Inputs(NamedTuple):
    """*fingerprint* covers configuration, data files, snapshot and themes; the tree is known by its stamps."""

    config: Config
    tree: Tree
    data: dict[str, bytes]
    snapshot: Snapshot
    fingerprint: str


def read_inputs(project: Project) -> Inputs:
    """What is there now; raises SiteError where something cannot be read or understood."""
    config, config_raw = read_config(project.root)
    data = {path: read_data_file(project.root, path) for path in (GLOSSARY, CRISIS, TOPICS)}
    snapshot, snapshot_raw = read_snapshot(project.root)
    themes = digest(*_theme_parts(project))
    fingerprint = digest(config_raw, project.root.resolve().name, snapshot_raw, themes, *data.values())
    return Inputs(config, read_tree(project.root), data, snapshot, fingerprint)


def _theme_parts(project: Project) -> Iterator[bytes | str]:
    """Names and bytes of every file of every theme and of the elements; they are small and few."""
    folders = [*project.theme_path, *([project.elements] if project.elements else [])]
    for folder in folders:
        for path in sorted(_files(folder)):
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()
        yield "|"


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        for name in names:
            if not name.startswith("."):
                yield Path(parent) / name
