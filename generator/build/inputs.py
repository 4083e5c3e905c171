"""Everything that a build reads beside the articles, and a fingerprint by which a later one knows it again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.content.config import Config, read_config
from generator.content.simulated import SIMULATED, with_simulated
from generator.content.snapshot import Snapshot, read_snapshot
from generator.content.surveys.files import read_survey_files
from generator.disk.content_tree import Tree, read_tree
from generator.ground.errors import ThemeError
from generator.ground.project import Project
from generator.ground.text import digest
from generator.site.data_files import DATA_FILES, read_data_file


class Inputs(NamedTuple):
    """*settings* are the bytes of ``gatherwell.yaml``, *data* those of data files by path, instruments of surveys among them.

    *fingerprint* covers configuration, data files, snapshot and themes; *themes* is the digest of the last alone. The tree
    is known by its stamps.
    """

    config: Config
    settings: bytes
    tree: Tree
    data: dict[str, bytes]
    snapshot: Snapshot
    fingerprint: str
    themes: str


def read_inputs(project: Project) -> Inputs:
    """What is there now; raises SiteError where something cannot be read or understood."""
    config, settings = read_config(project.root)
    tree = read_tree(project.root)
    data = {path: read_data_file(project.root, path) for path in DATA_FILES}
    data |= read_survey_files(tree)
    snapshot, snapshot_raw = read_snapshot(project.root)
    snapshot = with_simulated(snapshot, data[SIMULATED], demonstration=config.demonstration)
    themes = digest(*_theme_parts(project))
    named = (part for path, raw in data.items() for part in (path, raw))
    fingerprint = digest(settings, project.root.resolve().name, snapshot_raw, themes, *named)
    return Inputs(config, settings, tree, data, snapshot, fingerprint, themes)


def _theme_parts(project: Project) -> Iterator[bytes | str]:
    """Names and bytes of every file of every theme and of the elements; they are small and few."""
    folders = [*project.theme_path, *([project.elements] if project.elements else [])]
    for folder in folders:
        for path in sorted(_files(folder)):
            yield path.relative_to(folder).as_posix()
            yield _theme_bytes(path, project.root)
        yield "|"


def _theme_bytes(path: Path, root: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        label = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        hint = "it is a link that leads nowhere: take it out, or mend it" if path.is_symlink() else ""
        raise ThemeError(f"cannot be read ({error.strerror})", label, hint=hint) from None


def _files(folder: Path, above: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The files below *folder*, behind links to folders too, since a theme may be such a link; *above* are the real paths
    of the folders around it, in which a link must not lead round.
    """
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield Path(entry.path)
        elif not entry.name.startswith("__"):
            yield from _files(Path(entry.path), above | {real})
