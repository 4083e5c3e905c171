"""A place that a menu, the footer or a condition's hub names by file path."""

from __future__ import annotations

from typing import ClassVar

from generator.ground.model import Struct


class MenuItem(Struct):
    """*page* is a path below content/ (beside the file in a hub), *url* an address elsewhere; a bare text is a *page*.

    *label* is the page's title where nothing is written; with *language*, only pages in that language show the item.
    """

    shorthand: ClassVar[str] = "page"

    page: str = ""
    url: str = ""
    label: str | dict[str, str] = ""
    language: str = ""
