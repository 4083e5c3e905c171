"""A working day in minutes: thousands of saves of every kind, and what the preview holds at intervals.

``python -m benchmarks.preview_soak`` copies a corpus, starts ``gatherwell serve``, opens tabs, saves ``--edits`` times
(5,000 are eight hours of a save every six seconds), looks at a page after each save, and prints memory, open files and
threads. A page that does not show what was saved counts as stale. Bounded, on this machine alone.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.preview import WORK, Footprint, Serving, make_site, served

_STYLE = "themes/commons/assets/css/90-own.css"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{0}</title></svg>'
_BURST = 30
_PAUSE = 2.5


class Tab:
    """An open event stream."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._socket = socket.create_connection((address.hostname, address.port), timeout=60)
        self._socket.settimeout(10)
        self._socket.sendall(f"GET /__preview/events HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        self._lines = self._socket.makefile("rb")
        self.heard()

    def heard(self) -> dict[str, object]:
        """What the next event says; nothing where none comes for ten seconds."""
        with contextlib.suppress(TimeoutError):
            for line in self._lines:
                if line.startswith(b"data: "):
                    said: dict[str, object] = json.loads(line[6:])
                    return said
        return {}

    def close(self) -> None:
        self._lines.close()
        self._socket.close()


class Page:
    """What a browser that opens pages asks for."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def text(self, path: str) -> str:
        self._connection.request("GET", path, headers={"Accept": "text/html"})
        return self._connection.getresponse().read().decode()


class Writer:
    """Saves files as people do; each ``save()`` returns the page to look at and the words that must stand in it."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self._root = root
        self._chance = chance
        self._number = 0
        content = root / "content"
        self._articles = [path for path in sorted(content.glob("*/**/*.md")) if path.name[0] != "_"]
        self._articles = [
            path for path in self._articles if not path.relative_to(content).parts[0].startswith("_")
        ]
        self._originals = {path: path.read_text("utf-8") for path in self._articles}
        self._made: list[Path] = []
        self._broken: Path | None = None
        (root / _STYLE).parent.mkdir(parents=True)
        (root / "themes/commons/theme.yaml").write_text("extends: commons\n")

    def save(self) -> tuple[str, str]:
        self._number += 1
        if self._broken is not None:
            return self._mend(self._broken)
        kinds: dict[Callable[[], tuple[str, str]], int] = {
            self._text: 60, self._title: 12, self._new: 7, self._delete: 5, self._rename: 4,
            self._break: 6, self._style: 2, self._glossary: 1, self._picture: 2, self._burst: 1,
        }  # fmt: skip
        return self._chance.choices(list(kinds), list(kinds.values()))[0]()

    def _any(self) -> Path:
        return self._chance.choice(self._articles)

    def _page(self, path: Path) -> str:
        return f"/{path.relative_to(self._root / 'content').parts[0]}/{path.stem}/"

    def _words(self) -> str:
        return f"Save number {self._number} of this day."

    def _text(self) -> tuple[str, str]:
        path = self._any()
        path.write_text(f"{self._originals[path].rstrip()}\n\n{self._words()}\n", "utf-8")
        return self._page(path), self._words()

    def _title(self) -> tuple[str, str]:
        path, title = self._any(), f"Title number {self._number}"
        lines = self._originals[path].split("\n")
        lines = [f"title: {title}" if line.startswith("title:") else line for line in lines]
        path.write_text("\n".join(lines), "utf-8")
        return self._page(path), title

    def _new(self) -> tuple[str, str]:
        path = self._any().parent / f"new-{self._number}.md"
        path.write_text(f"---\ntitle: New {self._number}\ndate: 2025-01-01\n---\n{self._words()}\n", "utf-8")
        self._made.append(path)
        return self._page(path), self._words()

    def _delete(self) -> tuple[str, str]:
        if not self._made:
            return self._new()
        path = self._made.pop(self._chance.randrange(len(self._made)))
        path.unlink()
        return self._page(path), "404"

    def _rename(self) -> tuple[str, str]:
        if not self._made:
            return self._new()
        index = self._chance.randrange(len(self._made))
        path = self._made[index]
        self._made[index] = path.with_name(f"renamed-{self._number}.md")
        path.replace(self._made[index])
        return self._page(self._made[index]), "<h1"

    def _break(self) -> tuple[str, str]:
        self._broken = path = self._any()
        path.write_text(
            f"{self._originals[path].rstrip()}\n\n[Nowhere](nowhere-{self._number}.md)\n", "utf-8"
        )
        return self._page(path), "<h1"

    def _mend(self, path: Path) -> tuple[str, str]:
        self._broken = None
        path.write_text(f"{self._originals[path].rstrip()}\n\n{self._words()}\n", "utf-8")
        return self._page(path), self._words()

    def _style(self) -> tuple[str, str]:
        (self._root / _STYLE).write_text(f"h1 {{ letter-spacing: {self._number / 1e6:.6f}em; }}\n")
        return self._page(self._articles[0]), "<h1"

    def _glossary(self) -> tuple[str, str]:
        file = self._root / "content/_glossary.yaml"
        file.write_text(f"aura:\n  term: aura\n  plain: {self._words()}\n")
        return "/glossary/", self._words()

    def _picture(self) -> tuple[str, str]:
        path = self._any()
        path.with_name("soak.svg").write_text(_SVG.format(self._number))
        path.write_text(
            f"{self._originals[path].rstrip()}\n\n![Soak](soak.svg)\n\n{self._words()}\n", "utf-8"
        )
        return self._page(path), self._words()

    def _burst(self) -> tuple[str, str]:
        chosen = self._chance.sample(self._articles, min(_BURST, len(self._articles)))
        for path in chosen:
            path.write_text(f"{self._originals[path].rstrip()}\n\n{self._words()}\n", "utf-8")
        return self._page(chosen[-1]), self._words()


def soak(serving: Serving, writer: Writer, given: argparse.Namespace) -> Iterator[tuple[int, int, Footprint]]:
    """Edits so far, stale pages so far, and what the preview holds, every ``--every`` edits."""
    page = Page(serving.url)
    tabs = [Tab(serving.url) for _ in range(given.tabs)]
    ear = Tab(serving.url)
    stale = 0
    for number in range(1, given.edits + 1):
        path, words = writer.save()
        if not _followed(ear, page, path, words):
            stale += 1
            ear = Tab(serving.url)  # a stream whose reading was given up cannot be read on
        if number % 50 == 0:
            tabs.pop(0).close()
            tabs.append(Tab(serving.url))
        if number % given.every == 0:
            time.sleep(_PAUSE)
            yield number, stale, serving.footprint()
    for tab in (*tabs, ear):
        tab.close()


def _followed(ear: Tab, page: Page, path: str, words: str) -> bool:
    """Whether the page shows what was saved by the time the preview has nothing more to tell.

    A save may be told in parts, and parts of an earlier one may still be unheard.
    """
    while ear.heard():
        if words in page.text(path):
            return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview_soak", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--every", type=int, default=500, help="edits between two looks (default: 500)")
    parser.add_argument("--tabs", type=int, default=50, help="event streams held open (default: 50)")
    parser.add_argument("--seed", type=int, default=8)
    given = parser.parse_args(arguments)
    root = WORK / "soak"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(make_site(given.articles), root)
    writer = Writer(root, random.Random(given.seed))
    started = time.perf_counter()
    print("| edits | stale pages | resident MB | proportional MB | open files | threads |")
    print("|---|---|---|---|---|---|", flush=True)
    with served(root, "") as serving:
        first = serving.footprint()
        print(_row(0, 0, first), flush=True)
        for edits, stale, held in soak(serving, writer, given):
            print(_row(edits, stale, held), flush=True)
    print(f"\n{given.articles:,} articles, {given.tabs} tabs, {time.perf_counter() - started:.0f} s.")
    shutil.rmtree(root, ignore_errors=True)
    return 0


def _row(edits: int, stale: int, held: Footprint) -> str:
    return (
        f"| {edits:,} | {stale} | {held.resident:.0f} | {held.proportional:.0f} "
        f"| {held.files} | {held.threads} |"
    )


if __name__ == "__main__":
    raise SystemExit(main())
