"""What lies under ``content/``: Markdown files and those beside them."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import NamedTuple

from generator.errors import ContentError, Problem
from generator.stamps import Stamp, stamp_of

CONTENT_DIR = "content"


class Source(NamedTuple):
    """A file under ``content/``: *path* relative to the root with forward slashes, and what the disk says of it."""

    path: str
    stamp: Stamp


class Tree(NamedTuple):
    """All that lies under ``content/``, sorted by path: the Markdown files, and everything else by path."""

    markdown: tuple[Source, ...]
    others: dict[str, Source]
    problems: tuple[Problem, ...]


def read_tree(root: Path) -> Tree:
    """What lies under ``content/``; hidden files are passed over, links that lead away are problems."""
    content = root / CONTENT_DIR
    if not content.is_dir():
        raise ContentError(
            "there is no folder content/ here",
            CONTENT_DIR,
            hint="run this in a Gatherwell project, name one with --root, or begin one with `gatherwell init`",
        )
    problems: list[Problem] = []
    real_content = Path(os.path.realpath(content))
    found: list[Source] = []
    _walk(str(content), CONTENT_DIR, real_content, found, problems)
    found.sort()
    markdown = tuple(source for source in found if source.path.endswith(".md"))
    others = {source.path: source for source in found if not source.path.endswith(".md")}
    return Tree(markdown, others, tuple(problems))


def _walk(folder: str, relative: str, content: Path, found: list[Source], problems: list[Problem]) -> None:
    """Add every file below *folder* to *found*."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        problems.append(Problem(f"cannot be read ({error.strerror})", source_path=relative))
        return
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name.endswith("~"):
            continue
        path = f"{relative}/{name}"
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = path.encode(errors="replace").decode()
            problems.append(
                Problem("the file's name is not UTF-8", source_path=shown, hint="rename the file")
            )
            continue
        if entry.is_symlink() and not _link_is_inside(entry, path, content, problems):
            continue
        try:
            if entry.is_dir():
                _walk(entry.path, path, content, found, problems)
            elif entry.is_file():
                found.append(Source(path, stamp_of(entry.stat())))
        except OSError as error:
            problems.append(Problem(f"cannot be read ({error.strerror})", source_path=path))


def _link_is_inside(entry: os.DirEntry[str], path: str, content: Path, problems: list[Problem]) -> bool:
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        problems.append(
            Problem("is a link that leads nowhere or in circles", source_path=path, hint="remove the link")
        )
        return False
    if not target.is_relative_to(content):
        problems.append(
            Problem(
                "is a link that leaves content/", source_path=path, hint="copy the file into content/ instead"
            )
        )
        return False
    if target.is_dir():
        problems.append(
            Problem(
                "is a link to a folder",
                source_path=path,
                hint="links to folders are not followed; move the folder",
            )
        )
        return False
    return True


def relative(document_path: str, path: str) -> str:
    """A path written in a document, as a source path."""
    folder = "" if path.startswith("/") else document_path[: document_path.rfind("/") + 1]
    return posixpath.normpath(folder + path)
