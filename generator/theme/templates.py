"""Reads the templates of a theme and its parents, and the pages that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.ground.errors import ThemeError
from generator.theme.inheritance import ThemeFolder, files_below, read_text
from generator.theme.types import PARENT, NamedPage

_URL = re.compile(r"""(?<![\w.])url\(\s*(?P<quote>["'])(?P<path>[^"'\n]*)(?P=quote)\s*\)""")


def read_templates(chain: Sequence[ThemeFolder]) -> tuple[dict[str, str], dict[str, str]]:
    """The text and the label of each template by name; a child's replaces its parent's.

    Where the child's names its own name (``{% extends "article.html" %}`` in ``article.html``), the parent's is kept
    too, as ``^article.html``, and its parent's as ``^^article.html``.
    """
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    for folder in chain:
        for name in files_below(folder.path / "templates"):
            label = f"{folder.label}/templates/{name}"
            text = read_text(folder.path / "templates" / name, label)
            _shift(name, texts, paths, names_itself(name, text))
            texts[name], paths[name] = text, label
    if not texts:
        raise ThemeError(
            "the theme has no templates", f"{chain[-1].label}/templates", hint="add 'extends: commons'"
        )
    return texts, paths


def names_itself(name: str, text: str) -> bool:
    """Whether a template may extend, include or import its parent's of the same name."""
    return f'"{name}"' in text or f"'{name}'" in text


def _shift(name: str, texts: dict[str, str], paths: dict[str, str], keep: bool) -> None:
    """Make room for a child's template *name*: the parents' move one step up, or are dropped."""
    for values in (texts, paths):
        known = []
        while name in values:
            known.append(values.pop(name))
            name = PARENT + name
        name = name.lstrip(PARENT)
        if keep:
            values.update((PARENT * step + name, value) for step, value in enumerate(known, 1))


def named_pages(templates: Mapping[str, str], paths: Mapping[str, str]) -> tuple[NamedPage, ...]:
    """The pages that templates name in ``url("…")``, each with its place."""
    found = []
    for name, text in templates.items():
        for call in _URL.finditer(text):
            start = call.start("path")
            line = text.count("\n", 0, start) + 1
            found.append(NamedPage(call["path"], paths[name], line, start - text.rfind("\n", 0, start)))
    return tuple(found)
