"""Files of a theme that stand in place of its parent's: which of them the parent has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from generator.ground.errors import Problem
from generator.ground.text import did_you_mean, digest
from generator.theme.inheritance import ThemeFolder, files_below, read_text
from generator.theme.templates import names_itself

_FOLDERS = ("templates", "assets/css")


class Replacements(NamedTuple):
    """*changed* are warnings about files whose parent changed; *unmarked* about those of which nobody can tell."""

    changed: tuple[Problem, ...]
    unmarked: tuple[Problem, ...]


def find_replacements(chain: Sequence[ThemeFolder]) -> Replacements:
    """What the themes of a chain replace, compared with what they noted under ``replaces:``.

    A template that extends, includes or imports its parent's of the same name replaces nothing.
    """
    changed: list[Problem] = []
    unmarked: list[Problem] = []
    for at, folder in enumerate(chain):
        noted = folder.settings.value.get("replaces") or {}
        found = dict(_replaced(chain[:at], folder))
        for path, (parent, mark) in found.items():
            remedy = f"write `{path}: {mark}` under `replaces:` in {folder.settings_label}"
            if path not in noted:
                message = f"replaces {parent.label}/{path} whole; nobody is told when that changes"
                unmarked.append(Problem(message, 1, 1, remedy, f"{folder.label}/{path}", "warning", "theme"))
            elif str(noted[path]) != mark:
                message = f"{parent.label}/{path} is not the file that {folder.label}/{path} was made from"
                problem = folder.error(message, "replaces", path, hint=f"compare the two, then {remedy}")
                changed.append(msgspec.structs.replace(problem, severity="warning"))
        for path in noted.keys() - found.keys():
            hint = did_you_mean(path, found) or "take the line out"
            problem = folder.error(f"'{path}' replaces no file of a parent", "replaces", path, hint=hint)
            changed.append(msgspec.structs.replace(problem, severity="warning"))
    return Replacements(tuple(changed), tuple(unmarked))


def _replaced(
    parents: Sequence[ThemeFolder], folder: ThemeFolder
) -> Iterator[tuple[str, tuple[ThemeFolder, str]]]:
    """Each file that replaces one of a parent, with that parent and the mark of its file."""
    for below in _FOLDERS:
        for name in files_below(folder.path / below):
            path = f"{below}/{name}"
            parent = next((each for each in reversed(parents) if (each.path / path).is_file()), None)
            if parent is None:
                continue
            if below == "templates" and names_itself(name, read_text(folder.path / path, path)):
                continue
            yield path, (parent, mark_of(read_text(parent.path / path, f"{parent.label}/{path}")))


def mark_of(text: str) -> str:
    """A short mark of a file's text; it begins with a letter, so that YAML reads it as text."""
    return f"v{digest(text)[:7]}"
