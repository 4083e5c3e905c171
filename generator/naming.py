"""What the path of a Markdown file says of it: kind, condition, folder, name, language."""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec

from generator.config import Config
from generator.errors import Problem
from generator.text import did_you_mean, slugify

# Ids of threads and polls begin with it, and may have 200 characters.
MAX_CONDITION = 100


class Naming(NamedTuple):
    """What a path says of a document."""

    kind: str
    condition: str
    folder: str
    name: str
    language: str


def name_source(path: str, config: Config) -> Naming | Problem | None:
    """What the path of a Markdown file says; a Problem where it says nothing usable; None for a file to pass over."""
    parent, _, name = path.rpartition("/")
    stem, language = name[: -len(".md")], config.language
    base, dot, suffix = stem.rpartition(".")
    if dot and suffix in config.all_languages:
        stem, language = base, suffix
    room = _room(parent)
    if isinstance(room, Problem):
        return msgspec.structs.replace(room, source_path=path)
    kind, top, folder = room
    if kind != "article":
        return Naming(kind, "", folder, stem, language)
    if not top:
        return Problem(
            "an article must lie in a condition's folder",
            source_path=path,
            hint=f"move it to content/<condition>/{stem}.md",
        )
    if stem == "_index":
        if folder:
            return Problem(
                "_index.md belongs to a condition's folder only",
                source_path=path,
                hint="name the file index.md, or move it up",
            )
        return Naming("hub", top, "", stem, language)
    if stem.startswith("_"):
        near = did_you_mean(stem, ["_index"])
        return Problem(
            "a name that begins with _ is kept for the generator",
            source_path=path,
            hint=near or "rename the file",
        )
    return Naming("article", top, folder, stem, language)


@functools.lru_cache(maxsize=4096)
def _room(parent: str) -> tuple[str, str, str] | Problem:
    """What a folder says of the files in it: their kind, their condition, the folders between; or what is wrong with it."""
    _, _, inside = parent.partition("/")
    top, _, folder = inside.partition("/")
    if top == "_people":
        return "person", "", folder
    if top == "_pages":
        return "page", "", folder
    if top.startswith("_"):
        hint = (
            did_you_mean(top, ["_people", "_pages"]) or "the folders that begin with _ are _people and _pages"
        )
        return Problem(f"'{top}' is not a folder that the generator knows", hint=hint)
    if len(top) > MAX_CONDITION:
        hint = f"use at most {MAX_CONDITION} characters"
        return Problem("the condition's folder has too long a name", hint=hint)
    suggestion = slugify(top)
    if suggestion != top or not top.isascii():
        usable = suggestion.isascii() and suggestion
        hint = f"rename the folder to `{suggestion}`" if usable else "rename the folder"
        return Problem("a condition's folder is named with a-z, 0-9 and hyphens", hint=hint)
    return "article", top, folder
