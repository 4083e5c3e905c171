"""What the path of a Markdown file says about it: kind, condition, folder, name, language."""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec

from generator.content.config import Config
from generator.disk.names import without_suffix
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean, slugify

# In characters. Ids of threads and polls begin with the condition and may have 200 characters in all.
MAX_CONDITION = 100


class Naming(NamedTuple):
    """What a path says about a document; the first fields of :class:`generator.content.read.Document`."""

    kind: str
    condition: str
    folder: str
    name: str
    language: str


def name_source(path: str, config: Config) -> Naming | Problem:
    """What the path of a Markdown file says, or a Problem where the path cannot be used."""
    parent, _, name = path.rpartition("/")
    stem, language = without_suffix(name), config.language
    base, dot, suffix = stem.rpartition(".")
    if dot and suffix in config.all_languages:
        stem, language = base, suffix
    holder = _holder(parent)
    if isinstance(holder, Problem):
        return msgspec.structs.replace(holder, source_path=path)
    kind, condition, folder = holder
    if kind != "article":
        return Naming(kind, "", folder, stem, language)
    if not condition:
        return Problem(
            "an article must lie in a condition's folder",
            source_path=path,
            hint=f"move it to content/<condition>/{stem}.md",
        )
    if stem == "_index":
        return Naming("section" if folder else "hub", condition, folder, stem, language)
    if stem.startswith("_"):
        near = did_you_mean(stem, ["_index"])
        return Problem(
            "a name that begins with _ is kept for the generator",
            source_path=path,
            hint=near or "rename the file",
        )
    return Naming("article", condition, folder, stem, language)


class _Holder(NamedTuple):
    """What a folder says about the files in it: their kind, their condition, and the folders between the two."""

    kind: str
    condition: str
    folder: str


@functools.lru_cache(maxsize=4096)
def _holder(parent: str) -> _Holder | Problem:
    """What the folder *parent*, below the project's root, says about its files; or why it may hold none."""
    _, _, inside = parent.partition("/")
    top, _, folder = inside.partition("/")
    if top == "_people":
        return _Holder("person", "", folder)
    if top == "_pages":
        return _Holder("page", "", folder)
    if top.startswith("_"):
        hint = (
            did_you_mean(top, ["_people", "_pages"]) or "the folders that begin with _ are _people and _pages"
        )
        return Problem(f"'{top}' is not a folder that the generator knows", hint=hint)
    if len(top) > MAX_CONDITION:
        hint = f"use at most {MAX_CONDITION} characters"
        return Problem(f"the condition's folder has too long a name ({len(top)} characters)", hint=hint)
    suggestion = slugify(top)
    if suggestion != top or not top.isascii():
        usable = suggestion.isascii() and suggestion
        hint = f"rename the folder to `{suggestion}`" if usable else "rename the folder"
        return Problem("a condition's folder is named with a-z, 0-9 and hyphens", hint=hint)
    return _Holder("article", top, folder)
