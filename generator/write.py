"""Bytes → the output folder: temporaries first, then renames; removes only what an earlier build wrote."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.cache import Cache
from generator.errors import OutputError
from generator.looking import Standing
from generator.stamps import Seen, Stamp, Written, clock_ns, stamp_of
from generator.text import digest

TEMPORARY = ".gatherwell-new"
# The names of all outputs lie among them too: where the cache is lost, this says what is ours to remove.
LIST = ".gatherwell-outputs"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Fresh(NamedTuple):
    """A rendered output that waits among the temporaries, or whose bytes in place are the same already."""

    output_path: str
    view: str
    digest: str


class Output(NamedTuple):
    """The output folder of one build and what earlier builds left in it; *standing* where somebody looked already."""

    folder: Path
    key: str
    before: Mapping[str, Written]
    standing: Standing | None = None

    @property
    def temporaries(self) -> Path:
        return self.folder / TEMPORARY


def open_output(folder: Path, key: str, cache: Cache, standing: Standing | None = None) -> Output:
    """The output folder, made where it is missing, leftovers of a build that was killed cleared away.

    Raises OutputError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = cache.written(key)
        output = Output(folder, key, written or _from_list(folder), standing if written else None)
        if output.temporaries.exists():
            shutil.rmtree(output.temporaries)
        output.temporaries.mkdir()
    except OSError as error:
        raise disk_error(folder, error) from None
    return output


@contextmanager
def discarding(folder: Path) -> Iterator[None]:
    """Leave no temporaries in the output folder of a build that fails: they would be published with it."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        raise


def _from_list(folder: Path) -> dict[str, Written]:
    """What the list in the output folder says an earlier build wrote; its bytes are not known."""
    try:
        lines = (folder / LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    nothing = Seen(Stamp(0, 0, 0, 0), 0, "")
    return {
        line: Written("", nothing)
        for line in lines
        if line and ".." not in line.split("/") and line[0] != "/"
    }


def _write_list(output: Output, paths: Iterable[str]) -> None:
    content = "".join(f"{path}\n" for path in sorted(paths)).encode()
    target = output.folder / LIST
    if not target.exists() or target.read_bytes() != content:
        _write(f"{target}.new", content)
        os.replace(f"{target}.new", target)  # noqa: PTH105


def intact(output: Output, path: str) -> Written | None:
    """What was written at *path*, if the file is still just that; the stamp is renewed where only times changed.

    Its view may be forgotten (another version of the generator wrote it): then its bytes are known all the same, and
    a page that comes out the same is not written again.
    """
    known = output.before.get(path)
    if known is None or (output.standing and path not in output.standing.doubtful):
        return known
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
    """Write an output below the folder of temporaries; raises OutputError on a full or read-only disk."""
    path = f"{temporaries}/{output_path}"
    folder = path.rpartition("/")[0]
    try:
        # Nearly every page has a folder of its own: making it is the first thing to try.
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
    # A file object asks the system three more questions, and this is called for every output.
    file = os.open(path, _NEW, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
    finally:
        os.close(file)


def commit(
    output: Output, fresh: Iterable[Fresh], kept: Mapping[str, Written], cache: Cache, state: bytes
) -> tuple[int, int]:
    """Rename all temporaries into place, remove what is no longer ours, remember; (written, removed).

    A kill in between leaves each file old or new; the paths are claimed beforehand, so that the next build
    knows which files may be removed, and their stamps are recorded afterwards, so that it trusts none of them.
    """
    new = list(fresh)
    paths = {item.output_path for item in new} | set(kept)
    gone = [path for path in output.before if path not in paths]
    changed: dict[str, Written] = {}
    try:
        _refuse_obstacles(output, {item.output_path for item in new}, set(gone))
        cache.forget_state(output.key)
        cache.claim(output.key, (item.output_path for item in new))
        _write_list(output, paths.union(output.before))
        removed = _remove(output.folder, in_the_way(gone, (item.output_path for item in new)))
        _merge(str(output.temporaries), str(output.folder))
        removed += _remove(output.folder, gone)
        for item in new:
            stamp = stamp_of(os.lstat(f"{output.folder}/{item.output_path}"))
            changed[item.output_path] = Written(item.view, Seen(stamp, clock_ns(), item.digest))
        _write_list(output, paths)
    except OSError as error:
        raise disk_error(output.folder, error) from None
    changed.update({path: written for path, written in kept.items() if output.before.get(path) != written})
    cache.record(output.key, changed, gone, state)
    with suppress(OSError):
        shutil.rmtree(output.temporaries)
    return len(new), removed


def _refuse_obstacles(output: Output, new: set[str], gone: set[str]) -> None:
    """Raise OutputError, before anything is moved, where somebody else's file or folder stands in the way."""
    standing = {"": True}

    def stands(folder: str) -> bool:
        """Whether *folder* is there already; below one that is not, nothing needs to be looked at."""
        found = standing.get(folder)
        if found is None:
            place = f"{output.folder}/{folder}"
            inside = stands(folder.rpartition("/")[0])
            found = standing[folder] = inside and os.path.isdir(place)  # noqa: PTH112 - called for every folder
            if inside and not found and os.path.isfile(place) and folder not in gone:  # noqa: PTH113
                raise _obstacle(output.folder, folder)
        return found

    for path in sorted(new):
        if stands(path.rpartition("/")[0]):
            with suppress(FileNotFoundError):
                there = os.lstat(f"{output.folder}/{path}")
                if stat.S_ISDIR(there.st_mode) and not _all_gone(output.folder, path, gone):
                    raise _obstacle(output.folder, path)


def _all_gone(folder: Path, path: str, gone: set[str]) -> bool:
    """Whether the folder at *path* holds nothing but files that this build removes."""
    held = [file for file in (folder / path).rglob("*") if not file.is_dir()]
    return bool(held) and all(file.relative_to(folder).as_posix() in gone for file in held)


def _obstacle(folder: Path, path: str) -> OutputError:
    message = f"'{path}' stands where the build must write; nothing was changed"
    return OutputError(message, str(folder), hint="move it away: the generator did not write it")


def _merge(source: str, target: str) -> None:
    """Rename all below *source* into *target*: whole folders where *target* has none, else file by file."""
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
    """Old files that stand where a new folder must be, or below a folder where a new file must be."""
    files = set(new)
    folders = {parent for path in files for parent in _parents(path)}
    return [path for path in gone if path in folders or not files.isdisjoint(_parents(path))]


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _remove(root: Path, paths: Iterable[str]) -> int:
    """Remove files that an earlier build wrote, and the folders that this leaves empty."""
    removed = 0
    folders: set[str] = set()
    for path in paths:
        # Not there any more, or somebody has put a folder in its place: nothing of ours is left.
        with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
            (root / path).unlink()
            removed += 1
        folders.update(_parents(path))
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            (root / folder).rmdir()
    return removed


def disk_error(folder: Path, error: OSError) -> OutputError:
    """What the disk refuses, in words; the earlier output is as it was."""
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
