"""Links say where they lead: no ``here``, no ``click this``, no bare address as a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import RuleInfo, hits_of
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext

LINK_TEXTS = RuleInfo(
    "link_texts",
    "the link '{found}' does not say where it leads",
    "make the words that name the target the link: `[how to rest](pacing.md)`",
    "https://w3.org/WAI/WCAG22/Techniques/html/H78",
)


def check_link_texts(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for hit in hits_of(context, path, LINK_TEXTS.code):
            yield LINK_TEXTS.at(document, hit.line, hit.column, found=hit.found)
