"""An output to be: what it comes from, where it goes, and how its view is made when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.cards import Card
from generator.permalinks import Root
from generator.site import Condition
from generator.views import shapes
from generator.views.frame import Frame
from generator.views.material import Material

NO_CHROME = b""


class Planned(NamedTuple):
    """An output to be: *origin* names what it comes from, *make* its view.

    *bodies* are the source paths of the bodies that the page holds: all that its view knows of text beyond facts.
    *entry* is set for pages that search engines may index; *card* is the picture that stands for the page elsewhere.
    """

    output_path: str
    origin: str
    make: Callable[[], shapes.AnyView]
    chrome: bytes = NO_CHROME
    bodies: tuple[str, ...] = ()
    entry: shapes.SitemapEntry | None = None
    root: Root | None = None
    card: Card | None = None


class Frames:
    """The frames of a site, each made once."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._frames: dict[tuple[str, str, str], Frame] = {}

    def get(self, root: Root, language: str, condition: Condition | None = None) -> Frame:
        key = (root.folder, language, condition.id if condition else "")
        if key not in self._frames:
            self._frames[key] = Frame(self._material, root, language, condition)
        return self._frames[key]
