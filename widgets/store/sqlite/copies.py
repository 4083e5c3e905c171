"""Owns copies of a store: where one may lie, and how it is made while the store is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from widgets.store.records import StoreError
from widgets.store.sqlite.files import is_ours, make_private, named

_OWN: Final = ("", "-wal", "-shm", "-turn")
_LEDGERS: Final = ("-ledger", "-erasures")


def own_files(store: Path) -> list[Path]:
    """The names of all files that a store consists of, those that are missing now included."""
    bases = [store, *(store.with_name(store.name + suffix) for suffix in _LEDGERS)]
    return [base.with_name(base.name + suffix) for base in bases for suffix in _OWN]


def demand_place(store: Path, target: Path) -> None:
    """Raises StoreError where a copy would replace a file of this store, another store with a log beside it, or anything
    that is no store."""
    demand_other(store, target)
    place = _followed(target)
    if place.with_name(f"{place.name}-wal").exists():
        raise StoreError(f"{target} is a store in use: name another place for the copy.")
    if place.exists() and not _is_a_copy(place):
        raise StoreError(
            f"{target} exists and is no copy of a store, so it is left as it is: name another place for the copy."
        )


def _is_a_copy(place: Path) -> bool:
    try:
        return place.is_file() and (place.stat().st_size == 0 or is_ours(place))
    except StoreError:
        return False


def demand_other(store: Path, copy: Path) -> None:
    """Raises StoreError where a name leads to a file of this store.

    Symbolic links are followed, as SQLite follows them; a hard link is another name of the same file.
    """
    place = _followed(copy)
    for own in (*own_files(store), *own_files(_followed(store))):
        if place == _followed(own) or _same_file(place, own):
            raise StoreError(f"{copy} is a file of the store itself: name another place for the copy.")


def write_copy(source: sqlite3.Connection, target: Path) -> None:
    """A consistent copy while others read and write, with its rows in the order of their keys, in one step.

    Raises StoreError; an earlier copy then stays as it was.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        make_private(part)
        source.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The copy could not be made ({named(error)}).") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Put a change of names on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _followed(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
