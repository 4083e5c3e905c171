"""The words readers see: ``i18n/<lang>.yaml`` of a chain merged, checked and completed from English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.errors import Problem, raise_errors
from generator.text import did_you_mean
from generator.theme.chain import ThemeFolder, parse_settings, read_text
from generator.theme.words import FALLBACK_LANGUAGE, Direction, direction_of

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLURAL_ENDINGS = (".zero", ".one", ".two", ".few", ".many", ".other")


def read_strings(chain: Sequence[ThemeFolder]) -> dict[str, dict[str, str]]:
    """For each language with a file, every key with its text; nested maps become ``role.advocate``.

    A child changes single keys; what a language lacks is taken from English.

    Raises:
        SiteErrors: a value that is no text, a key that English lacks, a placeholder that English lacks.
    """
    merged: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for folder in chain:
        paths = sorted((folder.path / "i18n").glob("*.yaml"))
        # English first: the other languages are measured against it.
        for path in sorted(paths, key=lambda path: path.stem != FALLBACK_LANGUAGE):
            label = f"{folder.label}/i18n/{path.name}"
            problems += _merge_file(path, label, merged, folder is chain[0])
    raise_errors(problems)
    english = merged.get(FALLBACK_LANGUAGE, {})
    return {language: {**english, **strings} for language, strings in sorted(merged.items())}


def directions(strings: dict[str, dict[str, str]]) -> dict[str, Direction]:
    return {language: direction_of(language) for language in strings}


def _merge_file(path: Path, label: str, merged: dict[str, dict[str, str]], declares: bool) -> list[Problem]:
    if not _LANGUAGE.fullmatch(path.stem):
        return [
            Problem(
                f"'{path.stem}' is not a language tag",
                source_path=label,
                hint="name it like es.yaml",
                rule="theme",
            )
        ]
    mapped = parse_settings(read_text(path, label), label)
    into = merged.setdefault(path.stem, {})
    english = merged.get(FALLBACK_LANGUAGE, {})
    problems = []
    for key, value, trail in flatten(mapped.value or {}):
        problem = _check(key, value, path.stem, english, declares)
        if problem:
            line, column = mapped.position(*trail)
            problems.append(Problem(problem[0], line, column, problem[1], label, rule="theme"))
        else:
            into[key] = value
    return problems


def _check(
    key: str, value: Any, language: str, english: dict[str, str], declares: bool
) -> tuple[str, str] | None:
    if not isinstance(value, str):
        return f"string '{key}' is not a text", "put it in quotes"
    if language == FALLBACK_LANGUAGE and declares:
        return None
    if key not in english:
        base = key.removesuffix(next((end for end in _PLURAL_ENDINGS if key.endswith(end)), ""))
        if f"{base}.other" not in english:
            return f"unknown string '{key}'", did_you_mean(key, english)
        key = f"{base}.other"
    allowed = set(PLACEHOLDER.findall(english[key]))
    strange = sorted(set(PLACEHOLDER.findall(value)) - allowed - {"n"})
    if strange:
        names = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
        return f"string '{key}' has no value for {{{strange[0]}}}", f"placeholders of this string: {names}"
    return None


def flatten(value: Any, trail: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Each leaf of nested maps as its dotted key, its value and the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, (*trail, str(key)))
    else:
        yield ".".join(trail), value, trail
