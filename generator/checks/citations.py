"""Every ``[^id]`` has either a footnote in the text or a source in ``references``, and not both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.site.context import SiteContext


def check_citations(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        facts = context.bodies.of(path).facts
        notes = {note.id for note in facts.footnotes}
        references = getattr(document.front_matter, "references", ())
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
