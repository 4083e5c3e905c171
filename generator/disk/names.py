"""Names of files: one spelling for each, whatever the disk, the keyboard or an export made of it."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from urllib.parse import unquote

MARKDOWN = (".md", ".markdown")
_KEPT = frozenset("/\\#?%\0")


def is_markdown(path: str) -> bool:
    """Whether a file holds Markdown: ``.md`` or ``.markdown``, in letters of any case."""
    return path.endswith(".md") or path.lower().endswith(MARKDOWN)


def without_suffix(path: str) -> str:
    """*path* without the suffix of Markdown files."""
    return path[: path.rindex(".")] if is_markdown(path) else path


def canonical(path: str) -> str:
    """*path* in NFC, each percent-encoded name in it decoded: two paths that mean one file become equal.

    A name stays as it is where decoding would give it a sign that addresses and paths need.
    """
    if path.isascii() and "%" not in path:
        return path
    if "%" in path:
        path = "/".join(map(_decoded, path.split("/")))
    return unicodedata.normalize("NFC", path)


def _decoded(name: str) -> str:
    try:
        found = unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name
    return name if _KEPT & set(found) or found in ("", ".", "..") or not found.isprintable() else found


def on_disk(path: str) -> str:
    """The path of the file that the canonical *path* names, as the disk spells it; *path* where there is none."""
    if os.path.lexists(path):
        return path
    parent, _, name = path.rpartition("/")
    if not name or (parent and parent == path):
        return path
    folder = on_disk(parent) if parent else parent
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return path
    return next((posixpath.join(folder, each) for each in names if canonical(each) == name), path)
