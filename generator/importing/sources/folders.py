"""Reads the files of another generator's project, and whatever of its settings an import needs."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.disk.names import is_markdown
from generator.ground.text import slugify
from generator.importing.clean import fit
from generator.importing.entries import Noting, Origin

_SKIPPED = frozenset(
    {"node_modules", "vendor", "public", "resources", "themes", "_site", "_layouts", "_includes", "_sass"}
)
_OTHERS = (".adoc", ".asciidoc", ".ad", ".org", ".rst", ".textile", ".pandoc", ".mediawiki", ".haml", ".slim")
_LARGEST = 4_000_000
_UNDERLINED = re.compile(r"^(?! {4}|\s*$)([^\n]+)\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*(?:\{:?[ \t]*#([\w:-]+)[^{}]*\})?[ \t]*$", re.MULTILINE)


def text_files(
    root: Path, folder: Path, note: Noting, suffixes: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Markdown files below *folder*, and those with *suffixes*: path from *root*, text. Links out of *root* are not read."""
    real = Path(os.path.realpath(root))
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(_OTHERS) and not name.startswith("."):
                note("out", Origin((Path(parent) / name).relative_to(root).as_posix()), "is not Markdown")
            if not (is_markdown(name) or name.endswith(suffixes or ("\0",))) or name.startswith("."):
                continue
            file = Path(parent) / name
            path = file.relative_to(root).as_posix()
            text = _read(file, real, path, note)
            if text is not None:
                yield path, text


def _read(file: Path, real: Path, path: str, note: Noting) -> str | None:
    try:
        if not Path(os.path.realpath(file)).is_relative_to(real):
            note("out", Origin(path), "is a link that leads out of the folder")
            return None
        if file.stat().st_size > _LARGEST:
            note("out", Origin(path), "is larger than 4 MB")
            return None
        raw = file.read_bytes()
    except OSError as error:
        note("damaged", Origin(path), f"cannot be read ({error.strerror})")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        note(
            "changed",
            Origin(path, raw.count(b"\n", 0, error.start) + 1),
            "is not UTF-8; it was read as Windows-1252",
        )
        return raw.decode("cp1252", "replace")


def read_settings(file: Path) -> dict[str, Any]:
    """A settings file in TOML, YAML or JSON as values; empty where it is missing or cannot be read."""
    try:
        text = fit(file.read_text("utf-8-sig"))
        found = tomllib.loads(text) if file.suffix == ".toml" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def anchors_of(body: str) -> tuple[str, ...]:
    """The ids that headings of a Markdown text have or get."""
    text = _UNDERLINED.sub(r"# \1", body)
    found = (
        written or slugify(re.sub(r"[`*_]|\[|\]\([^()]*\)", "", words))
        for words, written in _HEADING.findall(text)
    )
    return tuple(dict.fromkeys(filter(None, found)))
