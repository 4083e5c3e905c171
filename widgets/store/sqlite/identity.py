"""Owns whether a store's files are still those that were opened: SQLite goes on writing into a file that was moved,
deleted or replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from widgets.store.records import Busy

_PARTS: Final = ("", "-wal", "-shm")


class FileIdentity:
    """The device and inode of a database, its write-ahead log and its index, as they are now.

    Made while a connection is open, which keeps log and index in place. On Windows an open file can be neither moved
    nor replaced; the check is the same there.
    """

    def __init__(self, path: Path) -> None:
        self._opened = {
            path.with_name(path.name + part): _identity(path.with_name(path.name + part)) for part in _PARTS
        }

    def demand(self) -> None:
        """Raises Busy where a name leads to another file, or to none: what is written would be lost."""
        for path, opened in self._opened.items():
            if _identity(path) != opened:
                raise Busy(
                    f"{path} is not the file that was opened: it was moved, deleted or replaced. Nothing is written; put "
                    "it back, or restart the function."
                )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
