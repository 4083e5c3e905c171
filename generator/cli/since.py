"""Which files a commit and the working folder differ in, as git tells."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NoReturn

import click


def changed_since(root: Path, revision: str) -> frozenset[str]:
    """The files below *root* that changed since *revision* or are new, relative to it; wrong usage where git cannot say."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        _wrong(f"there is no commit '{revision}' here", "name a branch, tag or commit that `git log` shows")
    changed = _git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit.strip())
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if changed is None or new is None:
        _wrong("git cannot compare these files", "run `git status` in this folder")
    return frozenset(path for path in f"{changed}{new}".split("\0") if path)


def _git(root: Path, *arguments: str) -> str | None:
    """What git answers; None where it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError:
        _wrong("git cannot be started", "install git, or leave --since out")
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def _wrong(message: str, remedy: str) -> NoReturn:
    raise click.UsageError(f"--since: {message}; {remedy}")
