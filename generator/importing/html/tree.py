"""Looks for elements in a tree by name alone: a fifth of the time of Beautiful Soup's own search, which can do much more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS: Final = frozenset({"thead", "tbody", "tfoot"})
_CELLS: Final = frozenset({"td", "th"})
_TERMS: Final = frozenset({"dt", "dd"})
# What begins → what it ends, if it lies in one, and within what it may lie nevertheless.
_ENDED: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    **dict.fromkeys(_CELLS, (_CELLS, frozenset({"table"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(_PARTS, (_PARTS, frozenset({"table"}))),
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(_TERMS, (_TERMS, frozenset({"dl"}))),
}
_MOST_UNCLOSED: Final = 5_000
_AROUND: Final = 8  # children before and after the last one that are looked at first


class _Indexed(Tag):
    """Finds a child from where the last one was found. Beautiful Soup begins at the first child for each that is moved, so
    that a text of n paragraphs took n² steps: minutes for a post of one megabyte."""

    _near = 0

    def index(self, element: PageElement) -> int:
        contents, near = self.contents, self._near
        for at in range(max(near - _AROUND, 0), min(near + _AROUND, len(contents))):
            if contents[at] is element:
                self._near = at
                return at
        self._near = super().index(element)
        return self._near


class Soup(_Indexed, BeautifulSoup):
    """The tree of some HTML, whose children are found fast."""

    def __init__(self, html: str) -> None:
        super().__init__(html, "html.parser", element_classes={Tag: _Indexed})


def line_of(tag: Tag) -> int:
    return tag.sourceline or 1


def classes_of(tag: Tag) -> list[str]:
    found = tag.get("class")
    if found is None:
        return []
    return [found] if isinstance(found, str) else [str(name) for name in found]


def elements(root: Tag, names: Collection[str]) -> list[Tag]:
    """All elements below *root* with one of *names*, in the order of the document."""
    return [node for node in root.descendants if isinstance(node, Tag) and node.name in names]


def inside(node: PageElement, name: str) -> bool:
    """Whether *node* lies in an element called *name*."""
    parent = node.parent
    while parent is not None and parent.name != name:
        parent = parent.parent
    return parent is not None


def end_unclosed(root: Tag) -> None:
    """End cells, rows, items and terms where browsers do: at the next one. Old pages leave out what ends them, and a
    parser that knows no such rule puts each into the one before: two cells of a table become one."""
    found = elements(root, _ENDED)
    if len(found) > _MOST_UNCLOSED:
        return  # what lies too deep afterwards is told
    for tag in found:
        ended, walls = _ENDED[tag.name]
        parent = tag.parent
        while parent is not None and parent.name not in ended and parent.name not in walls:
            parent = parent.parent
        if parent is not None and parent.name in ended:
            at: PageElement = parent
            for node in [tag, *tag.next_siblings]:
                at.insert_after(node.extract())
                at = node


def depth(root: Tag, most: int) -> int:
    """How deep elements lie in each other, counted without recursion and no further than beyond *most*."""
    deepest, level = 0, _children(root)
    while level and deepest <= most:
        level = [child for tag in level for child in _children(tag)]
        deepest += 1
    return deepest


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.contents if isinstance(child, Tag)]
