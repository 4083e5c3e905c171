"""A planned output: where it goes, what it comes from, and how its view is made when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.files.cards import Card
from generator.site.permalinks import Root
from generator.site.types import Condition
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.frame import Frame

NO_CHROME = b""


class Planned(NamedTuple):
    """A planned output: *origin* names what it comes from, *make* makes its view.

    *bodies* are the source paths of the bodies that the page contains; of all other bodies its view uses the facts
    alone. *entry* is set for pages that search engines may index. *card* is the page's social card. *traced* says that
    *make* reads front matter of articles when it is called: nothing of it was read when the output was planned. Then it
    need not be made where only titles and summaries changed that it did not read the last time. *group* is the place of what
    was noted while it was planned (see :class:`generator.ground.reads.Reads`); one without a group is made wherever an article
    comes, goes or changes otherwise.
    """

    output_path: str
    origin: str
    make: Callable[[], shapes.AnyView]
    chrome: bytes = NO_CHROME
    bodies: tuple[str, ...] = ()
    entry: shapes.SitemapEntry | None = None
    root: Root | None = None
    card: Card | None = None
    traced: bool = False
    group: int = -1


def plan_page(
    frame: Frame,
    url_path: str,
    origin: str,
    make: Callable[[], shapes.AnyView],
    bodies: tuple[str, ...] = (),
    entry: shapes.SitemapEntry | None = None,
    traced: bool = False,
    card: Card | None = None,
) -> Planned:
    """A page of *frame*, with the frame's social card where it has no *card* of its own."""
    output_path = frame.root.output_path(url_path)
    shown = card or frame.card
    group, chrome = frame.context.site.reads.group, frame.encoded_chrome
    return Planned(output_path, origin, make, chrome, bodies, entry, frame.root, shown, traced, group)


def sitemap_entry(
    frame: Frame, url_path: str, updated: str = "", versions: tuple[tuple[str, str], ...] = ()
) -> shapes.SitemapEntry:
    """What the sitemap says of a page; *versions* are its languages as (language, permalink), itself among them."""
    return shapes.SitemapEntry(frame.root.permalink(url_path), updated, versions if len(versions) > 1 else ())


class Frames:
    """The frames of a site, each made once."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._frames: dict[tuple[str, str, str], Frame] = {}

    def get(self, root: Root, language: str, condition: Condition | None = None) -> Frame:
        key = (root.folder, language, condition.id if condition else "")
        if key not in self._frames:
            # What pages share is compared as a whole between builds.
            with self._context.site.reads.aside():
                self._frames[key] = Frame(self._context, root, language, condition)
        return self._frames[key]
