"""Writes the output folder: temporary files first, then renames; removes only files that an earlier build wrote."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.disk.cache import Cache
from generator.disk.output_list import read_list, write_list
from generator.disk.output_scan import OutputScan
from generator.disk.stamps import Seen, Stamp, Written, clock_ns, stamp_of
from generator.ground.errors import OutputError, Problem
from generator.ground.text import digest

TEMPORARY = ".gatherwell-new"
# What the list alone names: neither stamp nor bytes are known.
_UNKNOWN = Written("", Seen(Stamp(0, 0, 0, 0), 0, ""))
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Fresh(NamedTuple):
    """A rendered output, with the digests of its view and of its bytes: in a temporary file, or in place already where
    the bytes are the same.
    """

    output_path: str
    view: str
    digest: str


class Staged(NamedTuple):
    """What a step of a build brought: *fresh* files to rename into place, files that are *kept* as they are, by output
    path, and what could not be done.
    """

    fresh: list[Fresh]
    kept: dict[str, Written]
    problems: list[Problem]


class Output(NamedTuple):
    """The output folder of one build, the outputs of earlier builds by path, and the scan of them, if there was one.

    *unlisted* are those that the cache alone knows, beside a list that names others: they may be gone, and somebody
    else's file may have come in their place.
    """

    folder: Path
    key: str
    before: Mapping[str, Written]
    scan: OutputScan | None = None
    unlisted: frozenset[str] = frozenset()

    @property
    def temporaries(self) -> Path:
        return self.folder / TEMPORARY


def open_output(folder: Path, key: str, cache: Cache, scan: OutputScan | None = None) -> Output:
    """The output folder, made where it is missing; temporary files of a killed build are removed.

    What the list there names and what the cache knows are joined: either may be older than the files, or come from
    elsewhere. Raises OutputError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = cache.written(key)
        # The scan has compared the two lists.
        listed = frozenset(written) if written and scan and scan.listed else read_list(folder)
        before = dict.fromkeys(listed or (), _UNKNOWN) | written
        unlisted = frozenset() if listed is None else written.keys() - listed
        output = Output(folder, key, before, scan if written else None, frozenset(unlisted))
        if output.temporaries.exists():
            shutil.rmtree(output.temporaries)
        output.temporaries.mkdir()
    except OSError as error:
        raise disk_error(folder, error) from None
    return output


