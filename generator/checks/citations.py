"""Every ``[^id]`` has a note in the text or a source in ``references``, and only one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.read import Document
from generator.text import did_you_mean
from generator.views.material import Material


def check_citations(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        facts = material.bodies[path].facts
        notes = {note.id for note in facts.footnotes}
        references = getattr(document.matter, "references", ())
        sources: set[str] = set()
        for reference in references:
            if reference.id in sources:
                yield document.problem(
                    "references",
                    f"two references have the id '{reference.id}'",
                    "rename one",
                    rule="citations",
                )
            if reference.id in notes:
                hint = "rename the footnote or the reference"
                yield document.problem(
                    "references", f"'{reference.id}' is a footnote of the text too", hint, rule="citations"
                )
            sources.add(reference.id)
        for citation in facts.citations:
            if citation.id not in notes and citation.id not in sources:
                line = citation.line + document.parsed.body_line - 1
                near = did_you_mean(citation.id, notes | sources)
                hint = near or f"add it to `references:`, or write `[^{citation.id}]: …` below"
                yield Problem(
                    f"nothing is cited by [^{citation.id}]",
                    line,
                    citation.column,
                    hint,
                    path,
                    rule="citations",
                )
