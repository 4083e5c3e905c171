"""Addresses: hosts and their output folders, paths on a host, absolute addresses."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from generator.ground.model import Struct

_SAFE = "/-._~!$&'()*+,;=:@"
_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")


@functools.lru_cache(maxsize=50_000)
def _href(base_path: str, url_path: str) -> str:
    """The path of a page on its host, percent-encoded; cached, because lists, neighbours and feeds link to each page many times."""
    path = base_path + url_path.lstrip("/")
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE)


class Root(Struct):
    """One host with all files that it serves, in a folder of the output.

    *folder* is ``""`` where there is only one host, else the host's name; *origin* has no trailing slash; *base_path*
    begins and ends with a slash. *condition* is the condition whose own host this is, ``""`` for the portfolio's.
    """

    folder: str
    origin: str
    base_path: str
    condition: str = ""

    def output_path(self, url_path: str) -> str:
        """The file in the output folder that is served for *url_path* (``/migraine/`` → ``migraine/index.html``)."""
        path = url_path.lstrip("/")
        if not path or path.endswith("/"):
            path += "index.html"
        return f"{self.folder}/{path}" if self.folder else path

    def href(self, url_path: str) -> str:
        """The value of a link on this host: the path below the base path, percent-encoded."""
        return _href(self.base_path, url_path)

    def permalink(self, url_path: str) -> str:
        return self.origin + self.href(url_path)


class Permalinks(Struct):
    """The root of the portfolio, and *own*: that of each condition with a host of its own."""

    portfolio: Root
    own: Mapping[str, Root]

    @property
    def roots(self) -> tuple[Root, ...]:
        return (self.portfolio, *self.own.values())

    def root_of(self, condition: str) -> Root:
        return self.own.get(condition, self.portfolio)

    def prefix(self, condition: str, language_segment: str) -> str:
        """What the url_paths of a condition's pages in one language begin with: ``/migraine/es/``, or ``/es/`` on its
        own host.
        """
        head = "/" if condition in self.own or not condition else f"/{condition}/"
        return f"{head}{language_segment}/" if language_segment else head

    def link(self, from_root: Root, to_root: Root, url_path: str) -> str:
        """The value of a link from a page on *from_root* to *url_path* on *to_root*; absolute between hosts."""
        return (
            to_root.href(url_path)
            if from_root is to_root or from_root == to_root
            else to_root.permalink(url_path)
        )


def make_root(base_url: str, folder: str, condition: str = "") -> Root:
    """A root from an absolute base URL that may carry a path."""
    parts = urlsplit(base_url)
    path = unquote(parts.path if parts.path.endswith("/") else parts.path + "/")
    return Root(folder, f"{parts.scheme}://{parts.netloc.lower()}", path, condition)


def make_permalinks(base_url: str, condition_urls: Mapping[str, str]) -> Permalinks:
    """*condition_urls* holds the base URL of each condition with a host of its own."""
    host = urlsplit(base_url).netloc.lower()
    portfolio = make_root(base_url, _folder(host) if condition_urls else "")
    own = {
        condition: make_root(url, _folder(urlsplit(url).netloc.lower()), condition)
        for condition, url in sorted(condition_urls.items())
    }
    return Permalinks(portfolio, own)


def _folder(host: str) -> str:
    return host.replace(":", "_")
