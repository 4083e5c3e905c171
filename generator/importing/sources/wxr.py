"""WordPress's export (WXR) as raw items: one after the other, nothing kept but what an import needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.ground.errors import ContentError
from generator.importing.entries import Noting, Origin
from generator.importing.xml_stream import read_xml

# Everything else, comments above all with their addresses and user agents, is never taken from the parser.
_FIELDS = frozenset(
    {
        *("title", "link", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_id", "wp:post_date"),
        *(
            "wp:post_date_gmt",
            "wp:post_modified",
            "wp:post_modified_gmt",
            "wp:comment_status",
            "wp:post_name",
            "wp:status",
        ),
        *(
            "wp:post_parent",
            "wp:menu_order",
            "wp:post_type",
            "wp:post_password",
            "wp:attachment_url",
            "category",
        ),
    }
)
_META = frozenset(
    {
        *("_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug", "footnotes", "_wp_attached_file"),
        *("_menu_item_type", "_menu_item_object_id", "_menu_item_url"),
    }
)
_AUTHOR = frozenset(
    {"wp:author_login", "wp:author_display_name", "wp:author_first_name", "wp:author_last_name"}
)
_SITE = frozenset({"wp:base_site_url", "wp:base_blog_url", "link"})
_LARGEST = 4_000_000


class Item:
    """One ``<item>``: fields by name, meta values by key, terms; *lines* say where a field begins."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.meta: dict[str, list[str]] = {}
        self.terms: list[tuple[str, str, str]] = []
        self.too_large = False

    def get(self, name: str) -> str:
        return self.fields.get(name, "").strip()


class Author:
    """One ``<wp:author>``; what else an export says of people is not read."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}


class _Reader:
    """Takes items off the stream of XML."""

    def __init__(self, authors: list[Author], site: dict[str, str]) -> None:
        self.items: list[Item] = []
        self.authors = authors
        self.site = site
        self.is_wxr = False
        self._item: Item | None = None
        self._author: Author | None = None
        self._text: list[str] = []
        self._size = 0
        self._taken = False
        self._term: tuple[str, str] = ("", "")
        self._key = ""

    def start(self, path: list[str], attributes: dict[str, str], line: int) -> None:
        name, depth = path[-1], len(path)
        self.is_wxr = self.is_wxr or name.startswith("wp:")
        if path[1:2] != ["channel"]:
            return
        if depth == 3 and name == "item":
            self._item = Item(line)
        elif depth == 3 and name == "wp:author":
            self._author = Author()
        elif self._item is not None and name == "wp:postmeta":
            self._key = ""
        self._taken = self._takes(path)
        if self._taken:
            self._text, self._size = [], 0
            self._term = (attributes.get("domain", ""), attributes.get("nicename", ""))
            if self._item is not None:
                self._item.lines.setdefault(name, line)

    def _takes(self, path: list[str]) -> bool:
        name, depth = path[-1], len(path)
        if self._item is not None:
            if depth == 4:
                return name in _FIELDS
            return depth == 5 and path[3] == "wp:postmeta" and name in ("wp:meta_key", "wp:meta_value")
        if self._author is not None:
            return depth == 4 and name in _AUTHOR
        return depth == 3 and name in _SITE

    def text(self, path: list[str], text: str, line: int) -> None:
        if not self._taken:
            return
        self._size += len(text)
        if self._size <= _LARGEST:
            self._text.append(text)
        elif self._item is not None:
            self._item.too_large = True

    def end(self, path: list[str]) -> None:
        name, depth = path[-1], len(path)
        text = "".join(self._text) if self._taken else ""
        if self._item is not None:
            self._end_in_item(self._item, name, depth, text)
        elif self._author is not None:
            if self._taken:
                self._author.fields[name] = text.strip()
            elif depth == 3:
                self.authors.append(self._author)
                self._author = None
        elif self._taken:
            self.site.setdefault(name, text.strip())
        self._taken, self._text = False, []

    def _end_in_item(self, item: Item, name: str, depth: int, text: str) -> None:
        if depth == 3:
            self.items.append(item)
            self._item = None
        elif not self._taken:
            return
        elif name == "category":
            item.terms.append((*self._term, text.strip()))
        elif name == "wp:meta_key":
            self._key = text.strip()
        elif name == "wp:meta_value":
            if self._key in _META:
                item.meta.setdefault(self._key, []).append(text.strip())
        else:
            item.fields[name] = text


class Wxr:
    """An export, in one file or in several that belong together; *authors* and *site* are complete after a reading."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._file = files[0]
        self.authors: list[Author] = []
        self.site: dict[str, str] = {}

    def items(self, note: Noting) -> Iterator[Item]:
        """Raises ContentError where a file is no export."""
        self.authors, self.site = [], {}
        for file in self._files:
            self._file = file
            reader = _Reader(self.authors, self.site)
            for _ in read_xml(file, reader, note):
                yield from reader.items
                reader.items.clear()
            if not reader.is_wxr:
                hint = "export it anew: Tools → Export → All content"
                raise ContentError("is no export of WordPress", file.name, hint=hint)

    def origin(self, line: int = 0) -> Origin:
        """A place in the file that is being read."""
        return Origin(self._file.name, line)
