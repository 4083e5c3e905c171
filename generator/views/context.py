"""What views are made from: the site's context, the theme and the images."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from generator.disk.content_tree import places
from generator.files.images import ImageFile
from generator.ground.reads import Kept
from generator.site.answers import Answers, answers_of
from generator.site.context import SiteContext
from generator.site.permalinks import Root
from generator.theme.types import Theme
from generator.views import types as shapes


class ViewContext:
    """Everything that views are made from.

    Not frozen: *people*, *cards* and *languages_of* are caches of parts that many views share. Their values depend on their
    keys alone, so the order in which views are made does not matter (see :mod:`generator.views.shared_parts`). What is made
    with nothing noted (``aside``) is compared as a whole between builds, by :mod:`generator.build.shared_values`.
    """

    def __init__(self, site_context: SiteContext, theme: Theme, images: Mapping[str, ImageFile]) -> None:
        self.site_context = site_context
        self.site, self.part = site_context.site, site_context.part
        self.bodies, self.polls = site_context.bodies, site_context.polls
        self.glossary, self.links = site_context.glossary, site_context.links
        self.results = site_context.results
        self.snapshot, self.now = site_context.snapshot, site_context.now
        self.theme, self.images = theme, images
        self.people: dict[tuple[str, str, str], Kept[shapes.PersonRef]] = {}
        self.cards: dict[tuple[str, str, bool], Kept[shapes.Card]] = {}
        self.languages_of: dict[str, tuple[str, ...]] = {}

    def forget_parts(self) -> None:
        """Free what views shared, once all are made; it is made again where it is asked for."""
        self.people.clear()
        self.cards.clear()

    def picture(self, document_path: str, written: str) -> str:
        """The source path of the image that a document names; a path without an image where there is none."""
        named = places(document_path, written)
        return next((path for path in named if path in self.images), named[0])

    @property
    def searchable(self) -> bool:
        """Whether this build makes a search index."""
        return self.site_context.searchable and self.site.config.search

    @functools.cached_property
    def answers(self) -> Answers:
        """The pages that answer what members said."""
        with self.site.reads.aside():
            return answers_of(self.site, self.polls, self.links, self.snapshot)

    @functools.cached_property
    def corrected(self) -> frozenset[str]:
        """The source paths of the articles that tell of corrections."""
        with self.site.reads.aside():
            return frozenset(
                path for path, article in self.site.articles.items() if article.front_matter.corrections
            )

    @functools.cached_property
    def types_by_language(self) -> Mapping[str, frozenset[str]]:
        """The article types in use, by language."""
        found: dict[str, set[str]] = {}
        with self.site.reads.aside():
            for (_, language), articles in self.site.by_edition.items():
                found.setdefault(language, set()).update(article.front_matter.type for article in articles)
        return {language: frozenset(types) for language, types in found.items()}

    @functools.cached_property
    def stages_by_language(self) -> Mapping[str, frozenset[str]]:
        """The stages that articles are written for, by language."""
        found: dict[str, set[str]] = {}
        with self.site.reads.aside():
            for (_, language), articles in self.site.by_edition.items():
                found.setdefault(language, set()).update(*(one.front_matter.stage for one in articles))
        return {language: frozenset(stages) for language, stages in found.items()}

    def href(self, from_root: Root, to_root: Root, url_path: str) -> str:
        """The ``href`` by which a page on *from_root* links to *url_path* on *to_root*."""
        return self.site.permalinks.link(from_root, to_root, url_path)
