"""The files of a project as they are: copied out for an export, and into an empty project."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.content.config import CONFIG_NAME
from generator.content.snapshot import SNAPSHOT
from generator.disk.content_tree import CONTENT_DIR
from generator.disk.replacing import replace_file
from generator.ground.errors import ContentError
from generator.ground.project import THEMES_DIR

# What a site is made of. Nothing else is carried: no secret, no store, no repository, no output.
KEPT = (CONFIG_NAME, "claims.yaml", ".gitignore", "README.md", CONTENT_DIR, "static", THEMES_DIR)
PROJECT = "project"
SNAPSHOT_COPY = "snapshot.json"
HEAD = "export.json"  # says what the folder is; written last, so that half an export is none
FORMAT, VERSION = "gatherwell-export", 1


class Copied(NamedTuple):
    """How many files came, and which links were left where they are: they lead elsewhere."""

    files: int
    links: tuple[str, ...]


def copy_out(root: Path, folder: Path) -> Copied:
    """Copy the project in *root*, and the snapshot of its last pull, into *folder*."""
    files, links = 0, []
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            links.append(name)
            continue
        _copy(path, folder / PROJECT / name)
        files += 1
    if (root / SNAPSHOT).is_file():
        _copy(root / SNAPSHOT, folder / SNAPSHOT_COPY)
    return Copied(files, tuple(links))


def _files(root: Path) -> Iterator[Path]:
    for name in KEPT:
        place = root / name
        if place.is_symlink() or place.is_file():
            yield place
        for at, folders, names in os.walk(place):
            folders[:] = sorted(one for one in folders if not (Path(at) / one).is_symlink())
            yield from (Path(at) / one for one in sorted(names))


def _copy(source: Path, target: Path) -> None:
    replace_file(target, source.read_bytes())


def demand_export(folder: Path) -> None:
    """Raise ContentError where *folder* holds no export, or one in a form that this Gatherwell does not know."""
    try:
        head = json.loads((folder / HEAD).read_bytes())
    except (OSError, ValueError):
        head = None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        hint = "name the folder that `gatherwell export` wrote"
        raise ContentError("is no export of Gatherwell", str(folder), hint=hint)
    if head.get("version") != VERSION:
        hint = "import it with the Gatherwell that wrote it, or a newer one"
        raise ContentError(
            f"has version {head.get('version')!r}; this Gatherwell reads {VERSION}",
            str(folder / HEAD),
            hint=hint,
        )


def copy_in(folder: Path, root: Path) -> int:
    """Copy an export's project into *root*; how many files were written. Raises ContentError before anything is written where
    a file of another content stands there, or the export holds a link or a file that no project of an export has, such as a
    hook of git or a secret."""
    pairs: list[tuple[Path, Path]] = []
    for path in (folder / SNAPSHOT_COPY, *sorted((folder / PROJECT).rglob("*"))):
        if path.is_symlink():
            raise ContentError("is a symbolic link, which an export never holds", str(path))
        if path == folder / SNAPSHOT_COPY:
            continue
        name = path.relative_to(folder / PROJECT)
        if name.parts[0] not in KEPT:
            hint = f"take it out of the export; a project in it holds only {', '.join(KEPT)}"
            raise ContentError("is in no export", str(path), hint=hint)
        if path.is_file():
            pairs.append((path, root / name))
    if (folder / SNAPSHOT_COPY).is_file():
        pairs.append((folder / SNAPSHOT_COPY, root / SNAPSHOT))
    fresh = []
    for source, target in pairs:
        if not target.exists():
            fresh.append((source, target))
        elif target.read_bytes() != source.read_bytes():
            hint = "import into an empty folder; what stands there is left as it is"
            raise ContentError("is there already, with another content", str(target), hint=hint)
    for source, target in fresh:
        _copy(source, target)
    return len(fresh)
