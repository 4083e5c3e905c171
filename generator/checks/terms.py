"""Every ``:term[…]`` is in the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.lookup import missing_term
from generator.model import TermSlot
from generator.read import Document
from generator.views.material import Material
from generator.views.slots import find_term, term_words


def check_terms(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in material.bodies[path].slots:
            if isinstance(slot, TermSlot) and not find_term(material, slot.term, document.language):
                line = slot.line + document.parsed.body_line - 1
                hint = missing_term(slot.term, term_words(material, document.language))
                yield Problem(
                    f"the glossary has no '{slot.term}'", line, slot.column, hint, path, rule="terms"
                )
