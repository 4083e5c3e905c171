"""A built site as its readers' programs see it: pages parsed, addresses resolved, every host a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

# What a browser loads by itself, and so must come from the own origin.
LOADED = {
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("use", "href"),
    ("image", "href"),
    ("video", "poster"),
    ("form", "action"),
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon"}


class Element:
    """A start tag with its attributes."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """One HTML file: its elements in order, the text of titles and scripts."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path = path
        self.text = text
        self.elements: list[Element] = []
        self._texts: dict[int, str] = {}
        self._templates = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What a template holds is no part of the page until a script puts it there.
        if not self._templates:
            self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        self._templates += tag == "template"

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"

    def handle_data(self, data: str) -> None:
        index = len(self.elements) - 1
        if index >= 0 and self.elements[index].tag in ("title", "script", "style"):
            self._texts[index] = self._texts.get(index, "") + data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def links(self, rel: str) -> list[Element]:
        return [link for link in self.all("link") if rel in link.get("rel").split()]

    @property
    def title(self) -> str:
        return next(text for index, text in self._texts.items() if self.elements[index].tag == "title")

    @cached_property
    def ids(self) -> set[str]:
        return {element.get("id") for element in self.elements if "id" in element.attributes}

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        """The things of the page's graph."""
        things: list[dict[str, Any]] = []
        for index, text in self._texts.items():
            element = self.elements[index]
            if element.tag == "script" and element.get("type") == "application/ld+json":
                things.extend(json.loads(text)["@graph"])
        return things

    @property
    def is_redirect(self) -> bool:
        return any(meta.get("http-equiv").lower() == "refresh" for meta in self.all("meta"))

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(what it is, address) of everything that the page names."""
        for element in self.elements:
            for name in ("href", "src", "action", "poster", "data"):
                if name in element.attributes and element.tag != "base":
                    yield f"{element.tag} {name}", element.get(name)
            for part in element.get("srcset").split(","):
                if part.strip():
                    yield f"{element.tag} srcset", part.split()[0]

    def loads(self) -> Iterator[str]:
        """The addresses that a browser asks for without being told to."""
        for element in self.elements:
            for tag, name in LOADED:
                if element.tag == tag and name in element.attributes:
                    yield element.get(name)
            if element.tag == "link" and LOADING_LINKS.intersection(element.get("rel").split()):
                yield element.get("href")
            for part in element.get("srcset").split(","):
                if part.strip():
                    yield part.split()[0]


class Host:
    """One self-contained folder of the output and the address at which it is served."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self.origin = f"{urlsplit(base).scheme}://{urlsplit(base).netloc}"
        self.base_path = urlsplit(base).path

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Pages by output path; what lies among the assets is parts of pages."""
        found = sorted(self.folder.rglob("*.html"))
        paths = [path.relative_to(self.folder).as_posix() for path in found]
        paths = [path for path in paths if not path.startswith("assets/")]
        return {path: Page(path, (self.folder / path).read_text("utf-8")) for path in paths}

    def url_of(self, output_path: str) -> str:
        return self.base + output_path.removesuffix("index.html")

    def file_of(self, url: str) -> Path | None:
        """The file that answers *url*, as any static file server finds it; None for other hosts."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin or not parts.path.startswith(self.base_path):
            return None
        path = unquote(parts.path[len(self.base_path) :])
        return self.folder / (f"{path}index.html" if not path or path.endswith("/") else path)

    def resolve(self, output_path: str, address: str) -> str:
        return urljoin(self.url_of(output_path), address)


def unresolved(hosts: list[Host], served_elsewhere: tuple[str, ...]) -> list[str]:
    """Every address on one of *hosts* that leads to no file or to no anchor; prefixes in *served_elsewhere* are the function's."""
    wrong = []
    for host in hosts:
        for path, page in host.pages.items():
            for what, address in page.addresses():
                url = host.resolve(path, address)
                if urlsplit(url).scheme in ("http", "https") and not _leads_somewhere(
                    hosts, url, served_elsewhere
                ):
                    wrong.append(f"{host.base}{path}: {what} {address}")
    return wrong


def _leads_somewhere(hosts: list[Host], url: str, served_elsewhere: tuple[str, ...]) -> bool:
    if urlsplit(url).path.startswith(served_elsewhere) and any(url.startswith(host.origin) for host in hosts):
        return True
    for host in hosts:
        file = host.file_of(url)
        if file is None:
            continue
        fragment = unquote(urlsplit(url).fragment)
        if not file.is_file():
            return False
        if not fragment or file.suffix != ".html":
            return True
        return fragment in host.pages[file.relative_to(host.folder).as_posix()].ids
    # A host on which nothing of ours lies: a source, a helpline.
    return not any(url.startswith(f"{host.origin}/") for host in hosts)