@contextmanager
def discarding_temporaries(folder: Path) -> Iterator[None]:
    """Leave no temporaries in the output folder of a build that fails: they would be published with it."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        raise


def intact(output: Output, path: str) -> Written | None:
    """What an earlier build wrote at *path*, if the file still has the same bytes; with a new stamp where times changed.

    The view's digest may be empty (another version of the generator wrote the file). The digest of the bytes is known
    then too, so that a page with the same bytes is not written again.
    """
    known = output.before.get(path)
    if known is None or known is _UNKNOWN or (output.scan and path not in output.scan.doubtful):
        return None if known is _UNKNOWN else known
    full = f"{output.folder}/{path}"
    try:
        stamp = stamp_of(os.lstat(full))
    except OSError:
        return None
    if known.file.holds_for(stamp):
        return known
    if stamp.size != known.file.stamp.size:
        return None
    looked = clock_ns()
    try:
        with open(full, "rb") as file:  # noqa: PTH123 - called for every output
            unchanged = digest(file.read()) == known.file.digest
    except OSError:
        return None
    return Written(known.view, Seen(stamp, looked, known.file.digest)) if unchanged else None


def write_temporary(temporaries: str, output_path: str, content: bytes) -> None:
    """Write an output to a temporary file; raises OutputError on a full or read-only disk."""
    path = f"{temporaries}/{output_path}"
    folder = path.rpartition("/")[0]
    try:
        # Nearly every page has a folder of its own, so making it is tried first.
        try:
            os.mkdir(folder)  # noqa: PTH102 - called for every output
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        _write(path, content)
    except OSError as error:
        raise disk_error(Path(temporaries).parent, error) from None


def _write(path: str, content: bytes) -> None:
    # Called for every output. A file object would make three more system calls.
    file = os.open(path, _NEW, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
    finally:
        os.close(file)


class Committed(NamedTuple):
    """How many files were written and removed."""

    written: int
    removed: int


def commit(
    output: Output, fresh: Iterable[Fresh], kept: Mapping[str, Written], cache: Cache, state: bytes
) -> Committed:
    """Rename all temporary files into place, remove outputs that are in neither *fresh* nor *kept*, record both.

    A build that is killed here leaves each file old or new. Paths are claimed before the renames, so that the next build
    may remove the files. Stamps are recorded after them, so that the next build trusts none of these files.
    """
    new = list(fresh)
    paths = {item.output_path for item in new} | set(kept)
    gone = [path for path in output.before if path not in paths]
    removable = [path for path in gone if path not in output.unlisted or intact(output, path)]
    changed: dict[str, Written] = {}
    try:
        _refuse_obstacles(output, {item.output_path for item in new}, set(removable))
        cache.forget_state(output.key)
        cache.claim(output.key, (item.output_path for item in new))
        claimed = paths.union(output.before)
        write_list(output.folder, claimed)
        removed = _remove(output.folder, in_the_way(removable, (item.output_path for item in new)))
        _merge(str(output.temporaries), str(output.folder))
        removed += _remove(output.folder, removable)
        for item in new:
            stamp = stamp_of(os.lstat(f"{output.folder}/{item.output_path}"))
            changed[item.output_path] = Written(item.view, Seen(stamp, clock_ns(), item.digest))
        if claimed != paths:
            write_list(output.folder, paths)
    except OSError as error:
        raise disk_error(output.folder, error) from None
    changed.update(_stamped_anew(output, kept))
    cache.record(output.key, changed, gone, state)
    with suppress(OSError):
        shutil.rmtree(output.temporaries)
    return Committed(len(new), removed)


def _stamped_anew(output: Output, kept: Mapping[str, Written]) -> Iterator[tuple[str, Written]]:
    """The *kept* outputs of which the cache holds something else."""
    for path, written in kept.items():
        known = output.before.get(path)
        if known is not written and known != written:
            yield path, written


def _refuse_obstacles(output: Output, new: set[str], gone: set[str]) -> None:
    """Raise OutputError, before anything is moved, where a file or folder that is not ours has the path of an output."""
    existing = {"": True}

    def exists(folder: str) -> bool:
        """Whether *folder* exists; cached, so that nothing below a missing folder is checked."""
        found = existing.get(folder)
        if found is None:
            place = f"{output.folder}/{folder}"
            inside = exists(folder.rpartition("/")[0])
            found = existing[folder] = inside and os.path.isdir(place)  # noqa: PTH112 - called for every folder
            if inside and not found and os.path.isfile(place) and folder not in gone:  # noqa: PTH113
                raise _obstacle(output.folder, folder)
        return found

    for path in sorted(new):
        if exists(path.rpartition("/")[0]):
            with suppress(FileNotFoundError):
                there = os.lstat(f"{output.folder}/{path}")
                if stat.S_ISDIR(there.st_mode) and not _all_gone(output.folder, path, gone):
                    raise _obstacle(output.folder, path)


def _all_gone(folder: Path, path: str, gone: set[str]) -> bool:
    """Whether the folder at *path* holds files, and only such as this build removes."""
    held = [file for file in (folder / path).rglob("*") if not file.is_dir()]
    return bool(held) and all(file.relative_to(folder).as_posix() in gone for file in held)


def _obstacle(folder: Path, path: str) -> OutputError:
    message = f"'{path}' stands where the build must write; nothing was changed"
    return OutputError(message, str(folder), hint="move it away: the generator did not write it")


def _merge(source: str, target: str) -> None:
    """Move all files below *source* to *target*: a whole folder at once where *target* has none of that name."""
    with os.scandir(source) as entries:
        for entry in list(entries):
            place = f"{target}/{entry.name}"
            if not entry.is_dir():
                os.replace(entry.path, place)  # noqa: PTH105 - called for every output
            elif os.path.isdir(place):  # noqa: PTH112
                _merge(entry.path, place)
            else:
                os.rename(entry.path, place)  # noqa: PTH104


def in_the_way(gone: Iterable[str], new: Iterable[str]) -> list[str]:
    """The *gone* files that must be removed before *new* ones are moved: one has the path of a new folder, or is in a
    folder with the path of a new file.
    """
    files = set(new)
    folders = {parent for path in files for parent in _parents(path)}
    return [path for path in gone if path in folders or not files.isdisjoint(_parents(path))]


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _remove(root: Path, paths: Iterable[str]) -> int:
    """Remove files, and the folders that are empty then; returns the number of files."""
    removed = 0
    folders: set[str] = set()
    for path in paths:
        # The file may have been removed or replaced by a folder: then nothing of ours is left.
        with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
            (root / path).unlink()
            removed += 1
        folders.update(_parents(path))
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            (root / folder).rmdir()
    return removed


def disk_error(folder: Path, error: OSError) -> OutputError:
    """An OutputError that explains an error of the operating system; the earlier output is unchanged then.

    A file outside of *folder* is named as what it is: one that cannot be read.
    """
    named = error.filename
    if isinstance(named, str | Path) and not Path(named).is_relative_to(folder):
        hint = "check that it exists and can be read; a link may lead nowhere"
        return OutputError(f"cannot be read ({error.strerror or error})", str(named), hint=hint)
    if error.errno == errno.ENOSPC:
        return OutputError(
            "the disk is full; nothing was changed", str(folder), hint="free some space, then build again"
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return OutputError(
            "cannot be written", str(folder), hint="check its permissions, or choose another --out"
        )
    if error.errno == errno.ENAMETOOLONG:
        name = str(error.filename).rpartition(TEMPORARY + "/")[2]
        return OutputError(
            f"a name is too long for this disk: {name}", str(folder), hint="choose a shorter slug"
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        hint = f"move away what stands at {error.filename}, or choose another --out"
        return OutputError("cannot be used as a folder", str(folder), hint=hint)
    return OutputError(
        f"cannot be written ({error.strerror or error})", str(folder), hint="choose another --out"
    )
