"""Finds the file that an address of the old site meant, in folders on this machine and never outside of them."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SIZED = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled|rotated|e\d{10,})(?=\.[A-Za-z0-9]+$)")


class Folder:
    """A folder with files of the old site; *prefixes* are what addresses have before the path in it."""

    def __init__(self, folder: Path, prefixes: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self._real = Path(os.path.realpath(folder))
        self._prefixes = prefixes

    def find(self, address: str) -> Path | None:
        """The file, if it is there; of a scaled copy the original, if that is there too;
        of an original that is gone, what WordPress scaled it to."""
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            return None
        for wanted in self._inside(path):
            whole = _SIZED.sub("", wanted)
            stem, suffix = posixpath.splitext(whole)
            for candidate in dict.fromkeys((whole, wanted, f"{stem}-scaled{suffix}")):
                if (file := self._file(candidate)) is not None:
                    return file
        return None

    def _inside(self, path: str) -> list[str]:
        found = [path.partition(prefix)[2] for prefix in self._prefixes if prefix in path]
        return [*found, path.lstrip("/")]

    def _file(self, path: str) -> Path | None:
        if not path or "\0" in path:
            return None
        try:
            file = Path(os.path.realpath(self._folder / path.lstrip("/")))
            return file if file.is_relative_to(self._real) and file.is_file() else None
        except (OSError, ValueError):
            return None
