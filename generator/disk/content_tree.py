"""The files under ``content/`` (Markdown files and all others) and under ``static/``, with their stamps."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.disk.names import canonical, is_markdown
from generator.disk.stamps import Stamp, stamp_of
from generator.ground.errors import ContentError, Problem

CONTENT_DIR = "content"
STATIC_DIR = "static"
# Hidden names under static/ that are published; any other may be an editor's or a secret.
_PUBLISHED_HIDDEN = frozenset({".well-known", ".nojekyll"})


class Source(NamedTuple):
    """A file under ``content/`` or ``static/``: *path* relative to the project's root, and its stamp.

    The path has forward slashes. Below ``content/`` it is canonical (``generator.disk.names``); ``on_disk`` gives the one
    to open.
    """

    path: str
    stamp: Stamp


class Tree(NamedTuple):
    """The files of the project in *root*: under ``content/`` Markdown files in order of path and all others by path;
    under ``static/`` all of them by path.
    """

    root: Path
    markdown: tuple[Source, ...]
    others: dict[str, Source]
    static: dict[str, Source]
    problems: tuple[Problem, ...]


def read_tree(root: Path) -> Tree:
    """The files under ``content/`` and ``static/``. Hidden files are skipped, but for ``.well-known`` and ``.nojekyll``
    under ``static/``; symbolic links to outside of the folder are problems.

    Raises ContentError where there is no such folder.
    """
    content = root / CONTENT_DIR
    if not content.is_dir():
        raise ContentError(
            "there is no folder content/ here",
            CONTENT_DIR,
            hint="run this in a Gatherwell project, name one with --root, or begin one with `gatherwell init`",
        )
    found = _walk(str(content), CONTENT_DIR, Path(os.path.realpath(content)), frozenset())
    sources = sorted((each for each in found if isinstance(each, Source)), key=lambda source: source.path)
    markdown = tuple(source for source in sources if is_markdown(source.path))
    others = {source.path: source for source in sources if not is_markdown(source.path)}
    published = _read_static(root)
    static = {source.path: source for source in published if isinstance(source, Source)}
    problems = (*_problems((*found, *published)), *_equal_names(sources))
    return Tree(root, markdown, others, static, problems)


def _equal_names(sources: Iterable[Source]) -> Iterator[Problem]:
    """A problem for each file whose name is that of another one, but for the form of its characters."""
    seen: set[str] = set()
    for source in sources:
        if source.path in seen:
            message = "two files have this name; they differ only in how its characters are encoded"
            yield Problem(message, source_path=source.path, hint="rename or delete one of them")
        seen.add(source.path)


def _read_static(root: Path) -> list[Source | Problem]:
    folder = root / STATIC_DIR
    if not folder.is_dir():
        return []
    real = Path(os.path.realpath(folder))
    return sorted(_walk(str(folder), STATIC_DIR, real, _PUBLISHED_HIDDEN), key=_path_of)


def _path_of(found: Source | Problem) -> str:
    return found.path if isinstance(found, Source) else found.source_path


def _problems(found: tuple[Source | Problem, ...]) -> tuple[Problem, ...]:
    return tuple(each for each in found if isinstance(each, Problem))


def _walk(folder: str, relative: str, top: Path, hidden: frozenset[str]) -> list[Source | Problem]:
    """Every file below *folder*, and a problem for each that cannot be used.

    *top* is the real path of the folder at which the walk began; *hidden* names are not skipped.
    """
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        return [_unreadable(relative, error)]
    found: list[Source | Problem] = []
    for entry in entries:
        name = entry.name
        if (name.startswith(".") and name not in hidden) or name.endswith("~"):
            continue
        path = f"{relative}/{name}"
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = path.encode(errors="replace").decode()
            found.append(Problem("the file's name is not UTF-8", source_path=shown, hint="rename the file"))
            continue
        if entry.is_symlink() and (refused := _refused_link(entry, path, top)):
            found.append(refused)
            continue
        try:
            if entry.is_dir():
                found += _walk(entry.path, path, top, hidden)
            elif entry.is_file():
                name = canonical(path) if path.startswith(CONTENT_DIR) else path
                found.append(Source(name, stamp_of(entry.stat())))
        except OSError as error:
            found.append(_unreadable(path, error))
    return found


def _refused_link(entry: os.DirEntry[str], path: str, top: Path) -> Problem | None:
    """Why a symbolic link is not followed; None for one to a file inside of *top*."""
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        hint = "remove the link"
        return Problem("is a symbolic link that is broken or circular", source_path=path, hint=hint)
    if not target.is_relative_to(top):
        name = path.partition("/")[0]
        hint = f"copy the file into {name}/ instead"
        return Problem(f"is a link that leaves {name}/", source_path=path, hint=hint)
    if target.is_dir():
        hint = "links to folders are not followed; move the folder"
        return Problem("is a link to a folder", source_path=path, hint=hint)
    return None


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(f"cannot be read ({error.strerror})", source_path=path)


def places(document_path: str, path: str) -> tuple[str, ...]:
    """The source paths of the file that *path*, written in a document, may name; the first that exists counts.

    After ``/`` these lie at the project's root, below ``content/``, then below ``static/``, which has that address.
    """
    if not path.startswith("/"):
        return (relative(document_path, path),)
    named = relative("", path.lstrip("/"))
    return (named, f"{CONTENT_DIR}/{named}", f"{STATIC_DIR}/{named}")


def relative(document_path: str, path: str) -> str:
    """The source path that *path*, written in a document, refers to; ``/`` begins at the project's root."""
    folder = "" if path.startswith("/") else document_path[: document_path.rfind("/") + 1]
    return posixpath.normpath(folder + canonical(path))
