"""Every ``:term[…]`` names a term of the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import TermSlot
from generator.site.context import SiteContext
from generator.site.data_files import missing_term


def check_terms(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in context.bodies.of(path).slots:
            if isinstance(slot, TermSlot) and not context.glossary.find(slot.term, document.language):
                line = slot.line + document.parsed.body_line - 1
                hint = missing_term(slot.term, context.glossary.words[document.language])
                yield Problem(
                    f"the glossary has no '{slot.term}'", line, slot.column, hint, path, rule="terms"
                )
