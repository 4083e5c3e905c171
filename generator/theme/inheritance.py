"""``theme.yaml`` and ``extends``: the folders of a theme and its parents, and their settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import Problem, SiteError, SiteErrors, ThemeError, raise_errors
from generator.ground.text import did_you_mean
from generator.schema.yaml_source import Mapped, parse_yaml

SETTINGS_FILE = "theme.yaml"
SCHEMES = ("light", "dark", "low-glare")

_KEYS = ("title", "description", "extends", "tokens", "contrast", "accent", "replaces")
_ACCENT_KEYS = ("default", "backgrounds")
# Values are pasted into CSS, so they must not end a declaration or a rule, nor begin a comment.
_FORBIDDEN_IN_VALUES = (";", "{", "}", "<", "/*", "\\")


class ThemeFolder(msgspec.Struct, frozen=True):
    """The folder of a theme or of one of its parents; *label* is its name in errors (``themes/quiet``)."""

    name: str
    path: Path
    label: str
    settings: Mapped

    @property
    def settings_label(self) -> str:
        return f"{self.label}/{SETTINGS_FILE}"

    def error(self, message: str, *path: str | int, hint: str = "") -> Problem:
        """A problem at the key of ``theme.yaml`` that *path* leads to."""
        line, column = self.settings.key_position(*path)
        return Problem(message, line, column, hint, self.settings_label, rule="theme")


def read_chain(name: str, search_path: Sequence[Path]) -> tuple[ThemeFolder, ...]:
    """The folders of theme *name* and all its parents, the topmost parent first.

    A theme may extend one of its own name: the next folder of *search_path* with that name is then its parent. So a
    project's ``themes/commons`` can change a few files of the bundled ``commons``.

    Raises:
        ThemeError: no such theme, a cycle, or a ``theme.yaml`` that cannot be read.
        SiteErrors: keys or values in a ``theme.yaml`` that are not known.
    """
    chain = [_read_folder(_find(name, search_path, ()))]
    while parent := chain[-1].settings.value.get("extends"):
        child = chain[-1]
        if not isinstance(parent, str):
            raise SiteErrors([child.error("'extends' must be the name of one theme", "extends")])
        seen = tuple(folder.path for folder in chain)
        path = _find(parent, search_path, seen, child)
        chain.append(_read_folder(path))
    return tuple(reversed(chain))


def _find(
    name: str, search_path: Sequence[Path], seen: tuple[Path, ...], child: ThemeFolder | None = None
) -> Path:
    candidates = [folder / name for folder in search_path if (folder / name / SETTINGS_FILE).is_file()]
    plain = name not in ("", ".", "..") and "/" not in name and "\\" not in name
    for path in candidates if plain else ():
        if path not in seen:
            return path
    place = child.settings_label if child else ""
    line, column = child.settings.position("extends") if child else (0, 0)
    if candidates:
        names = " → ".join([*(path.name for path in seen), name])
        raise ThemeError(
            f"themes extend each other in a circle: {names}", place, line, column, "remove one 'extends'"
        )
    known = sorted({path.parent.name for folder in search_path for path in folder.glob(f"*/{SETTINGS_FILE}")})
    hint = did_you_mean(name, known) or (
        f"themes found: {', '.join(known)}" if known else "no theme was found"
    )
    raise ThemeError(f"there is no theme '{name}'", place, line, column, hint)


def _read_folder(path: Path) -> ThemeFolder:
    label = f"{path.parent.name}/{path.name}"
    text = read_text(path / SETTINGS_FILE, f"{label}/{SETTINGS_FILE}")
    settings = parse_settings(text, f"{label}/{SETTINGS_FILE}")
    folder = ThemeFolder(path.name, path, label, settings)
    raise_errors(_check_settings(folder))
    return folder


def _check_settings(folder: ThemeFolder) -> list[Problem]:
    value = folder.settings.value
    if not isinstance(value, dict):
        return [folder.error("a theme's settings are a map of keys and values")]
    problems = [
        folder.error(
            f"unknown key '{key}'", key, hint=did_you_mean(key, _KEYS) or f"known keys: {', '.join(_KEYS)}"
        )
        for key in value
        if key not in _KEYS
    ]
    for key in ("tokens", "contrast", "accent", "replaces"):
        if value.get(key) is not None and not isinstance(value[key], dict):
            problems.append(folder.error(f"'{key}' must be a map", key))
    if problems:
        return problems
    return [
        *_check_tokens(folder, value.get("tokens") or {}),
        *_check_accent(folder, value.get("accent") or {}),
    ]


def _check_tokens(folder: ThemeFolder, tokens: dict[str, Any]) -> list[Problem]:
    problems = []
    for name, value in tokens.items():
        by_scheme = value if isinstance(value, dict) else {}
        for scheme in by_scheme:
            if scheme not in SCHEMES:
                hint = did_you_mean(scheme, SCHEMES) or f"schemes: {', '.join(SCHEMES)}"
                problems.append(folder.error(f"unknown scheme '{scheme}'", "tokens", name, scheme, hint=hint))
        for part in by_scheme.values() if isinstance(value, dict) else (value,):
            if isinstance(part, bool) or not isinstance(part, (str, int, float)):
                problems.append(folder.error(f"token '{name}' needs a text or a number", "tokens", name))
            elif any(mark in str(part) for mark in _FORBIDDEN_IN_VALUES):
                problems.append(
                    folder.error(
                        f"token '{name}' holds a character that would end its declaration",
                        "tokens",
                        name,
                        hint="write the value alone, without ';', '{', '}' or a comment",
                    )
                )
    return problems


def _check_accent(folder: ThemeFolder, accent: dict[str, Any]) -> list[Problem]:
    return [
        folder.error(f"unknown key '{key}'", "accent", key, hint=did_you_mean(key, _ACCENT_KEYS))
        for key in accent
        if key not in _ACCENT_KEYS
    ]


def parse_settings(text: str, label: str) -> Mapped:
    """The YAML of a theme's file; an empty file is an empty map. Raises ThemeError on bad YAML."""
    try:
        mapped = parse_yaml(text, label)
        return mapped if mapped.value is not None else parse_yaml("{}", label)
    except SiteError as error:
        raise ThemeError(error.message, error.source_path, error.line, error.column, error.hint) from None


def files_below(folder: Path) -> list[str]:
    """The files in a folder and below it, by path; hidden ones and editors' copies are left out."""
    return sorted(_below(folder, "")) if folder.is_dir() else []


def _below(folder: str | Path, within: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "_")) or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{within}{entry.name}/")
            elif entry.is_file():
                yield within + entry.name


def read_text(path: Path, label: str) -> str:
    """The text of a theme's file.

    Raises:
        ThemeError: it cannot be read, is not UTF-8, or holds an unsolved merge conflict; *label* names it.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ThemeError(f"cannot be read: {error.strerror or 'input error'}", label) from None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ThemeError("is not UTF-8 text", label, line, 1, "save it as UTF-8") from None
    refuse_conflicts(text, label, ThemeError)
    return text
