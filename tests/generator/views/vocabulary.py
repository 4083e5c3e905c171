"""The extract of schema.org beside this file, and what of a graph is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_TEXTS = {"Text", "URL", "Date", "DateTime", "Language"}
_NUMBERS = {"Integer", "Number", "Text"}


@cache
def _terms() -> tuple[dict[str, list[str]], dict[str, dict[str, list[str]]]]:
    read = yaml.safe_load(Path(__file__).with_name("schema_org.yaml").read_text("utf-8"))
    return read["types"], read["properties"]


def _kinds(name: str) -> set[str]:
    """A type and all above it."""
    types, _ = _terms()
    return {name}.union(*(_kinds(parent) for parent in types.get(name, ())))


def wrong_terms(thing: dict[str, Any]) -> Iterator[str]:
    """What of *thing* and of the things in it schema.org does not know, or expects elsewhere."""
    types, properties = _terms()
    name = thing.get("@type", "")
    if name not in types:
        yield f"unknown type {name!r}"
        return
    for key, value in thing.items():
        if key.startswith("@"):
            continue
        if key not in properties:
            yield f"unknown property {key!r} of {name}"
            continue
        if not _kinds(name).intersection(properties[key]["of"]):
            yield f"{name} has no {key!r}"
        for each in value if isinstance(value, list) else [value]:
            yield from _wrong_value(f"{name}.{key}", each, set(properties[key]["is"]))


def _wrong_value(place: str, value: Any, expected: set[str]) -> Iterator[str]:
    types, _ = _terms()
    if isinstance(value, dict):
        if not _kinds(value.get("@type", "")).intersection(expected):
            yield f"{place} is no {value.get('@type')}"
        yield from wrong_terms(value)
    elif isinstance(value, bool):
        if "Boolean" not in expected:
            yield f"{place} is no boolean"
    elif isinstance(value, int):
        if not _NUMBERS & expected:
            yield f"{place} is no number"
    elif value.startswith("https://schema.org/"):
        if (
            not _kinds(value.rpartition("/")[2]).intersection(expected)
            or value.rpartition("/")[2] not in types
        ):
            yield f"{place} is no {value}"
    elif not _TEXTS & expected and "Thing" not in expected:
        yield f"{place} is no text"
