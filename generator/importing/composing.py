"""Composes files of ours: front matter in a fixed order of keys, then the text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.importing.clean import plain
from generator.importing.entries import Entry, Person
from generator.importing.placing import Placed

# No date has two readings in YAML 1.2, so none needs quotes.
_DATE = re.compile(r"^(date|updated|expires): '([^']*)'$", re.MULTILINE)


class _Dumper(yaml.SafeDumper):
    """Indents the items of lists, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def compose_entry(entry: Entry, placed: Placed, authors: tuple[str, ...], image: str, body: str) -> str:
    """The file of *entry*; *authors* are ids of profiles, *image* is the path of the picture or empty."""
    keys = dict(_keys(entry, placed, authors, image))
    return f"---\n{_yaml(keys)}---\n{body}"


def compose_person(person: Person) -> str:
    keys: dict[str, Any] = {"name": person.name, "role": "member"}
    if person.summary:
        keys["summary"] = person.summary
    return f"---\n{_yaml(keys)}---\n"


def _keys(entry: Entry, placed: Placed, authors: tuple[str, ...], image: str) -> Iterator[tuple[str, Any]]:
    yield "title", plain(entry.title) or placed.slug.replace("-", " ").capitalize()
    if posixpath.basename(placed.path).partition(".")[0] != placed.slug:
        yield "slug", placed.slug
    if entry.kind == "article":
        yield from _dates(entry)
    elif entry.updated:
        yield "updated", entry.updated
    if entry.draft:
        yield "draft", True
    if entry.order is not None:
        yield "order", entry.order
    if entry.summary:
        yield "summary", entry.summary
    if entry.kind == "article":
        if authors:
            yield "authors", list(authors)
        if placed.topics:
            yield "topics", list(placed.topics)
        if image:
            yield "image", image
            if entry.picture and entry.picture.alt:
                yield "image_alt", entry.picture.alt
        if entry.comments:
            yield "comments", entry.comments
    if placed.aliases:
        yield "aliases", [alias.replace("%", "%25") for alias in placed.aliases]
    if entry.noindex:
        yield "noindex", True


def _dates(entry: Entry) -> Iterator[tuple[str, str]]:
    for key in ("date", "updated", "expires"):
        value: str = getattr(entry, key)
        if value:
            yield key, value


def _yaml(keys: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(keys), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10**6
    )
    return _DATE.sub(r"\1: \2", text)
