"""Articles say in a sentence what they are about (off unless asked for)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.matter import ArticleMatter
from generator.read import Document
from generator.views.material import Material


def check_summaries(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        if isinstance(document.matter, ArticleMatter) and not document.matter.summary:
            hint = "add a line `summary: …`; lists and search results show it"
            yield document.problem("title", "the article has no summary", hint, "warning", "summaries")
