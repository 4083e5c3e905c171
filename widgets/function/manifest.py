"""Owns the manifest: what published pages show, read from a path, a URL or a callable, the last good one
kept."""

from __future__ import annotations

import asyncio
import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from widgets.function.problems import Problem

log = logging.getLogger("gatherwell.function")

VERSION: Final = 1
_MOST_BYTES: Final = 50_000_000
_FETCH_SECONDS: Final = 5.0

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._~-]*\Z", max_length=200)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z", max_length=64)]
Path_ = Annotated[str, msgspec.Meta(pattern=r"^/(?![/\\])[^?#\\\x00-\x20]*\Z", max_length=1000)]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
Origin = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#@\\ \x00-\x20]+\Z")]


class Option(msgspec.Struct, frozen=True):
    key: Key
    label: str


class Poll(msgspec.Struct, frozen=True):
    condition: Id
    question: str
    options: tuple[Option, ...]
    multiple: bool
    min: int
    max: int
    version: int
    closes: Annotated[datetime, msgspec.Meta(tz=True)] | None
    results: Literal["always", "after-vote", "on-close"]
    sensitive: bool
    pages: Mapping[str, Path_]


class Thread(msgspec.Struct, frozen=True):
    condition: Id
    title: str
    comments: Literal["open", "closed", "off"]
    reactions: tuple[Key, ...]
    pages: Mapping[str, Path_]
    sort: Literal["oldest", "newest", "reacted"] = "oldest"


class Quiet(msgspec.Struct, frozen=True):
    """Hours in which new comments wait; over midnight where `to` is earlier than `from`."""

    begin: Clock = msgspec.field(name="from")
    end: Clock = msgspec.field(name="to")
    time_zone: str


class Condition(msgspec.Struct, frozen=True):
    title: str
    origin: Origin
    url_path: Path_
    comments: Literal["pre", "first", "post"]
    quiet: Quiet | None = None
    slow: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 0  # minutes


class HelpLine(msgspec.Struct, frozen=True):
    """Where to turn in a crisis; the shape is that of the contract's answers."""

    name: str
    phone: str | None = None
    text: str | None = None
    url: str | None = None
    hours: str | None = None


class RetiredPoll(msgspec.Struct, frozen=True):
    id: Id
    version: int


class Retired(msgspec.Struct, frozen=True):
    polls: tuple[RetiredPoll, ...] = ()
    threads: tuple[Id, ...] = ()
    conditions: tuple[Id, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """Keys that this version does not know are passed over, so that an older function reads a newer file."""

    version: Literal[1]
    generated_by: str
    origins: tuple[Origin, ...]
    default_language: str
    languages: tuple[str, ...]
    conditions: Mapping[Id, Condition]
    polls: Mapping[Id, Poll]
    threads: Mapping[Id, Thread]
    retired: Retired = Retired()
    help: Mapping[str, tuple[HelpLine, ...]] = msgspec.field(default_factory=dict)

    def page_path(self, pages: Mapping[str, str], lang: str | None) -> str:
        """The page in that language, else in the default one, else the first."""
        return pages.get(lang or "") or pages.get(self.default_language) or next(iter(pages.values()))

    def poll(self, id_: str) -> Poll:
        poll = self.polls.get(id_)
        if poll is None:
            raise Problem("unknown-poll")
        return poll

    def thread(self, id_: str) -> Thread:
        thread = self.threads.get(id_)
        if thread is None:
            raise Problem("unknown-thread")
        return thread


def parse_manifest(data: bytes) -> Manifest:
    """Raises msgspec.DecodeError or UnicodeDecodeError, both ValueErrors."""
    manifest = msgspec.json.decode(data, type=Manifest)
    items: list[tuple[str, Poll | Thread]] = [*manifest.polls.items(), *manifest.threads.items()]
    for id_, item in items:
        if item.condition not in manifest.conditions:
            raise msgspec.ValidationError(f"{id_}: its condition is not in the manifest")
        if not item.pages:
            raise msgspec.ValidationError(f"{id_}: it names no page")
    return manifest


class ManifestSource:
    """Looks again when `refresh` seconds have passed; what cannot be read leaves the last good manifest in
    place."""

    def __init__(
        self, source: str | Path | Callable[[], bytes], refresh: float, clock: Callable[[], float]
    ) -> None:
        self._source = source
        self._refresh = refresh
        self._clock = clock
        self._lock: asyncio.Lock | None = None
        self._tag: str | None = None
        self._looked: float | None = None
        self._manifest: Manifest | None = None
        self.stale = False

    def at_hand(self) -> Manifest | None:
        """The manifest if it needs no new look, else None."""
        if self._looked is None or not 0 <= self._clock() - self._looked < self._refresh:
            return None
        return self._manifest

    async def current(self) -> Manifest:
        """Raises Problem where there has never been one."""
        manifest = self.at_hand()
        if manifest is not None:
            return manifest
        lock = self._lock = self._lock or asyncio.Lock()
        if not (lock.locked() and self._manifest is not None):  # others go on with the last one meanwhile
            async with lock:
                if self.at_hand() is None:
                    await self._look()
        if self._manifest is None:
            raise Problem("manifest-missing", retry_after=5)
        return self._manifest

    async def _look(self) -> None:
        try:
            fetched = self._fetch() if callable(self._source) else await asyncio.to_thread(self._fetch)
            if fetched is not None:
                tag, data = fetched
                self._manifest = parse_manifest(data)
                self._tag = tag
            self.stale = False
        except (OSError, ValueError, RecursionError) as error:
            self.stale = True
            log.warning("The manifest could not be read (%s); the last good one stays.", type(error).__name__)
        self._looked = self._clock()

    def _fetch(self) -> tuple[str, bytes] | None:
        """Tag and bytes, or None when nothing has changed."""
        if callable(self._source):
            return "", self._source()
        if str(self._source).startswith(("http://", "https://")):
            return self._download(str(self._source))
        path = Path(self._source)
        found = path.stat()
        tag = f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}"
        return None if tag == self._tag else (tag, path.read_bytes())

    def _download(self, url: str) -> tuple[str, bytes] | None:
        headers = {"If-None-Match": self._tag} if self._tag else {}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310  (http or https, checked above)
        try:
            with urllib.request.urlopen(request, timeout=_FETCH_SECONDS) as answer:  # noqa: S310
                data = answer.read(_MOST_BYTES + 1)
                if len(data) > _MOST_BYTES:
                    raise ValueError("the manifest is too large")
                return answer.headers.get("ETag") or "", data
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return None
            raise
