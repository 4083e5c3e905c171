"""What a commit and the working folder differ in, as git tells: which files, and what they held then."""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

# Among how many files git looks for those that were renamed and changed, whatever its settings say: a text that it takes
# for a new one is not compared with what was reviewed.
_RENAMES = "-l5000"


class Since(NamedTuple):
    """The *paths* that changed or are new, relative to the project; *before* has the blob that a file had then, by its
    path now: a renamed file is the same one.
    """

    paths: frozenset[str]
    before: Mapping[str, str]


def changed_since(root: Path, revision: str) -> Since:
    """The files below *root* that changed since *revision*; wrong usage where git cannot say.

    Of a branch that went on meanwhile it is the commit at which the work here began that counts.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        remedy = "name a branch, tag or commit that `git log` shows"
        if (_git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
            remedy = "this copy holds a part of the history alone: fetch it all (`fetch-depth: 0` on GitHub)"
        _wrong(f"there is no commit '{revision}' here", remedy)
    start = _git(root, "merge-base", commit.strip(), "HEAD") or commit
    changed = _git(
        root, "diff", "--raw", "--no-abbrev", "--relative", "--find-renames", _RENAMES, "-z", start.strip()
    )
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if changed is None or new is None:
        _wrong("git cannot compare these files", "run `git status` in this folder")
    entries = tuple(_entries(changed))
    paths = {path for entry in entries for path in (entry.old, entry.new)}
    return Since(
        frozenset(paths | {path for path in new.split("\0") if path}),
        {entry.new: entry.blob for entry in entries if entry.blob.strip("0")},
    )


def read_blobs(root: Path, blobs: Collection[str]) -> dict[str, bytes]:
    """What the *blobs* hold, by their names; those that git does not find are left out."""
    if not blobs:
        return {}
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    done = subprocess.run(
        ["git", "cat-file", "--batch"], cwd=root, input=asked, capture_output=True, check=False
    )
    found, rest = {}, done.stdout
    while rest:
        head, _, rest = rest.partition(b"\n")
        name, _, *size = head.decode().split(" ")
        if size:  # what is missing has none
            found[name], rest = rest[: int(size[0])], rest[int(size[0]) + 1 :]
    return found


class _Entry(NamedTuple):
    """A file that differs: its paths then and now, and its blob then (zeros where there was none)."""

    old: str
    new: str
    blob: str


def _entries(raw: str) -> Iterator[_Entry]:
    """The entries of ``git diff --raw -z``: modes, blobs and status, then one path, or two where it was renamed."""
    parts = iter(raw.split("\0"))
    for head in parts:
        if head:
            _, _, blob, _, status = head.split(" ")
            old = next(parts)
            yield _Entry(old, next(parts) if status[0] in "RC" else old, blob)


def _git(root: Path, *arguments: str) -> str | None:
    """What git answers; None where it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError:
        _wrong("git cannot be started", "install git, or leave --since out")
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def _wrong(message: str, remedy: str) -> NoReturn:
    raise click.UsageError(f"--since: {message}; {remedy}")
