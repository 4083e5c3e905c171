"""The inputs of the last build that succeeded, so that a withdrawal never waits until somebody has mended a fault.

Nothing of members is kept: their words come from the newest snapshot.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from generator.content.config import CONFIG_NAME
from generator.disk.content_tree import Tree
from generator.disk.names import on_disk
from generator.ground.project import THEMES_DIR, Project
from generator.processes.workers import Stage, Workers

# Bytes from which a file is linked and no part of the database: pictures, leaflets.
_LARGE = 200_000
_NAME = "files.sqlite"
_SCHEMA = "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INT, mtime INT, content BLOB) WITHOUT ROWID"
_STAGE = Stage("keeping", 200)
_Stamps = dict[str, tuple[int, int]]


class _Input(NamedTuple):
    """A file to keep, with its size and time."""

    path: str
    size: int
    mtime: int


def keep_inputs(project: Project, tree: Tree, workers: Workers) -> None:
    """Keep the inputs of *project*; only what has another size or time than what is kept is read, in *workers*."""
    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    stamps: _Stamps = dict(_inputs(project, tree))
    with closing(_open(folder)) as db, db:
        known: _Stamps = {
            row[0]: (row[1], row[2]) for row in db.execute("SELECT path, size, mtime FROM files")
        }
        gone = known.keys() - stamps.keys()
        db.executemany("DELETE FROM files WHERE path=?", ((path,) for path in gone))
        changed = [_Input(path, *stamp) for path, stamp in stamps.items() if known.get(path) != stamp]
        setup = str(project.root), str(folder)
        for rows in workers.map(keep_files, setup, changed, len(changed), _STAGE):
            db.executemany("INSERT OR REPLACE INTO files VALUES (?,?,?,?)", rows)
    for path in gone:
        (folder / path).unlink(missing_ok=True)


def keeps_inputs(project: Project) -> bool:
    """Whether inputs of *project* are kept."""
    return (_folder(project) / _NAME).is_file()


def lay_out_kept(project: Project, target: Path) -> bool:
    """Write the kept inputs into the folder *target*, as a project; False where none are kept."""
    folder = _folder(project)
    if not keeps_inputs(project):
        return False
    with closing(_open(folder)) as db:
        for path, content in db.execute("SELECT path, content FROM files"):
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                shutil.copyfile(folder / path, file)
            else:
                file.write_bytes(zlib.decompress(content))
    return True


def _folder(project: Project) -> Path:
    return project.state / "last-good"


def _open(folder: Path) -> sqlite3.Connection:
    """The database in *folder*; a damaged one is begun anew."""
    try:
        db = sqlite3.connect(folder / _NAME, timeout=60)
        db.execute(_SCHEMA)
    except sqlite3.DatabaseError:
        db.close()
        (folder / _NAME).unlink()
        db = sqlite3.connect(folder / _NAME, timeout=60)
        db.execute(_SCHEMA)
    return db


def _inputs(project: Project, tree: Tree) -> Iterator[tuple[str, tuple[int, int]]]:
    """The path of each file that a build reads, with its size and time."""
    for source in (*tree.markdown, *tree.others.values(), *tree.static.values()):
        yield source.path, (source.stamp.size, source.stamp.mtime)
    for file in (project.root / CONFIG_NAME, *sorted((project.root / THEMES_DIR).rglob("*"))):
        if file.is_file():
            stat = file.stat()
            yield file.relative_to(project.root).as_posix(), (stat.st_size, stat.st_mtime_ns)


def keep_files(setup: tuple[str, str], files: Sequence[_Input]) -> list[tuple[str, int, int, bytes | None]]:
    """The rows of *files* in the database; for workers."""
    root, folder = setup
    return [(*file, _kept(root, Path(folder), file.path, file.size)) for file in files]


def _kept(root: str, folder: Path, path: str, size: int) -> bytes | None:
    """The compressed bytes of a file; None for a large one, which becomes a link, or a copy where that does not work."""
    source = on_disk(f"{root}/{path}")
    if size < _LARGE:
        with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - called for every text
            return zlib.compress(file.read(), 1)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with suppress(OSError):
        os.link(source, target)
    if not target.exists():
        shutil.copyfile(source, target)
    return None
