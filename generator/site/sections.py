"""Sections: folders below a condition's that say what they hold, in an ``_index.md`` of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.content.config import Config
from generator.content.front_matter.schema import SectionFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import slugify
from generator.site.articles import reserved_slugs
from generator.site.conditions import language_segment
from generator.site.permalinks import Permalinks
from generator.site.types import Article, Section, Site

# Folders whose listing the site makes itself: their text stands above it, and no page of a section is made.
LISTED_BY_THE_SITE = frozenset({"surveys"})
# Reserved addresses that are lists of what lies in the folder of that name.
_LISTS = frozenset({"stories", "questions", *LISTED_BY_THE_SITE})


def make_sections(
    documents: Iterable[Document], config: Config, permalinks: Permalinks, drafts: bool
) -> tuple[dict[str, Section], list[Problem]]:
    """The sections by source path, and the problems of their folders' names; drafts where *drafts* are shown."""
    reserved = reserved_slugs(config) - _LISTS
    found: dict[str, Section] = {}
    problems: list[Problem] = []
    for document in documents:
        front_matter = document.front_matter
        assert isinstance(front_matter, SectionFrontMatter)
        slugs = [slugify(part) for part in document.folder.split("/")]
        if not all(slugs) or slugs[0] in reserved:
            said = f"'{slugs[0]}' is a reserved address" if all(slugs) else "the folder cannot become an address"
            problems.append(Problem(said, source_path=document.source_path, hint="rename the folder"))
        elif drafts or not front_matter.draft:
            prefix = permalinks.prefix(document.condition, language_segment(document.language, config))
            path = f"{prefix}{'/'.join(slugs)}/"
            root = permalinks.root_of(document.condition)
            section = Section(document, front_matter, document.condition, document.language, root, path)
            found[document.source_path] = section
    return found, problems


def sections_of(site: Site, condition: str, language: str) -> tuple[Section, ...]:
    """The sections of a condition that have a page, in order of their addresses."""
    own = (s for s in sections_with_pages(site) if (s.condition, s.language) == (condition, language))
    return tuple(sorted(own, key=lambda section: section.url_path))


def sections_with_pages(site: Site) -> Iterator[Section]:
    """Every section that has a page of its own."""
    return (section for section in site.sections.values() if has_page(section))


def has_page(section: Section) -> bool:
    """Whether the section has a page of its own; else its text stands above a list that the site makes."""
    return section.folder not in LISTED_BY_THE_SITE


def text_above(site: Site, condition: str, language: str, folder: str) -> Section | None:
    """The section whose text stands above the site's own list of *folder* (``surveys``); None where nobody wrote any."""
    for section in site.sections.values():
        if (section.condition, section.language, section.folder) == (condition, language, folder):
            return section
    return None


def articles_in(site: Site, section: Section) -> tuple[Article, ...]:
    """The articles in the section's folder and below it, newest first."""
    inside = f"{section.folder}/"
    articles = site.by_edition.get((section.condition, section.language), ())
    return tuple(a for a in articles if f"{a.document.folder}/".startswith(inside))


def translations(section: Section, sections: Mapping[str, Section]) -> tuple[Section, ...]:
    """The section in each of its languages, itself among them."""
    key = section.condition, section.folder
    return tuple(sorted((s for s in sections.values() if (s.condition, s.folder) == key), key=lambda s: s.language))
