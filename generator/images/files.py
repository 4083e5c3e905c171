"""What an image becomes: the files that are made of it, and what pages need to know of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from generator.model import Struct
from generator.text import digest

RASTER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
SUFFIXES = (".svg", *RASTER_SUFFIXES)


class Use(Struct):
    """Where an image is asked for: a document, with the place in it (0 where only the file is known)."""

    source_path: str
    line: int = 0
    column: int = 0


class Variant(Struct):
    """One file made of an image: *name* in the store, MIME type, size in pixels, digest and length of its bytes."""

    name: str
    type: str
    width: int
    height: int
    digest: str
    length: int


class Made(Struct):
    """What came of one image: *width* and *height* as pages show it (0 unknown), and its files.

    The *fallback* is the variant that every browser shows; without variants the file itself is published.
    A *problem* says why nothing could be made, *hint* what to do about it.
    """

    width: int = 0
    height: int = 0
    variants: tuple[Variant, ...] = ()
    fallback: int = 0
    problem: str = ""
    hint: str = ""


class ImageCopy(Struct):
    """A file to be published: below each site root, from *path* (relative to the project's root)."""

    output_path: str
    path: str
    digest: str


class ImageSet(Struct):
    """The widths of one format: MIME type, then (output_path, width) from narrow to wide."""

    type: str
    files: tuple[tuple[str, int], ...]


class ImageFile(Struct):
    """An image that pages show: *output_path* is the fallback, *widest_path* what a link to the image opens.

    *width* and *height* are those of its widest file in pixels, 0 where not known; *digest* is the source's.
    """

    source_path: str
    output_path: str
    widest_path: str
    digest: str
    width: int
    height: int
    copies: tuple[ImageCopy, ...]
    sets: tuple[ImageSet, ...] = ()


def write_stored(store: Path, name: str, content: bytes) -> str:
    """Put a made file into the store, whole or not at all; its digest."""
    temporary = store / f"{name}.{os.getpid()}.part"
    temporary.write_bytes(content)
    temporary.replace(store / name)
    return digest(content)


def scaled_widths(natural: int, wanted: Sequence[int]) -> tuple[int, ...]:
    """The widths to make of an image *natural* pixels wide: never more than it has, no two nearly alike."""
    if natural >= max(wanted):
        return tuple(sorted(set(wanted)))
    return (*sorted(width for width in set(wanted) if width <= natural * 0.87), natural)
