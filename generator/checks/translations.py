"""Lists translations that are older than their originals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.languages import RULE, newer_original


def check_translations(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    site = context.site
    for path, document in documents.items():
        article = site.articles.get(path)
        original = newer_original(article, site.translations, site.config.language) if article else None
        if original:
            message = f"the original, {original.source_path}, was changed after this translation"
            hint = "translate what changed, then write the day as `updated`; readers are told meanwhile"
            yield document.problem("updated", message, hint, "warning", RULE)
