"""A built site as objects of a bucket: keys, media types, how long caches may keep each, and digests."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from generator.ground.errors import OutputError
from generator.outputs.headers import IMMUTABLE

# Pages have members' words in them: what was withdrawn may stay in a cache for a minute.
PAGES: Final = "public, max-age=60"
FILES: Final = "public, max-age=3600"
_TYPES: Final = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".flac": "audio/flac",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mjs": "text/javascript; charset=utf-8",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_FEED: Final = "application/feed+json"
_OTHERS: Final = mimetypes.MimeTypes(filenames=())  # the same on every machine
_FINGERPRINT: Final = re.compile(r"\.[0-9a-f]{8}[./]")
_DATA: Final = frozenset({".atom", ".html", ".ics", ".json", ".txt", ".xml"})
# For hosts that read them; others would show them to everybody.
_NOT_SENT: Final = frozenset({"_headers", "_redirects"})
_OWN: Final = ".gatherwell"


class SiteObject(NamedTuple):
    """A file of the site. *digest* is its MD5, which a bucket names as the entity tag of what was sent in one piece."""

    key: str
    path: Path
    media_type: str
    cache: str
    digest: str


def read_objects(folder: Path, prefix: str = "") -> tuple[SiteObject, ...]:
    """Every file of the built site below *folder* that readers fetch, by key; *prefix* is empty or ends in a slash.

    Raises:
        OutputError: there is no site, or a file of it cannot be read.
    """
    if not any((folder / name).exists() for name in ("index.html", ".gatherwell-outputs")):
        raise OutputError("there is no built site", str(folder), hint="run `gatherwell build` first")
    return tuple(_objects(folder, prefix))


def _objects(folder: Path, prefix: str) -> Iterator[SiteObject]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if relative.startswith(_OWN) or path.name in _NOT_SENT or not path.is_file():
            continue
        try:
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        except OSError as error:
            raise OutputError(f"cannot be read: {error.strerror}", str(path)) from None
        yield SiteObject(prefix + relative, path, media_type(relative), cache_control(relative), digest)


def media_type(path: str) -> str:
    """The media type of a file by its name; what nobody knows is downloaded and never shown."""
    name = path.rpartition("/")[2]
    if name == "feed.json":
        return _FEED
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    return _TYPES.get(suffix) or _OTHERS.guess_type(name)[0] or "application/octet-stream"


def cache_control(path: str) -> str:
    """How long a file may be kept: for ever where its name changes with its content."""
    if "assets/" in path and _FINGERPRINT.search(path):
        return IMMUTABLE[1]
    return PAGES if f".{path.rpartition('.')[2].lower()}" in _DATA else FILES
