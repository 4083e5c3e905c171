"""Front matter of other generators, in YAML, TOML or JSON, as plain values; and what several keys of theirs mean."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import yaml

from generator.importing.clean import fit, moment, person_name, plain
from generator.importing.entries import Person, Picture, Term

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# What chooses templates and programs of the old site, or is written here by other means.
_SILENT = frozenset(
    {
        *(
            "layout",
            "type",
            "kind",
            "template",
            "params",
            "toc",
            "comments",
            "math",
            "mathjax",
            "menu",
            "menus",
            "outputs",
        ),
        *(
            "markup",
            "cascade",
            "build",
            "_build",
            "headless",
            "linktitle",
            "isdraft",
            "private",
            "password",
            "sitemap",
        ),
    }
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Matter(NamedTuple):
    """Values by key in small letters, the text, the line it begins on, and what is wrong with the front matter."""

    values: Mapping[str, Any]
    body: str
    body_line: int
    fault: str = ""

    def first(self, *keys: str) -> Any:
        """The value of the first of *keys* that has one."""
        return next(
            (self.values[key] for key in keys if self.values.get(key) not in (None, "", [], {})), None
        )

    def text(self, *keys: str) -> str:
        value = self.first(*keys)
        return plain(str(value)) if isinstance(value, str | int | float) else ""

    def left(self, known: frozenset[str]) -> tuple[str, ...]:
        """The names of keys that an import does nothing with."""
        return tuple(sorted(plain(key)[:60] for key in self.values.keys() - known - _SILENT))

    def moment(self, *keys: str) -> str:
        return moment_of(self.first(*keys))


def read_matter(text: str) -> Matter | None:
    """The parts of a file; None for one without front matter."""
    text = fit(text.removeprefix("\ufeff"))
    try:
        if found := _YAML.match(text):
            values, end = yaml.load(found[1], Loader=_Loader), found.end()  # noqa: S506 - a safe loader
        elif found := _TOML.match(text):
            values, end = tomllib.loads(found[1]), found.end()
        elif text.startswith("{"):
            values, end = json.JSONDecoder().raw_decode(text)
        else:
            return None
    except (
        yaml.YAMLError,
        tomllib.TOMLDecodeError,
        json.JSONDecodeError,
        RecursionError,
        ValueError,
    ) as error:
        return Matter({}, text, 1, _worded(error))
    if not isinstance(values, dict):
        values = {}
    lowered = {str(key).lower(): value for key, value in values.items()}
    params = lowered.get("params")
    if isinstance(params, dict):
        lowered = {**{str(key).lower(): value for key, value in params.items()}, **lowered}
    return Matter(lowered, text[end:], text.count("\n", 0, end) + 1)


def _worded(error: Exception) -> str:
    """What is wrong, with its line in the file; nothing that could be somebody's address."""
    said = str(error)
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        said = f"line {error.problem_mark.line + 2}: {error.problem}"
    return "bad syntax" if "@" in said else " ".join(said.split())[:200]


def moment_of(value: Any) -> str:
    if isinstance(value, dt.date):
        return moment(value.isoformat())
    return moment(value) if isinstance(value, str) else ""


def texts_of(value: Any, *, split: bool = False) -> tuple[str, ...]:
    """A list of texts; a single one is a list of one, or of its words with *split*."""
    if isinstance(value, str):
        parts: Iterable[Any] = value.split() if split else value.split(",") if "," in value else [value]
    else:
        parts = (
            value if isinstance(value, list) else [] if value is None or isinstance(value, dict) else [value]
        )
    found = (plain(str(part)) for part in parts if isinstance(part, str | int | float))
    return tuple(dict.fromkeys(filter(None, found)))


def terms_of(values: Iterable[str]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(Term(value) for value in values))


def people_of(value: Any, known: Mapping[str, str]) -> tuple[Person, ...]:
    """Who wrote: names, keys of *known* names, or blocks with a name. Whatever else stands in a block is not read."""
    found: dict[str, Person] = {}
    for each in value if isinstance(value, list) else [value]:
        written = each.get("name") or each.get("display_name") if isinstance(each, dict) else each
        if isinstance(written, str) and (name := person_name(known.get(written, written))):
            found[name] = Person(name, name)
    return tuple(found.values())


def picture_of(value: Any, alt: str) -> Picture | None:
    """A picture: its address, a block with one, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        alt = plain(str(value.get("alt") or alt))
        value = next(
            (value[key] for key in ("image", "path", "src", "url", "feature") if value.get(key)), None
        )
    return Picture(value, alt) if isinstance(value, str) and value.strip() else None


def is_true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "on"))
