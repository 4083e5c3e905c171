"""No page leans on a source that was withdrawn: those that ``_retracted.yaml`` names by their DOI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import RuleInfo, hits_of
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.retracted import doi_in, doi_of, retraction_of

RETRACTIONS = RuleInfo(
    "retractions",
    "the source '{title}' was withdrawn: {reason}",
    "see what the page still says without it, take it out of `references`, and tell readers by `corrections`",
    "https://doi.org/10.24318/cope.2019.1.4",
)


def check_retractions(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    retracted = context.site.retracted
    for path, document in documents.items() if retracted else ():
        for index, source in enumerate(getattr(document.front_matter, "references", ())):
            if reason := retraction_of(doi_of(source), retracted):
                key = f"references.{index}.{'doi' if source.doi else 'url'}"
                yield RETRACTIONS.of(document, key, title=source.title, reason=reason)
        for hit in hits_of(context, path, RETRACTIONS.code):
            if reason := retraction_of(hit.found, retracted):
                yield RETRACTIONS.at(document, hit.line, hit.column, title=doi_in(hit.found), reason=reason)
