"""`gatherwell check --fix`: what can be mended without reading, shown as a diff, then written."""

from __future__ import annotations

import difflib
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.checks.fixes import FIXES, fixed
from generator.cli.messages import count
from generator.ground.errors import Problem, SiteError


def mend(root: Path, problems: Iterable[Problem], asked: bool) -> int:
    """Show what would change, and write it where that is *asked* for or agreed to; how many files were written."""
    changes = _changes(root, problems)
    if not changes:
        click.echo("nothing here can be mended without reading it", err=True)
        return 0
    for path, (before, after) in changes.items():
        click.echo("".join(_diff(path, before, after)), nl=False)
    if not asked and not _agreed(len(changes)):
        click.echo("nothing was written", err=True)
        return 0
    for path, (_, after) in changes.items():
        _write(root / path, after)
    click.echo(f"{count(len(changes), 'file')} mended", err=True)
    return len(changes)


def _changes(root: Path, problems: Iterable[Problem]) -> Mapping[str, tuple[str, str]]:
    """The text before and after, by source path, of each file that would change."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.rule in FIXES and problem.source_path:
            by_path[problem.source_path].append(problem)
    changes = {}
    for path, found in by_path.items():
        try:
            before = (root / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # that it cannot be read is a finding itself
        after = fixed(before, found, path)
        if after != before:
            changes[path] = (before, after)
    return changes


def _diff(path: str, before: str, after: str) -> Iterable[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line.rstrip("\r\n") + "\n"


def _agreed(files: int) -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("nobody can be asked here: `--fix --yes` writes without asking")
    return click.confirm(f"Write this to {count(files, 'file')}?", err=True)


def _write(path: Path, text: str) -> None:
    """Replace a file as a whole, so that none is ever half written."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.gatherwell-new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SiteError(f"cannot be written ({error.strerror})", str(path)) from None
