"""Blocks of templates: finds those that a child fills and no parent of it has, whose text would show nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.theme.types import PARENT

_TAG: Final = re.compile(
    r"""\{%[-+]?\s*(?:(?P<opens>block)\s+(?P<name>\w+)|(?P<closes>endblock)\b|extends\s+(?P<quote>["'])(?P<parent>[^"'\n]+)(?P=quote))"""
)
_SILENT: Final = re.compile(r"\{#.*?#\}|\{%[-+]?\s*raw\b.*?\bendraw\b", re.DOTALL)


class _Block(NamedTuple):
    name: str
    start: int
    inner: bool  # stands in another block of the same template


class _Outline(NamedTuple):
    parent: str
    blocks: tuple[_Block, ...]


def lost_blocks(templates: Mapping[str, str], paths: Mapping[str, str]) -> Iterator[Problem]:
    """An error for each block of a template that extends another and that none of its parents has.

    A block inside another block may be new: it is part of what the outer one shows.
    """
    outlines = {name: _outline(text) for name, text in templates.items()}
    for name, outline in outlines.items():
        parents = list(_parents(name, outlines))
        if not outline.parent or not parents:
            continue
        known = {block.name for parent in parents for block in outlines[parent].blocks}
        for block in outline.blocks:
            if not block.inner and block.name not in known:
                text = templates[name]
                line = text.count("\n", 0, block.start) + 1
                column = block.start - text.rfind("\n", 0, block.start)
                message = (
                    f"'{outline.parent}' has no block '{block.name}': what stands in it would show nowhere"
                )
                hint = did_you_mean(block.name, known) or _elsewhere(block.name, outlines, known)
                yield Problem(message, line, column, hint, paths[name], rule="theme")


def _outline(text: str) -> _Outline:
    """The blocks of a template and what it extends; comments and raw text count for nothing."""
    blocks, depth, parent = [], 0, ""
    for tag in _TAG.finditer(_SILENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)):
        if tag["opens"]:
            blocks.append(_Block(tag["name"], tag.start("name"), depth > 0))
            depth += 1
        elif tag["closes"]:
            depth -= 1
        else:
            parent = tag["parent"]
    return _Outline(parent, tuple(blocks))


def _parents(name: str, outlines: Mapping[str, _Outline]) -> Iterator[str]:
    """The templates that *name* extends, the nearest first; nothing where one of them is missing."""
    seen = {name}
    while True:
        wanted = outlines[name].parent
        # A template that names itself means the one of that name in the parent theme.
        name = PARENT + name if wanted and wanted == name.lstrip(PARENT) else wanted
        if name not in outlines or name in seen:
            return
        seen.add(name)
        yield name


def _elsewhere(block: str, outlines: Mapping[str, _Outline], known: set[str]) -> str:
    """Which template has the block, or which blocks there are."""
    homes = [
        name
        for name, outline in outlines.items()
        if not outline.parent and block in {each.name for each in outline.blocks}
    ]
    if homes:
        return f"'{homes[0].lstrip(PARENT)}' has it: write it in a file of that name"
    return f"it has: {', '.join(sorted(known))}" if known else "it has no blocks"
