"""The words readers see: ``i18n/<lang>.yaml`` of a chain merged, checked and completed from English."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.ground.errors import Problem, raise_errors
from generator.ground.text import did_you_mean
from generator.theme.inheritance import ThemeFolder, parse_settings, read_text
from generator.theme.locales import PLURAL_FORMS, locale_of, needed_forms
from generator.theme.types import FALLBACK_LANGUAGE, Direction, direction_of

# What the key of a string begins with that a theme declares beside those of its parent.
OWN = "own."
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLURAL_KEY = re.compile(rf"(?P<base>.+)\.(?P<form>{'|'.join(PLURAL_FORMS)})")


class Strings(NamedTuple):
    """*texts* by language and key, complete from English, not to be changed; *warnings* about plural forms that are missing."""

    texts: dict[str, dict[str, str]]
    warnings: tuple[Problem, ...]


class _File(NamedTuple):
    """``i18n/<stem>.yaml`` of a theme; *declares* tells that it belongs to the topmost parent."""

    stem: str
    label: str
    text: str
    declares: bool


class _Place(NamedTuple):
    label: str
    line: int
    column: int


def read_strings(chain: Sequence[ThemeFolder]) -> Strings:
    """For each language with a file, every key with its text; nested maps become ``role.advocate``.

    A child changes single keys; what a language lacks is taken from English, but for plural forms of a string that has
    forms of its own: half of it would be English.

    Raises:
        SiteErrors: a value that is no text, a key that English lacks, a placeholder that English lacks.
    """
    return _merge(tuple(_files(chain)))


def _files(chain: Sequence[ThemeFolder]) -> Iterator[_File]:
    for folder in chain:
        paths = sorted((folder.path / "i18n").glob("*.yaml"))
        # English first: the other languages are measured against it.
        for path in sorted(paths, key=lambda path: path.stem != FALLBACK_LANGUAGE):
            label = f"{folder.label}/i18n/{path.name}"
            text = read_text(path, label) if _LANGUAGE.fullmatch(path.stem) else ""
            yield _File(path.stem, label, text, folder is chain[0])


@functools.lru_cache(maxsize=8)
def _merge(files: tuple[_File, ...]) -> Strings:
    """Results are remembered: a first build reads its theme twice, and a preview at every edit."""
    merged: dict[str, dict[str, str]] = {}
    places: dict[tuple[str, str], _Place] = {}
    problems: list[Problem] = []
    for file in files:
        problems += _merge_file(file, merged, places)
    raise_errors(problems)
    english = merged.get(FALLBACK_LANGUAGE, {})
    counted = {base for base, forms in plural_strings(english).items() if {"one", "other"} <= forms}
    texts = {}
    warnings = []
    for language, strings in sorted(merged.items()):
        own = {base: forms for base, forms in plural_strings(strings).items() if base in counted}
        warnings += [
            _lacking(base, missing, language, places[language, base])
            for base, forms in own.items()
            if (missing := needed_forms(language).keys() - forms)
        ]
        texts[language] = {**_without_forms(english, own), **strings}
    return Strings(texts, tuple(warnings))


def plural_strings(strings: Mapping[str, str]) -> dict[str, set[str]]:
    """The plural forms of each string that has any: ``{"minutes": {"one", "other"}}``."""
    found: dict[str, set[str]] = {}
    for key in strings:
        if parts := _PLURAL_KEY.fullmatch(key):
            found.setdefault(parts["base"], set()).add(parts["form"])
    return found


def _without_forms(english: Mapping[str, str], own: Mapping[str, object]) -> dict[str, str]:
    # "other" stays, since what it stands in for is always asked for.
    return {
        key: text
        for key, text in english.items()
        if not (parts := _PLURAL_KEY.fullmatch(key)) or parts["base"] not in own or parts["form"] == "other"
    }


def _lacking(base: str, missing: set[str], language: str, place: _Place) -> Problem:
    needed = needed_forms(language)
    name = locale_of(language).get_display_name("en") or language
    forms = [form for form in needed if form in missing]
    said = "; ".join(f"'{base}.{form}' for {', '.join(map(str, needed[form]))} …" for form in forms)
    several = f"{'form' if len(forms) == 1 else 'forms'} {' and '.join(repr(form) for form in forms)}"
    return Problem(
        f"string '{base}' lacks the plural {several}, which {name} needs",
        place.line,
        place.column,
        f"write {said}",
        place.label,
        rule="theme",
    )


def directions(strings: Iterable[str]) -> dict[str, Direction]:
    return {language: direction_of(language) for language in strings}


def _merge_file(
    file: _File, merged: dict[str, dict[str, str]], places: dict[tuple[str, str], _Place]
) -> list[Problem]:
    """Read one file into *merged*; *places* keep where the first plural form of a string stands."""
    if not _LANGUAGE.fullmatch(file.stem):
        return [
            Problem(
                f"'{file.stem}' is not a language tag",
                source_path=file.label,
                hint="name it like es.yaml",
                rule="theme",
            )
        ]
    label = file.label
    mapped = parse_settings(file.text, label)
    into = merged.setdefault(file.stem, {})
    english = merged.get(FALLBACK_LANGUAGE, {})
    problems = []
    for key, value, trail in flatten(mapped.value or {}):
        if not isinstance(value, str):
            written = mapped.written(*trail)
            hint = f'put it in quotes: "{written}"' if written else 'write a text: "…"'
            problem: tuple[str, str] | None = (f"string '{key}' is not a text", hint)
        else:
            problem = _check(key, value, file.stem, english, file.declares)
        if problem:
            line, column = mapped.position(*trail)
            problems.append(Problem(problem[0], line, column, problem[1], label, rule="theme"))
            continue
        into[key] = value
        if parts := _PLURAL_KEY.fullmatch(key):
            known = places.get((file.stem, parts["base"]))
            if known is None or known.label != label:
                places[file.stem, parts["base"]] = _Place(label, *mapped.position(*trail))
    return problems


def _check(
    key: str, value: str, language: str, english: dict[str, str], declares: bool
) -> tuple[str, str] | None:
    if language == FALLBACK_LANGUAGE and (declares or key.startswith(OWN)):
        return None
    model = key
    if key not in english:
        parts = _PLURAL_KEY.fullmatch(key)
        if not parts or f"{parts['base']}.other" not in english:
            own = f"a string of your own begins with '{OWN}': {OWN}{key}"
            return f"unknown string '{key}'", did_you_mean(key, english) or own
        model = f"{parts['base']}.other"
    allowed = set(PLACEHOLDER.findall(english[model]))
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
