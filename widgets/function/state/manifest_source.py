"""Owns the manifest at run time: read from a path, a URL or a callable, the last good one kept."""

from __future__ import annotations

import asyncio
import logging
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

from widgets.contract.manifest import Manifest, parse_manifest
from widgets.contract.problems import Problem

log = logging.getLogger("gatherwell.function")

_MOST_BYTES: Final = 50_000_000
_FETCH_SECONDS: Final = 5.0


class ManifestSource:
    """Reads the manifest again when `refresh` seconds have passed; if it cannot be read, the last good one is kept."""

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
        self._good: float | None = None
        self.stale = False

    @property
    def age(self) -> int | None:
        """Seconds since the manifest was last seen to be good; None where it never was."""
        return None if self._good is None else max(0, int(self._clock() - self._good))

    def cached(self) -> Manifest | None:
        """The cached manifest while it is fresh, else None."""
        if self._looked is None or not 0 <= self._clock() - self._looked < self._refresh:
            return None
        return self._manifest

    async def current(self) -> Manifest:
        """Raises Problem where there has never been one."""
        manifest = self.cached()
        if manifest is not None:
            return manifest
        lock = self._lock = self._lock or asyncio.Lock()
        if not (
            lock.locked() and self._manifest is not None
        ):  # while one request reads, the others use the last one
            async with lock:
                if self.cached() is None:
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
            self._good = self._clock()
        except (OSError, ValueError, RecursionError) as error:
            self.stale = True
            log.warning(
                "The manifest could not be read (%s); the last good one is kept.", type(error).__name__
            )
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
