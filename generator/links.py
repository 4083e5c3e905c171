"""Links as writers write them, by file path, resolved to addresses; a missing target or anchor is found here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.bodies import Digest
from generator.errors import Problem, Severity
from generator.markdown import PAGE_IDS
from generator.model import LinkSlot
from generator.permalinks import Root
from generator.read import Document
from generator.site import Site
from generator.text import did_you_mean
from generator.tree import CONTENT_DIR, Source, relative


class Target(NamedTuple):
    """A page that links may name: where it is, and the anchors in it."""

    root: Root
    url_path: str
    source_path: str


class Links:
    """Answers where a link leads. *attach* gives the address of a file that is no page, or None."""

    def __init__(
        self,
        site: Site,
        bodies: Mapping[str, Digest],
        others: Mapping[str, Source],
        attach: Callable[[str, Root], str],
    ) -> None:
        self._site = site
        self._bodies = bodies
        self._others = others
        self._attach = attach
        self._pages = dict(_page_targets(site))
        self._by_url = {(t.root.folder, t.url_path): t for t in self._pages.values()}

    @property
    def targets(self) -> Mapping[str, Target]:
        """Every page that links may name, by source path."""
        return self._pages

    def resolve(self, document: Document, from_root: Root, slot: LinkSlot) -> tuple[str, Problem | None]:
        """The URL for a link of *document* as its page on *from_root* writes it, and what is wrong with it."""
        path, hash_mark, anchor = slot.target.partition("#")
        plain, question, query = path.partition("?")
        target = self._find(document, from_root, plain)
        suffix = question + query
        if isinstance(target, str):
            return target + suffix + hash_mark + anchor, None
        if target is None:
            return self._missing(document, from_root, slot, plain)
        if anchor and not self._has_anchor(target, anchor):
            near = did_you_mean(anchor, self._anchors(target))
            hint = near or f"add {{#{anchor}}} to a heading of {target.source_path}"
            return "", _problem(document, slot, f"there is no anchor #{anchor} in {target.source_path}", hint)
        url = self._site.permalinks.link(from_root, target.root, target.url_path)
        return url + suffix + hash_mark + anchor, None

    def target_of(self, document: Document, path: str) -> Target | None:
        """The page that a path names, written as in *document* (``start_here`` of a hub)."""
        found = self._find(document, self._site.permalinks.root_of(document.condition), path)
        return found if isinstance(found, Target) else None

    def _find(self, document: Document, from_root: Root, path: str) -> Target | str | None:
        if path.startswith("/"):
            return self._by_address(from_root, path)
        joined = relative(document.source_path, path)
        if not joined.startswith(f"{CONTENT_DIR}/"):
            return None
        for candidate in _candidates(joined, document.language):
            if candidate in self._pages:
                return self._pages[candidate]
        if joined in self._others:
            return self._attach(joined, from_root)
        return None

    def _by_address(self, from_root: Root, path: str) -> Target | None:
        """A path from the host's root, as addresses are; tried on this root, then on the portfolio."""
        if path.startswith(f"/{CONTENT_DIR}/") and path[1:] in self._pages:
            return self._pages[path[1:]]
        plain = path if path.endswith("/") else path + "/"
        for root in (from_root, self._site.permalinks.portfolio):
            for candidate in (plain, "/" + plain.removeprefix(root.base_path)):
                found = self._by_url.get((root.folder, candidate))
                if found is not None:
                    return found
        return None

    def _missing(
        self, document: Document, from_root: Root, slot: LinkSlot, path: str
    ) -> tuple[str, Problem | None]:
        joined = relative(document.source_path, path)
        for candidate in _candidates(joined, document.language):
            article = self._site.withheld.get(candidate)
            if article is not None and article.status != "draft":
                hub = self._site.conditions[article.condition].hub(document.language)
                root = self._site.permalinks.root_of(article.condition)
                message = f"{candidate} is {article.status}; the link leads to the condition's home meanwhile"
                url = self._site.permalinks.link(from_root, root, hub.url_path)
                return url, _problem(document, slot, message, "", "warning")
            if article is not None:
                return "", _problem(
                    document, slot, f"{candidate} is a draft", "publish it first, or take the link out"
                )
        near = did_you_mean(joined, self._pages) if not path.startswith("/") else ""
        hint = near or "links are written as file paths: [pacing](../living-with/pacing.md)"
        return "", _problem(document, slot, f"there is no page '{path}'", hint)

    def _anchors(self, target: Target) -> Iterable[str]:
        digest = self._bodies.get(target.source_path)
        return digest.facts.anchors if digest else ()

    def _has_anchor(self, target: Target, anchor: str) -> bool:
        return anchor in PAGE_IDS or anchor in self._anchors(target)


def _page_targets(site: Site) -> Iterable[tuple[str, Target]]:
    for path, article in site.articles.items():
        yield path, Target(article.root, article.url_path, path)
    portfolio = site.permalinks.portfolio
    for condition in site.conditions.values():
        for language, hub in condition.hubs.items():
            suffix = "" if language == site.config.language else f".{language}"
            path = (
                hub.document.source_path
                if hub.document
                else f"{CONTENT_DIR}/{condition.id}/_index{suffix}.md"
            )
            yield path, Target(condition.root, hub.url_path, path)
    for person in site.people.values():
        for language, document in person.documents.items():
            prefix = "" if language == site.config.language else f"/{language}"
            yield document.source_path, Target(portfolio, prefix + person.url_path, document.source_path)
    for policies in site.policies.values():
        for policy in policies:
            yield policy.document.source_path, Target(portfolio, policy.url_path, policy.document.source_path)


def _candidates(path: str, language: str) -> tuple[str, ...]:
    """The files that a written path may mean: its translation first, then itself, with and without ``.md``."""
    base = path.removesuffix(".md")
    found = (f"{base}.{language}.md", f"{base}.md")
    return found if path.endswith(".md") else (*found, f"{base}/index.{language}.md", f"{base}/index.md")


def _problem(
    document: Document, slot: LinkSlot, message: str, hint: str, severity: Severity = "error"
) -> Problem:
    line = slot.line + document.parsed.body_line - 1
    return Problem(message, line, slot.column, hint, document.source_path, severity, "links")
