"""What caches in front of a site are told to forget: paths by key, and the batches in which they are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol
from urllib.parse import quote

# CloudFront takes so many paths at once; a thousand a month cost nothing, and `/*` counts as one.
AT_ONCE: Final = 3_000
_SAFE: Final = "/~-._"


class Forget(Protocol):
    """Tells the caches of one site to forget some paths; raises SiteError where they cannot be told."""

    def __call__(self, paths: Sequence[str]) -> None: ...


def paths_of(keys: Sequence[str], most: int) -> tuple[str, ...]:
    """The paths under which *keys* may be cached; ``/*`` where they are more than *most*.

    A folder's page is cached under the folder or under its file, by whether the cache rewrites addresses before it
    looks; a page of a host with a folder of its own with or without that folder.
    """
    found = dict.fromkeys(path for key in keys for path in _paths(key))
    return tuple(found) if len(found) <= most else ("/*",)


def _paths(key: str) -> Iterator[str]:
    first, _, rest = key.partition("/")
    for form in (key, rest) if "." in first and rest else (key,):
        path = "/" + quote(form, safe=_SAFE)
        yield path
        if path.endswith("/index.html"):
            yield path.removesuffix("index.html")


def batches(paths: Sequence[str], size: int = AT_ONCE) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), size):
        yield paths[start : start + size]
