"""Values about images: the files that are made of one, and what pages need to know of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.ground.model import Struct
from generator.ground.text import digest

RASTER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
SUFFIXES = (".svg", *RASTER_SUFFIXES)


class Use(Struct):
    """Where an image is used: a document, and line and column in it (0 where only the file is known)."""

    source_path: str
    line: int = 0
    column: int = 0


class WantedImage(NamedTuple):
    """The source path of an image that a page shows or links to, and where that is written."""

    path: str
    use: Use


class Variant(Struct):
    """One file made of an image: *name* in the store, MIME type, size in pixels, digest and length of its bytes."""

    name: str
    type: str
    width: int
    height: int
    digest: str
    length: int


class Made(Struct):
    """The result of making one image: *width* and *height* as pages show it (0: unknown), and its files.

    *fallback* is the index of the variant that every browser shows. Without variants the source itself is published.
    *problem* says why nothing could be made, *hint* what to do about it.
    """

    width: int = 0
    height: int = 0
    variants: tuple[Variant, ...] = ()
    fallback: int = 0
    problem: str = ""
    hint: str = ""


class ImageCopy(Struct):
    """A file to publish below each site root; *path*, relative to the project's root, holds its bytes."""

    output_path: str
    path: str
    digest: str


class SizedFile(NamedTuple):
    """A published file and its width in pixels."""

    output_path: str
    width: int


class ImageSet(Struct):
    """All files of one MIME type, from narrow to wide."""

    type: str
    files: tuple[SizedFile, ...]


class ImageFile(Struct):
    """An image that pages show: *output_path* is the fallback, *widest_path* the file that a link to the image opens.

    *width* and *height* are those of its widest file in pixels, 0 where not known; *digest* is that of the source.
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
    """Write a file into the store through a temporary file; returns the digest of its bytes."""
    temporary = store / f"{name}.{os.getpid()}.part"
    temporary.write_bytes(content)
    temporary.replace(store / name)
    return digest(content)


def scaled_widths(natural: int, wanted: Sequence[int]) -> tuple[int, ...]:
    """The widths to make of an image *natural* pixels wide: none above it, and none between 87 % of it and itself."""
    if natural >= max(wanted):
        return tuple(sorted(set(wanted)))
    return (*sorted(width for width in set(wanted) if width <= natural * 0.87), natural)
