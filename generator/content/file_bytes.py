"""The bytes of content files: read once, bounded in size, skipped where a stamp is still valid."""

from __future__ import annotations

import os
from pathlib import Path

from generator.content.front_matter.parse import MAX_BYTES
from generator.disk.content_tree import Source
from generator.disk.names import on_disk
from generator.disk.stamps import Seen, clock_ns
from generator.ground.errors import ContentError
from generator.ground.text import digest


def look_at(root: Path, source: Source, known: Seen | None) -> Seen:
    """A file with the digest of its bytes: *known* where its stamp is still valid, else read; raises OSError."""
    if known is not None and known.holds_for(source.stamp):
        return known
    looked = clock_ns()
    return Seen(source.stamp, looked, digest(Path(on_disk(f"{root}/{source.path}")).read_bytes()))


def _bytes_of(path: str, size: int) -> bytes:
    """A file's bytes; *size* is the expected number. Avoids a file object, which would cost as much as the reading."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        found = os.read(file, size + 1)
        while more := os.read(file, 65536):
            found += more
        return found
    finally:
        os.close(file)


def read_bounded(path: str, size: int) -> bytes:
    """A content file's bytes; raises ContentError where it is too large or cannot be read."""
    if size > MAX_BYTES:
        raise ContentError(
            f"has {size / 1e6:.0f} MB, an article may have {MAX_BYTES / 1e6:.0f} MB",
            hint="split the article; images lie beside it as files of their own",
        )
    try:
        try:
            return _bytes_of(path, size)
        except FileNotFoundError:
            return _bytes_of(on_disk(path), size)
    except OSError as error:
        raise ContentError(
            f"cannot be read ({error.strerror})", hint="check the file's permissions"
        ) from None
