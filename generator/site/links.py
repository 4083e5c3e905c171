"""Links as writers write them, by file path, resolved to addresses; a missing target or anchor is found here."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Set
from typing import NamedTuple
from urllib.parse import unquote

from generator.bodies.table import BodyTable
from generator.content.read import Document
from generator.content.surveys.files import is_survey_file
from generator.disk.content_tree import CONTENT_DIR, STATIC_DIR, Source, places, relative
from generator.disk.names import is_markdown, without_suffix
from generator.ground.errors import Problem, Severity
from generator.ground.model import PAGE_IDS, LinkSlot
from generator.ground.text import did_you_mean
from generator.ground.reads import Lookups, of_address, of_path
from generator.site.permalinks import Root
from generator.site.sections import has_page
from generator.site.types import Article, Site


# www., or a name with a well-known ending that no file has; and an e-mail address.
_HOST = re.compile(r"www\.[^/]|(?:[a-z0-9-]+\.)+(?:org|com|net|info|eu|gov|edu|int)(?:[/?#:]|$)", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/.]+")


class Target(NamedTuple):
    """A page that links may name: where it is, and the anchors in it."""

    root: Root
    url_path: str
    source_path: str


class Links:
    """Answers where a link leads. *attach* gives the address of a file that is no page, or "". *published* are the
    paths of ``static/``, relative to that folder.
    """

    def __init__(
        self,
        site: Site,
        bodies: BodyTable,
        others: Mapping[str, Source],
        attach: Callable[[str, Root], str],
        published: Set[str] = frozenset(),
    ) -> None:
        self._site = site
        self._bodies = bodies
        self._others = others
        self._attach = attach
        self._published = published
        pages = dict(_page_targets(site))
        by_url = {(target.root.folder, target.url_path): target for target in pages.values()}
        self._pages = Lookups(pages, site.reads, of_path)
        self._by_url = Lookups(by_url, site.reads, of_address)

    @property
    def targets(self) -> Lookups[str, Target]:
        """Every page that links may name, by source path."""
        return self._pages

    @property
    def addresses(self) -> Lookups[tuple[str, str], Target]:
        """The same by the folder of the host and the url_path."""
        return self._by_url

    def resolve(self, document: Document, from_root: Root, slot: LinkSlot) -> tuple[str, Problem | None]:
        """The URL for a link of *document* as its page on *from_root* writes it, and what is wrong with it.

        A link that leads nowhere keeps the address that was written: the configuration may lower its problem.
        """
        path, hash_mark, anchor = slot.target.partition("#")
        plain, question, query = path.partition("?")
        target = self._find(document, from_root, plain)
        suffix = question + query
        if isinstance(target, str):
            return target + suffix + hash_mark + anchor, None
        if target is None:
            return self._missing(document, from_root, slot, plain)
        url = self._site.permalinks.link(from_root, target.root, target.url_path)
        if anchor and not self.has_anchor(target, anchor):
            near = did_you_mean(anchor, self._anchors(target))
            hint = near or f"add {{#{anchor}}} to a heading of {target.source_path}"
            message = f"there is no anchor #{anchor} in {target.source_path}"
            return url + suffix + hash_mark + anchor, _problem(document, slot, message, hint)
        return url + suffix + hash_mark + anchor, None

    def file_address(self, document: Document, from_root: Root, path: str) -> str:
        """The address of a file that *document* names; empty where there is none, or a page."""
        found = self._find(document, from_root, path)
        return found if isinstance(found, str) else ""

    def target_of(self, document: Document, path: str) -> Target | None:
        """The page that a path names, written as in *document* (``start_here`` of a hub)."""
        found = self._find(document, self._site.permalinks.root_of(document.condition), path)
        return found if isinstance(found, Target) else None

    def page(self, path: str, language: str) -> Target | None:
        """The page of a source path, in *language* where it is translated."""
        return next((self._pages[c] for c in _candidates(path, language) if c in self._pages), None)

    def withheld_at(self, document: Document, path: str) -> Article | None:
        """The article without a page (a draft, scheduled, expired) that a path names, written as in *document*."""
        joined = relative(document.source_path, path)
        found = (self._site.withheld.get(one) for one in _candidates(joined, document.language))
        return next((article for article in found if article is not None), None)

    def _find(self, document: Document, from_root: Root, path: str) -> Target | str | None:
        if path.startswith("/"):
            return self._by_address(from_root, path) or self._rooted(document, from_root, path)
        joined = relative(document.source_path, path)
        if joined.startswith(f"{STATIC_DIR}/"):
            return self._static(from_root, joined)
        if not joined.startswith(f"{CONTENT_DIR}/"):
            return None
        if is_survey_file(joined):
            translated = joined.replace(".yaml", f".{document.language}.yaml")
            return self._pages.get(translated) or self._pages.get(joined)
        for candidate in _candidates(joined, document.language):
            if candidate in self._pages:
                return self._pages[self._translated(candidate, document.language)]
        if joined in self._others:
            return self._attach(joined, from_root)
        return None

    def _translated(self, path: str, language: str) -> str:
        """The path of the translation of an original at *path* whose file has another name; else *path*."""
        article = self._site.articles.get(path)
        if article is None or article.language != self._site.config.language or language == article.language:
            return path
        other = self._site.translations.get(article.key, {}).get(language)
        return other.source_path if other else path

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

    def _rooted(self, document: Document, from_root: Root, path: str) -> str | None:
        """The address of a file that is named from the root: below ``content/``, else of ``static/``."""
        for place in places(document.source_path, path):
            if place in self._others and (address := self._attach(place, from_root)):
                return address
        return self._static(from_root, path)

    def _static(self, from_root: Root, path: str) -> str | None:
        """The address of a file of ``static/``, named as it is published or with its folder; each host has it."""
        name = unquote(path).lstrip("/")
        for candidate in (name, name.removeprefix(f"{STATIC_DIR}/")):
            if candidate in self._published:
                return from_root.href(candidate)
        return None

    def _missing(
        self, document: Document, from_root: Root, slot: LinkSlot, path: str
    ) -> tuple[str, Problem | None]:
        joined = relative(document.source_path, path)
        article = self.withheld_at(document, path)
        if article is not None and article.status != "draft":
            hub = self._site.conditions[article.condition].hub(document.language)
            root = self._site.permalinks.root_of(article.condition)
            message = (
                f"{article.source_path} is {article.status}; the link leads to the condition's home meanwhile"
            )
            url = self._site.permalinks.link(from_root, root, hub.url_path)
            return url, _problem(document, slot, message, "", "warning")
        if article is not None:
            return slot.target, _problem(
                document, slot, f"{article.source_path} is a draft", "publish it first, or take the link out"
            )
        if path.startswith("/"):
            near = ""
        elif address := _unfinished_address(slot.target):
            near = f"an address of another site is written whole: [text]({address})"
        else:
            suffix = posixpath.splitext(joined)[1].lower()
            others = [path for path in self._others if suffix and path.lower().endswith(suffix)]
            near = near_path(document.source_path, joined, others or self._pages)
        hint = near or "links are written as file paths: [pacing](../living-with/pacing.md)"
        return slot.target, _problem(document, slot, f"there is no page '{path}'", hint)

    def _anchors(self, target: Target) -> Iterable[str]:
        body = self._bodies.find(target.source_path)
        return body.facts.anchors if body else ()

    def has_anchor(self, target: Target, anchor: str) -> bool:
        """Whether a page has an element of that id."""
        return anchor in PAGE_IDS or anchor in self._anchors(target)


def _unfinished_address(written: str) -> str:
    """What was meant by ``www.example.org`` or ``ana@example.org``; ``""`` for anything else."""
    if _HOST.match(written):
        return f"https://{written}"
    return f"mailto:{written}" if _MAIL.fullmatch(written) else ""


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
    for path, section in site.sections.items():
        if has_page(section):
            yield path, Target(section.root, section.url_path, path)
    for person in site.people.values():
        for language, document in person.documents.items():
            prefix = "" if language == site.config.language else f"/{language}"
            yield document.source_path, Target(portfolio, prefix + person.url_path, document.source_path)
    for survey in site.surveys.values():
        for language, words in survey.instrument.words.items():
            yield words.source_path, Target(survey.root, survey.url_paths[language], words.source_path)
    for policies in site.policies.values():
        for policy in policies:
            yield policy.document.source_path, Target(portfolio, policy.url_path, policy.document.source_path)


def _candidates(path: str, language: str) -> tuple[str, ...]:
    """The files that a written path may mean: its translation first, then itself, with and without ``.md``."""
    base = without_suffix(path)
    found = (f"{base}.{language}.md", f"{base}.md")
    if is_markdown(path):
        return found if path.endswith(".md") else (path, *found)
    inside = (f"{base}/{name}" for name in (f"index.{language}.md", "index.md", f"_index.{language}.md", "_index.md"))
    return (*found, f"{base}.markdown", *inside)


# How alike two names without their suffixes are, of 1, for the one to be a slip of the other.
_ALIKE = 0.6


def _alike(wanted: str, others: Iterable[str]) -> list[str]:
    """Of *others* the most similar one whose own name is similar too: folders that paths share make any two alike."""
    name = posixpath.splitext(posixpath.basename(wanted))[0].casefold()
    for path in difflib.get_close_matches(wanted, sorted(others), n=5, cutoff=0.6):
        known = posixpath.splitext(posixpath.basename(path))[0].casefold()
        known = posixpath.basename(posixpath.dirname(path)).casefold() if known in ("index", "_index") else known
        if difflib.SequenceMatcher(None, name, known).ratio() >= _ALIKE:
            return [path]
    return []


def near_path(document_path: str, wanted: str, known: Iterable[str]) -> str:
    """The hint ``did you mean '…'?`` with the known path most like *wanted*, as one would type it in the document.

    One that differs in case comes first, then one of the same name elsewhere, then a similar one; never the document.
    """
    others = [path for path in known if path != document_path]
    folded, name = wanted.casefold(), posixpath.basename(wanted).casefold()
    found = next((path for path in others if path.casefold() == folded), "")
    if found:
        typed = posixpath.relpath(found, posixpath.dirname(document_path))
        return f"upper and lower case matter: write '{typed}'"
    same = [path for path in others if posixpath.basename(path).casefold() == name]
    near = same or _alike(wanted, others)
    if not near:
        return ""
    return f"did you mean '{posixpath.relpath(near[0], posixpath.dirname(document_path))}'?"


def _problem(
    document: Document, slot: LinkSlot, message: str, hint: str, severity: Severity = "error"
) -> Problem:
    line = slot.line + document.parsed.body_line - 1
    return Problem(message, line, slot.column, hint, document.source_path, severity, "links")
