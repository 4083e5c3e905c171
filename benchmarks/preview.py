"""The preview's figures: ready time, and from saved file to changed page in a real Chromium.

``python -m benchmarks.preview`` makes a corpus of 10,000 articles (once), warms the cache, starts ``gatherwell serve``
and prints a table. Times are wall-clock, taken on one machine at one moment: the load beside is printed with them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus import write_corpus
from benchmarks.dialects import DIALECTS
from benchmarks.portfolio import DEFAULT_SEED, CorpusPlan

WORK = Path(__file__).parent / "work" / "preview"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Resolves with the moment (ms since the epoch) at which the words stand in the page.
_ARRIVAL = """(words) => {
  const now = () => performance.timeOrigin + performance.now();
  window.arrival = new Promise((resolve) => {
    const look = () => document.body.textContent.includes(words) && (watcher.disconnect(), resolve(now()));
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}"""


class Footprint(NamedTuple):
    """Resident and proportional megabytes, open files, threads."""

    resident: float
    proportional: float
    files: int
    threads: int


class Serving:
    """A running preview: *ready* is the time in seconds from the command to its first answered page."""

    def __init__(self, root: Path, page: str) -> None:
        command = [sys.executable, "-m", "generator.cli", "serve", "--root", str(root), "--port", "0"]
        started = time.perf_counter()
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert self._process.stdout is not None
        self.url = ""
        for line in self._process.stdout:
            if " at http" in line:
                self.url = line.rsplit(" ", 1)[1].strip()
                break
        if not self.url:
            raise SystemExit("the preview did not start")
        threading.Thread(target=self._process.stdout.read, daemon=True).start()
        _first_answer(self.url + page)
        self.ready = time.perf_counter() - started

    def footprint(self) -> Footprint:
        """What the preview holds now; nothing where the system does not tell."""
        process = Path(f"/proc/{self._process.pid}")
        if not process.exists():
            return Footprint(0.0, 0.0, 0, 0)
        fields = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        rollup = (process / "smaps_rollup").read_text().splitlines()
        proportional = next(line for line in rollup if line.startswith("Pss:"))
        return Footprint(
            int(fields["VmRSS"].split()[0]) / 1024,
            int(proportional.split()[1]) / 1024,
            len(list((process / "fd").iterdir())),
            int(fields["Threads"]),
        )

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def _first_answer(url: str) -> None:
    import urllib.request

    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                answer.read()
            return
        except ConnectionError:
            time.sleep(0.005)


@contextmanager
def served(root: Path, page: str) -> Iterator[Serving]:
    serving = Serving(root, page)
    try:
        yield serving
    finally:
        serving.stop()


def find_browser() -> str | None:
    """A Chromium on this machine; None for the one that Playwright brings."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def make_site(articles: int) -> Path:
    """The corpus, its cache warm; made once for each size."""
    folder = WORK / str(articles)
    if not (folder / "corpus.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        gatherwell = [dialect for dialect in DIALECTS if dialect.name == "gatherwell"]
        conditions = max(1, articles // 1000)
        write_corpus(
            CorpusPlan(articles=articles, conditions=conditions, words=800, images=0.0, seed=DEFAULT_SEED),
            folder,
            gatherwell,
        )
    return folder / "gatherwell"


def edit(page: Page, source: Path, change: Callable[[str], str], words: str) -> float:
    """Milliseconds from the start of the save to the words in the page."""
    page.evaluate(_ARRIVAL, words)
    text = change(source.read_text("utf-8"))
    started = time.time() * 1000
    source.write_text(text, "utf-8")
    arrived: float = page.evaluate("window.arrival")
    return arrived - started


def text_edits(page: Page, source: Path, count: int) -> list[float]:
    """*count* further sentences at the article's end, one a save."""
    times = []
    for number in range(count):
        words = f"Sentence {number} of this run."
        times.append(edit(page, source, lambda text, words=words: f"{text.rstrip()}\n\n{words}\n", words))
        time.sleep(0.15)
    return times


def front_matter_edits(page: Page, source: Path, count: int) -> list[float]:
    """*count* new titles."""
    times = []
    for number in range(count):
        title = f"A title of its own {number}"

        def retitled(text: str, title: str = title) -> str:
            lines = text.split("\n")
            index = next(i for i, line in enumerate(lines) if line.startswith("title:"))
            lines[index] = f"title: {title}"
            return "\n".join(lines)

        times.append(edit(page, source, retitled, title))
        time.sleep(0.5)
    return times


def row(name: str, times: Sequence[float], budget: str) -> str:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered) + 0.5) - 1)]
    return f"| {name} | {statistics.median(ordered):.0f} | {p95:.0f} | {ordered[-1]:.0f} | {budget} |"


def measure(
    root: Path, source: Path, page_path: str, browser_path: str, given: argparse.Namespace
) -> tuple[list[float], list[float], Footprint, Footprint]:
    """Times of text and of front matter edits; memory before and after further ones."""
    original = source.read_text("utf-8")
    with served(root, page_path) as serving, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page()
        page.goto(serving.url + page_path)
        page.wait_for_selector("gatherwell-preview[data-ready]", state="attached")
        text_edits(page, source, 3)
        source.write_text(original, "utf-8")
        time.sleep(1)
        texts = text_edits(page, source, given.texts)
        fronts = front_matter_edits(page, source, given.fronts)
        before = serving.footprint()
        if given.leak:
            source.write_text(original, "utf-8")
            time.sleep(2)
            for number in range(given.leak):
                words = f"Leak {number}."
                edit(page, source, lambda _, words=words: f"{original.rstrip()}\n\n{words}\n", words)
            time.sleep(4)
        after = serving.footprint()
        browser.close()
    return texts, fronts, before, after


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--texts", type=int, default=50, help="text edits (default: 50)")
    parser.add_argument("--fronts", type=int, default=10, help="front matter edits (default: 10)")
    parser.add_argument(
        "--leak", type=int, default=0, metavar="N", help="also N text edits in a row, for memory and files"
    )
    given = parser.parse_args(arguments)
    browser_path = find_browser()
    if browser_path is None:
        parser.error("no Chromium is found")
    root = make_site(given.articles)
    source = sorted((root / "content").rglob("*.md"))[given.articles // 2]
    if source.name == "_index.md":
        source = sorted(source.parent.rglob("*.md"))[1]
    original = source.read_text("utf-8")
    page_path = f"{source.relative_to(root / 'content').parts[0]}/{source.stem}/"
    load = os.getloadavg() if hasattr(os, "getloadavg") else (0.0, 0.0, 0.0)
    with served(root, page_path) as cold:
        first = cold.ready
    readies = []
    for _ in range(3):
        with served(root, page_path) as again:
            readies.append(again.ready * 1000)
    try:
        texts, fronts, before, after = measure(root, source, page_path, browser_path, given)
    finally:
        source.write_text(original, "utf-8")
    print(f"\n{given.articles:,} articles; load before: {load[0]:.1f} on {os.cpu_count()} processors\n")
    print("| ms | median | p95 | most | budget |\n|---|---|---|---|---|")
    print(row("ready, warm", readies, "1,500"))
    print(row(f"saved text → changed page ({given.texts})", texts, "100 (p95)"))
    print(row(f"saved front matter → changed page ({given.fronts})", fronts, "700"))
    print(
        f"\nFirst start: {first:.1f} s. Resident: {before.resident:.0f} MB, {before.files} files open", end=""
    )
    print(
        f"; after {given.leak} more edits {after.resident:.0f} MB, {after.files} files."
        if given.leak
        else "."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
