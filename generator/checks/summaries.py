"""Articles have a ``summary`` (off unless the configuration turns it on)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext


def check_summaries(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        if isinstance(document.front_matter, ArticleFrontMatter) and not document.front_matter.summary:
            hint = "add a line `summary: …`; lists and search results show it"
            yield document.problem("title", "the article has no summary", hint, "warning", "summaries")
