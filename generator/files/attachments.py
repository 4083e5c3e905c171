"""Attachments: files that articles link to and that are not pages (a leaflet as PDF), named with fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.content.file_bytes import look_at
from generator.disk.cache import Cache
from generator.disk.content_tree import Source
from generator.disk.stamps import Seen
from generator.ground.errors import Problem
from generator.ground.model import Struct
from generator.ground.text import fingerprinted


class Attachment(Struct):
    """A file to copy: *output_path* below each site root, and the digest of its bytes."""

    source_path: str
    output_path: str
    digest: str


def read_attachments(
    root: Path, wanted: Iterable[str], others: Mapping[str, Source], cache: Cache
) -> tuple[dict[str, Attachment], list[Problem]]:
    """Attachments of those *wanted* source paths that exist among *others*; and a problem for each that cannot be read."""
    known = cache.seen_sources()
    found: dict[str, Attachment] = {}
    changed: dict[str, Seen] = {}
    problems: list[Problem] = []
    for path in sorted(set(wanted)):
        source = others.get(path)
        if source is None:
            continue
        try:
            seen = look_at(root, source, known.get(path))
        except OSError as error:
            problems.append(Problem(f"cannot be read ({error.strerror})", source_path=path))
            continue
        if seen is not known.get(path):
            changed[path] = seen
        found[path] = Attachment(path, f"assets/files/{fingerprinted(path, seen.digest)}", seen.digest)
    if changed:
        cache.replace_sources(changed, ())
    return found, problems
