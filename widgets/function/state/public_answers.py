"""Owns the cache of rendered public answers: a hit is answered before routing; a write to what it shows makes it
stale."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.types import Scope

from widgets.contract.manifest import Manifest
from widgets.store.interface import Store

CACHE_CONTROL: Final = "public, max-age=15, stale-while-revalidate=60"
_MOST_ENTRIES: Final = 4_000
_MOST_BYTES: Final = 64 * 1024 * 1024

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Entry:
    manifest: Manifest
    scopes: tuple[str, ...]
    stamps: tuple[int | None, ...]
    until: float | None  # a poll's closing changes its answer without any write
    body: bytes
    etag: bytes
    headers: Headers


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """A public answer to be given: `scopes` are the polls and threads that it shows, `until` as in Entry."""

    scopes: Sequence[str]
    render: Callable[[], Awaitable[bytes]]
    until: float | None = None
    media: str = "application/json"
    cache: str = CACHE_CONTROL


class PublicAnswers:
    """Rendered answers by path and query. A scope's stamp is read before rendering, so a write in between
    makes it stale."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._entries: dict[tuple[str, bytes], Entry] = {}
        self._bytes = 0

    def find(self, scope: Scope, manifest: Manifest | None, store: Store) -> Entry | None:
        if manifest is None:
            return None
        entry = self._entries.get((scope["path"], scope["query_string"]))
        if entry is None or entry.manifest is not manifest:
            return None
        if entry.until is not None and self._clock() >= entry.until:
            return None
        for name, stamp in zip(entry.scopes, entry.stamps, strict=True):
            if store.stamp(name) != stamp:
                return None
        return entry

    async def give(
        self,
        scope: Scope,
        manifest: Manifest,
        store: Store,
        wanted: PublicAnswer,
    ) -> Response:
        stamps = tuple(store.stamp(name) for name in wanted.scopes)
        body = await wanted.render()
        etag = b'"%s"' % hashlib.blake2b(body, digest_size=12).hexdigest().encode()
        headers = [
            (b"content-type", wanted.media.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", wanted.cache.encode()),
            (b"etag", etag),
            (b"access-control-allow-origin", b"*"),
            (b"x-content-type-options", b"nosniff"),
        ]
        entry = Entry(manifest, tuple(wanted.scopes), stamps, wanted.until, body, etag, headers)
        if None not in stamps:
            self._keep((scope["path"], scope["query_string"]), entry)
        return EntryResponse(entry)

    def _keep(self, key: tuple[str, bytes], entry: Entry) -> None:
        old = self._entries.pop(key, None)
        self._bytes += len(entry.body) - (len(old.body) if old else 0)
        self._entries[key] = entry
        while len(self._entries) > _MOST_ENTRIES or self._bytes > _MOST_BYTES:
            dropped = self._entries.pop(next(iter(self._entries)))
            self._bytes -= len(dropped.body)


class EntryResponse(Response):
    """Answers with an entry: whole, or 304 where the asker has it, or without its body to HEAD."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self.background = None

    async def __call__(self, scope: Scope, receive: object, send: Callable[..., Awaitable[None]]) -> None:
        await send_entry(self._entry, scope, send)


async def send_entry(entry: Entry, scope: Scope, send: Callable[..., Awaitable[None]]) -> None:
    if _has(entry.etag, scope["headers"]):
        headers = [pair for pair in entry.headers if pair[0] not in (b"content-type", b"content-length")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": entry.headers})
    body = b"" if scope["method"] == "HEAD" else entry.body
    await send({"type": "http.response.body", "body": body})


def _has(etag: bytes, headers: Headers) -> bool:
    # Weak comparison, as RFC 9110 asks for If-None-Match: a proxy may have weakened our tag on compressing.
    for name, value in headers:
        if name == b"if-none-match":
            tags = [tag.strip().removeprefix(b"W/") for tag in value.split(b",")]
            if etag in tags or b"*" in tags:
                return True
    return False
