"""Queries with the pages that they must find, and how many of them are found first or among the first five."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

QUERIES = Path(__file__).with_name("queries.tsv")

# The module is the page's own; it is loaded once more for its class.
_ASK = """async ({ script, base, language, queries }) => {
    const { Index, exact } = await import(script);
    const index = new Index(base, language);
    const found = [];
    for (const query of queries) {
        const { pages, groups } = await index.find(query, {});
        const pieces = await Promise.all(pages.slice(0, 5).map((page) => index.piece(page)));
        const forms = new Set(groups.flatMap((group) => group.forms));
        const rank = (piece) => exact(piece, query, forms, index.rules);
        const shown = pieces.slice(0, 4).sort((one, other) => rank(other) - rank(one));
        found.push([...shown, ...pieces.slice(4)].map(({ url }) => url));
    }
    return found;
}"""


class Query(NamedTuple):
    """What somebody types, and the addresses of which one must be found. *half* is ``tune`` or ``held``."""

    half: str
    kind: str
    language: str
    text: str
    pages: frozenset[str]


class Score(NamedTuple):
    """Shares of queries whose page came first, and among the first five; and those that it did not come first for."""

    first: float
    five: float
    missed: tuple[str, ...]


def read_queries(path: Path = QUERIES) -> list[Query]:
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    return [Query(half, kind, lang, text, frozenset(pages.split())) for half, kind, lang, text, pages in rows]


def ask(page: Page, address: str, queries: Sequence[Query], own: str = "en") -> dict[Query, list[str]]:
    """The first five addresses for each query, without the path of *address*, from the site that is served there. *own* is
    the language of the site.
    """
    found: dict[Query, list[str]] = {}
    prefix = re.sub(r"^https?://[^/]+", "", address)
    for language in dict.fromkeys(query.language for query in queries):
        asked = [query for query in queries if query.language == language]
        page.goto(f"{address}/search/" if language == own else f"{address}/{language}/search/")
        script = page.locator("script[type=module][src*='/search.']").get_attribute("src")
        base = page.locator("#search").get_attribute("data-index")
        texts = [query.text for query in asked]
        told = page.evaluate(_ASK, {"script": script, "base": base, "language": language, "queries": texts})
        for query, urls in zip(asked, told, strict=True):
            found[query] = [url.removeprefix(prefix) for url in urls]
    return found


def score(found: dict[Query, list[str]]) -> Score:
    first = [query for query, urls in found.items() if urls and urls[0] in query.pages]
    five = [query for query, urls in found.items() if query.pages.intersection(urls)]
    missed = [
        f"{query.text!r}: {', '.join(urls[:3]) or 'nothing'}"
        for query, urls in found.items()
        if query not in first
    ]
    return Score(len(first) / len(found), len(five) / len(found), tuple(missed))
