"""What every format is read as: entries with their texts as they were, people, and the place of each in its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

from generator.ground.model import Struct

EntryKind = Literal["article", "page"]


class Origin(NamedTuple):
    """A place in what is imported: a file as it is called there, and its line from 1 (0: the whole file)."""

    file: str
    line: int = 0


class Picture(Struct):
    """A picture as its source names it, with the words that describe it there."""

    address: str
    alt: str = ""


class Term(Struct):
    """A category or a tag: its name, and the slug by which addresses of the old site call it."""

    name: str
    slug: str = ""


class Person(Struct):
    """Somebody who wrote: *key* is how entries name them, and is never written; *name* is what readers saw.

    *addresses* are paths of the old site's pages about them.
    """

    key: str
    name: str
    summary: str = ""
    addresses: tuple[str, ...] = ()


class Entry(Struct):
    """One article or page before anything is decided about it.

    *key* stays the same from import to import. *addresses* are paths on the old site, the current one first. *group* is
    shared by translations of one text; *anchors* are the ids of its headings; *short* is how else links name it: a query (``?p=7``), or
    the file as ``file:posts/a.md``. *numbered* are addresses by number, ``/?p=7``. *section* is the folder that may decide the condition.
    *body* begins at *body_line* of its file; *notes* are footnotes that stand apart from it.
    """

    key: str
    origin: Origin
    title: str
    kind: EntryKind = "article"
    slug: str = ""
    date: str = ""
    updated: str = ""
    expires: str = ""
    draft: bool = False
    authors: tuple[str, ...] = ()
    categories: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    section: str = ""
    addresses: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    summary: str = ""
    picture: Picture | None = None
    language: str = ""
    group: str = ""
    order: int | None = None
    comments: Literal["", "closed"] = ""
    noindex: bool = False
    anchors: tuple[str, ...] = ()
    short: str = ""
    body: str = ""
    notes: str = ""
    body_line: int = 0


class Note(NamedTuple):
    """One line of the report: *cause* groups notes (``generator.importing.report``), *what* says what happened."""

    cause: str
    origin: Origin
    what: str


Noting = Callable[[str, Origin, str], None]


class Links(Protocol):
    """What the text of one entry may ask while it is converted."""

    def link(self, address: str, line: int) -> str | None:
        """What to write for *address*; None where the link goes and its words stay."""

    def picture(self, address: str, line: int) -> str | None:
        """The path of a picture beside the entry; None where there is no such file."""

    def note(self, cause: str, line: int, what: str) -> None:
        """Add to the report, at a line of the entry's source."""


class MenuEntry(NamedTuple):
    """One place of the old menu: what it was called (empty: as the page), and its address, which may be a query (``?p=7``)."""

    label: str
    address: str


class Withdrawn(NamedTuple):
    """An entry that must not be published any more, though an earlier import may have written it."""

    key: str
    origin: Origin
    why: str


class Source(Protocol):
    """A format. :meth:`entries` is called twice: to place everything, then to write it one by one."""

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """What is there and not public; complete once all entries were read."""

    def entries(self, note: Noting) -> Iterator[Entry]:
        """Every entry that may be published, in the order of the source."""

    def people(self) -> tuple[Person, ...]:
        """Those who wrote; complete once all entries were read."""

    def hosts(self) -> frozenset[str]:
        """Names of the hosts at which the old site was reached; complete once all entries were read."""

    def menu(self) -> tuple[MenuEntry, ...]:
        """The old site's main menu in its order; complete once all entries were read."""

    def file_of(self, entry: Entry, address: str) -> Path | None:
        """The file on this machine that *address* meant in *entry*."""

    def markdown(self, entry: Entry, links: Links) -> str:
        """The text of *entry* in our Markdown."""


def host_of(address: str) -> str:
    """The host of an address as hosts are compared here, without ``www.``; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
