"""A–Z: sorting and grouping by first letter, without regard to accents and case."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from generator.views import types as shapes

Item = TypeVar("Item")


def group_links(links: Iterable[shapes.Link]) -> tuple[tuple[str, tuple[shapes.Link, ...]], ...]:
    """Links by the first letter of their labels."""
    return group_by_initial(links, lambda link: link.label)


def group_by_initial(
    items: Iterable[Item], name: Callable[[Item], str]
) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """*items* as (initial, items), A–Z, each group sorted by *name*; ``#`` holds what begins with no letter."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[initial(name(item))].append(item)
    return tuple(
        (letter, tuple(sorted(groups[letter], key=lambda item: sort_key(name(item)))))
        for letter in sorted(groups)
    )


def initial(text: str) -> str:
    """The first letter, upper case and without its accent; ``#`` where *text* begins with no letter."""
    first = sort_key(text)[:1].upper()
    return first if first.isalpha() else "#"


def sort_key(text: str) -> str:
    """*text* for sorting: lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
