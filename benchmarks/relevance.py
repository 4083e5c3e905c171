"""Whether the search finds the pages of somebody else's folder: by title, by heading, by a title with one slip.

``python -m benchmarks.relevance FOLDER [--language LANG]`` makes a site of the Markdown files with a title below FOLDER,
builds it, and asks its search in Chromium. Half of the pages, told apart by a digest of their path, are for tuning; figures
of the other half count. In Chinese and Japanese it also asks for words from inside a sentence. Pagefind's command over the
same site is asked the same.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright

from benchmarks.preview import FLAGS, find_browser
from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.browser.search.conftest import serving
from tests.browser.search.relevance import Query, ask, score

BUDGETS = {"title": 0.95, "heading": 0.92, "slip": 0.90, "inside": 0.75}
_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---[ \t]*\n?(.*)\Z", re.DOTALL)
_LIQUID = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_HEADING = re.compile(r"^#{2,4}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_SIGN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_RUN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{10,}")
_CONFIG = "title: Pages\nbase_url: https://pages.example/\ncards: 'off'\nlanguage: {language}\n"


_ASK_PAGEFIND = """async (texts) => {
    const pagefind = await import("/pagefind/pagefind.js");
    const found = [];
    for (const text of texts) {
        const { results } = await pagefind.search(text);
        found.push((await Promise.all(results.slice(0, 5).map((result) => result.data()))).map(({ url }) => url));
    }
    return found;
}"""


class Page(NamedTuple):
    """A page of the folder as plain text with headings; *half* is ``tune`` or ``held``."""

    url: str
    half: str
    title: str
    headings: tuple[str, ...]
    body: str


def read_pages(folder: Path) -> Iterator[Page]:
    """The pages below *folder* that have a title and a text."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        found = _FRONT_MATTER.match(path.read_text("utf-8", "replace"))
        if found is None:
            continue
        try:
            front_matter = yaml.safe_load(found[1])
        except yaml.YAMLError:
            continue
        title = front_matter.get("title") if isinstance(front_matter, dict) else None
        body = plain(found[2])
        if title and (len(body.split()) >= 20 or len(_SIGN.findall(body)) >= 100):
            half = "held" if _dice(path.relative_to(folder).as_posix()) % 2 else "tune"
            headings = tuple(dict.fromkeys(_HEADING.findall(body)))
            yield Page(f"/pages/p{number}/", half, " ".join(str(title).split()), headings, body)


def plain(text: str) -> str:
    """Paragraphs and headings of *text*, without templates, tags and addresses."""
    text = _HTML_HEADING.sub(lambda found: f"\n\n## {' '.join(found[1].split())}\n\n", _COMMENT.sub("", text))
    text = _LINK.sub(r"\1", _TAG.sub(" ", _LIQUID.sub(" ", text)))
    lines = (line.strip() for line in re.sub(r"[<>{}\[\]|*_`\\]", " ", text).splitlines())
    return "\n".join(re.sub(r"^#+(?=#)", "#", line) if line.startswith("#") else line for line in lines)


def queries(pages: Sequence[Page], language: str) -> Iterator[Query]:
    """Titles, titles with one slip, headings of three words or more that stand on one page alone ("By mail" and what stands
    on many pages name none), and six characters from the middle of a sentence in a script without blanks.
    """
    by_title: defaultdict[str, set[str]] = defaultdict(set)
    by_heading: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        by_title[page.title.casefold()].add(page.url)
        for heading in (page.title, *page.headings):
            by_heading[heading.casefold()].add(page.url)
    for page in pages:
        yield Query(page.half, "title", language, page.title, frozenset(by_heading[page.title.casefold()]))
        if slipped := slip(page.title):
            yield Query(page.half, "slip", language, slipped, frozenset(by_title[page.title.casefold()]))
        for heading in page.headings:
            length = len(_SIGN.findall(heading)) or len(heading.split())
            if length >= 3 and len(by_heading[heading.casefold()]) == 1:
                yield Query(page.half, "heading", language, heading, frozenset({page.url}))
        if inside := middle(page.body):
            where = frozenset(other.url for other in pages if inside in other.title + other.body)
            yield Query(page.half, "inside", language, inside, where)


def middle(text: str) -> str:
    """Six characters from the middle of the longest run of *text* without blanks; empty where there is none."""
    run = max(_RUN.findall(text), key=len, default="")
    return run[len(run) // 2 - 3 : len(run) // 2 + 3]


def slip(title: str) -> str:
    """*title* with one letter doubled, left out, exchanged or swapped in its longest word; empty where all are short."""
    word = max(re.findall(r"[a-zA-Z]+", title), key=len, default="")
    if len(word) < 5:
        return ""
    at, kind = 1 + _dice(title) % (len(word) - 2), _dice(f"{title} kind") % 4
    changed = (
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + ("e" if word[at] != "e" else "a") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )[kind]
    return title.replace(word, changed, 1) if changed != word else ""


def ask_pagefind(
    page: BrowserPage, site: Path, origin: str, asked: Sequence[Query]
) -> dict[Query, list[str]]:
    """The first five addresses that Pagefind finds for each query, in the main part of the pages of *site*."""
    command = (sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "main")
    subprocess.run(command, check=True, capture_output=True)
    # A page of its own: ours forbid WebAssembly.
    (site / "peer.html").write_text(f'<!doctype html><html lang="{asked[0].language}"><title>Peer</title>')
    page.goto(f"{origin}/peer.html")
    told = page.evaluate(_ASK_PAGEFIND, [query.text for query in asked])
    return dict(zip(asked, told, strict=True))


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def write_site(root: Path, pages: Sequence[Page], language: str) -> None:
    """A project of one condition in *language* whose articles are *pages*."""
    folder = root / "content" / "pages"
    folder.mkdir(parents=True)
    (root / "gatherwell.yaml").write_text(_CONFIG.format(language=language))
    (folder / "_index.md").write_text("---\ntitle: Pages\n---\nAll of them.\n")
    for page in pages:
        name = page.url.split("/")[2]
        (folder / f"{name}.md").write_text(f"---\ntitle: {json.dumps(page.title)}\n---\n{page.body}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="Markdown files with a title in their front matter")
    parser.add_argument("--language", default="en", help="the language of the files")
    arguments = parser.parse_args()
    pages = list(read_pages(arguments.folder))
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "project"
        write_site(root, pages, arguments.language)
        options = Options(now=dt.datetime.now(dt.UTC), jobs=2, keep_going=True)
        build(Project(root, root / "site"), options, lambda _: None)
        with serving(root / "site") as origin, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            built = [page for page in pages if (root / "site" / page.url.strip("/")).exists()]
            asked = list(queries(built, arguments.language))
            found = {"ours": ask(browser.new_page(), origin, asked, arguments.language)}
            found["Pagefind"] = ask_pagefind(browser.new_page(), root / "site", origin, asked)
            browser.close()
    print(f"{len(built)} pages ({len(pages) - len(built)} at fault), {len(asked)} queries\n")
    print(
        "| half | queries | search | number | first | among five | budget for the first |\n|---|---|---|---|---|---|---|"
    )
    for half in ("tune", "held"):
        for kind, budget in BUDGETS.items():
            for search, answers in found.items():
                own = {
                    query: urls for query, urls in answers.items() if (query.half, query.kind) == (half, kind)
                }
                if own:
                    first, five, _ = score(own)
                    print(
                        f"| {half} | {kind} | {search} | {len(own)} | {first:.3f} | {five:.3f} | {budget} |"
                    )


if __name__ == "__main__":
    main()
