"""Resolves what the text of one entry refers to: entries that were imported too, pictures, files, other sites."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

from PIL import Image

from generator.disk.content_tree import CONTENT_DIR
from generator.files.images import RASTER_SUFFIXES, SUFFIXES
from generator.files.images.svg import make_svg
from generator.ground.text import slugify
from generator.importing.clean import EMAIL
from generator.importing.entries import Entry, Noting, Origin
from generator.importing.placing import Placed

_SCHEMES = frozenset({"http", "https", "tel", "sms", "geo"})
_ATTACHED = frozenset(
    {
        *(".pdf", ".epub", ".txt", ".csv", ".ics", ".zip", ".doc", ".docx", ".odt", ".ods", ".xls", ".xlsx"),
        *(".ppt", ".pptx", ".odp", ".mp3", ".m4a", ".ogg", ".oga", ".wav", ".mp4", ".webm", ".mov", ".vtt"),
    }
)
# One folder for all conditions: a picture that two of them show is one file.
FILES = f"{CONTENT_DIR}/_files"
_LARGEST = 200_000_000


class Known(NamedTuple):
    """What all links may lead to: entries by old address, profiles by old author address, hosts of the old site.

    *owners* are the files that paths were given to, so that two of one name do not share a path.
    """

    entries: Mapping[str, Placed]
    people: Mapping[str, str]
    hosts: frozenset[str]
    owners: dict[str, Path]


class EntryLinks:
    """The links of one entry (:class:`generator.importing.entries.Links`); *files* collects what is to be copied."""

    def __init__(
        self,
        entry: Entry,
        placed: Placed,
        known: Known,
        file_of: Callable[[Entry, str], Path | None],
        note: Noting,
    ) -> None:
        self._entry = entry
        self._placed = placed
        self._known = known
        self._file_of = file_of
        self._note = note
        self._folder = posixpath.dirname(placed.path)
        self.files: dict[str, Path] = {}

    def note(self, cause: str, line: int, what: str) -> None:
        at = self._entry.body_line + line - 1 if line and self._entry.body_line else self._entry.origin.line
        self._note(cause, Origin(self._entry.origin.file, at), what)

    def link(self, address: str, line: int) -> str | None:
        address = address.strip()
        if not address or address.startswith("#"):
            return address if len(address) > 1 else None
        if EMAIL.search(address) or address.lower().startswith("mailto:"):
            self.note("changed", line, "a link to an e-mail address was taken out; its words stay")
            return None
        if address.startswith("file:"):
            return self._file(address, line)
        parts = _split(address)
        if parts is None or (parts.scheme and parts.scheme.lower() not in _SCHEMES):
            self.note(
                "changed", line, "a link that opens no page (a script, or a broken address) was taken out"
            )
            return None
        if parts.scheme in ("tel", "sms", "geo") or (parts.netloc and not self._is_ours(parts.netloc)):
            return address
        return self._ours(address, line)

    def picture(self, address: str, line: int) -> str | None:
        parts = _split(address.strip())
        if parts is None or parts.scheme not in ("", "http", "https"):
            self.note(
                "lost", line, "a picture that is part of the text itself; put it beside the article as a file"
            )
            return None
        file = self._file_of(self._entry, address.strip())
        name = posixpath.basename(unquote(parts.path))
        if file is None:
            if parts.netloc and not self._is_ours(parts.netloc):
                self.note(
                    "lost",
                    line,
                    f"a picture of another site ({parts.hostname}); it would learn who reads the page",
                )
            else:
                uploads = (
                    "; is its folder named with --uploads?" if self._entry.short.startswith("?p=") else ""
                )
                self.note("lost", line, f"the picture {name} is not among the files{uploads}")
            return None
        fault = _fault_of(file)
        if fault:
            self.note("lost", line, f"the picture {name} {fault}")
            return None
        return self._beside(file, parts.path)

    def _file(self, address: str, line: int) -> str | None:
        """A link that names a file of the source."""
        path, _, fragment = address.partition("#")
        if target := self._known.entries.get(path):
            return self._to_entry(target, fragment, line)
        self.note(
            "lost", line, f"a link to {path.removeprefix('file:')}, which was not imported; its words stay"
        )
        return None

    def _is_ours(self, netloc: str) -> bool:
        host = netloc.rpartition("@")[2].partition(":")[0].lower()
        return host.removeprefix("www.") in self._known.hosts

    def _ours(self, address: str, line: int) -> str | None:
        """A link to the old site: to what was imported, to a file that is copied, else as an address of the old site."""
        base = self._entry.addresses[0] if self._entry.addresses else "/"
        parts = _split(urljoin(f"http://old.invalid/{base.lstrip('/')}", address))
        if parts is None:
            return None
        path = unquote(parts.path).strip("/")
        query = short_of(parts.query)
        target = self._known.entries.get(f"{path}{query}") or self._known.entries.get(path)
        if target:
            return self._to_entry(target, parts.fragment, line)
        if person := self._known.people.get(path):
            return self._relative(person)
        file = self._file_of(self._entry, address)
        if file and file.suffix.lower() in (_ATTACHED | set(SUFFIXES)):
            return self._beside(file, parts.path)
        if path.startswith("author/") or "/author/" in path:
            self.note("changed", line, "a link to an author without a profile was taken out; its words stay")
            return None
        self.note("lost", line, f"a link to /{path} of the old site, which was not imported; its words stay")
        return None

    def _to_entry(self, target: Placed, fragment: str, line: int) -> str | None:
        if target.draft and not self._entry.draft:  # a build would refuse the link
            self.note("lost", line, f"a link to {target.path}, which is a draft; its words stay")
            return None
        anchor = unquote(fragment)
        if anchor and anchor not in target.anchors:
            self.note("changed", line, f"a link to the place '{anchor}' leads to the top of {target.path}")
            anchor = ""
        if target is self._placed and anchor:
            return f"#{anchor}"
        return self._relative(target.path) + (f"#{anchor}" if anchor else "")

    def _relative(self, path: str) -> str:
        return posixpath.relpath(path, self._folder)

    def _beside(self, file: Path, address: str) -> str:
        """Copy *file* to where imported files lie, by year and month as there; returns the path from the entry."""
        parts = [part for part in map(slugify, unquote(posixpath.dirname(address)).split("/")) if part]
        stem, suffix = posixpath.splitext(file.name)
        name = f"{(slugify(stem) or 'file')[:100]}{suffix.lower()}"
        path = "/".join([FILES, *(part for part in parts if part.isdecimal()), name])
        if self._known.owners.setdefault(path, file) != file:
            path = "/".join([FILES, *parts, name])
        self.files[path] = file
        return self._relative(path)


def short_of(query: str) -> str:
    """``?p=7`` for a query of WordPress that names the post or page 7; empty for another."""
    values = parse_qs(query)
    number = next((values[name][0] for name in ("p", "page_id") if name in values), "")
    return f"?p={number}" if number.isdecimal() else ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _fault_of(file: Path) -> str:
    """Why a build could not use a picture; empty where it can."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        return "has a format that browsers do not all show: save it as PNG or JPEG"
    try:
        if file.stat().st_size > _LARGEST:
            return "is too large"
        raw = file.read_bytes()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if suffix not in RASTER_SUFFIXES:
        made = make_svg(raw)
        return made.problem
    try:
        with Image.open(io.BytesIO(raw)) as image:
            image.load()
    except Exception:  # Pillow's decoders raise many kinds of exceptions for damaged files
        return "is damaged"
    return ""
