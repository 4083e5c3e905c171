"""Where a page belongs: its host, condition (or none) and language, with their addresses and words."""

from __future__ import annotations

from generator.content.config import localized
from generator.site.permalinks import Root
from generator.site.types import Condition
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.shared_parts import language_prefix


class Scope:
    """The host, condition (or none) and language that pages have in common.

    *prefix* is the url_path of the folder that holds these pages.
    """

    def __init__(
        self, context: ViewContext, root: Root, language: str, condition: Condition | None = None
    ) -> None:
        self.context = context
        self.root = root
        self.language = language
        self.condition = condition
        self.prefix = self.prefix_in(language)

    def prefix_in(self, language: str) -> str:
        """The url_path of the folder that holds this scope's pages in *language*."""
        base = language_prefix(self.context, language)
        if self.condition is None or self.root.condition:
            return f"{base}/"
        return f"/{self.condition.id}{base}/"

    @property
    def description(self) -> str:
        """The portfolio's description in this language, from the configuration."""
        config = self.context.site.config
        return " ".join(localized(config.description, self.language, config.language).split())

    def words(self, key: str) -> str:
        """One of the theme's strings in this language; the key itself where the theme lacks it."""
        return self.context.theme.strings_for(self.language).get(key, key)

    def describe(self, page: str, title: str = "") -> str:
        """The description of a page that no writer wrote, from the theme's strings; empty where the theme has none."""
        text = self.context.theme.strings_for(self.language).get(f"describe.{page}", "")
        return text.replace("{title}", title)

    def conditions(self) -> list[Condition]:
        """All conditions in the order of the navigation: by ``order``, then those without one by id."""

        def rank(condition: Condition) -> tuple[bool, float, str]:
            order = condition.hub(self.language).front_matter.order
            return (order is None, order or 0.0, condition.id)

        return sorted(self.context.site.conditions.values(), key=rank)

    def feed_links(self, base: str, name: str) -> tuple[shapes.Link, ...]:
        """The Atom and the JSON feed of the listing at *base*."""
        return (
            shapes.Link(f"{name} (Atom)", self.root.href(f"{base}feed.atom")),
            shapes.Link(f"{name} (JSON)", self.root.href(f"{base}feed.json")),
        )
