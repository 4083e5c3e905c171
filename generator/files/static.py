"""The files under ``static/``: published under their own names at the root of each host (favicon, CNAME, downloads)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.content.file_bytes import look_at
from generator.disk.cache import Cache
from generator.disk.content_tree import STATIC_DIR, Source
from generator.disk.stamps import Seen
from generator.files.assets import Asset
from generator.ground.errors import Problem
from generator.ground.model import Struct
from generator.site.permalinks import Root

# What the generator fills itself, without planning each file: a file in there might be overwritten unseen.
_OWN_FOLDERS = ("assets/", "search/")


class StaticFile(Struct):
    """A file to publish: its *source_path*, its *path* below each site root, and the digest of its bytes."""

    source_path: str
    path: str
    digest: str


def read_static(
    root: Path, sources: Mapping[str, Source], cache: Cache
) -> tuple[tuple[StaticFile, ...], list[Problem]]:
    """The files of ``static/``, and a problem for each that cannot be published."""
    known = cache.seen_sources()
    found: list[StaticFile] = []
    changed: dict[str, Seen] = {}
    problems: list[Problem] = []
    for source_path, source in sources.items():
        path = source_path.removeprefix(f"{STATIC_DIR}/")
        if path.casefold().startswith(_OWN_FOLDERS):
            folder = path.partition("/")[0]
            hint = "move it to another folder of static/"
            problems.append(
                Problem(f"/{folder}/ is the generator's own folder", source_path=source_path, hint=hint)
            )
        try:
            seen = look_at(root, source, known.get(source_path))
        except OSError as error:
            problems.append(Problem(f"cannot be read ({error.strerror})", source_path=source_path))
            continue
        if seen is not known.get(source_path):
            changed[source_path] = seen
        found.append(StaticFile(source_path, path, seen.digest))
    if changed:
        cache.replace_sources(changed, ())
    return tuple(found), problems


def plan_static(root_dir: Path, roots: Iterable[Root], files: Iterable[StaticFile]) -> Iterator[Asset]:
    """The copies on each of *roots*."""
    every = tuple(files)
    for root in roots:
        for file in every:
            source = str(root_dir / file.source_path)
            yield Asset(root.output_path(file.path), file.source_path, file.digest, source=source)


def published_paths(files: Iterable[StaticFile]) -> frozenset[str]:
    """The paths below each site root."""
    return frozenset(file.path for file in files)
