"""Links carry no parameters that tell others who came from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.bodies.wording.links import tracking_in
from generator.checks.rule import RuleInfo, hits_of
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext

TRACKING = RuleInfo(
    "tracking",
    "the parameter '{found}' tells others who reads about this condition",
    "cut it off the address; the page is the same without it",
    "https://firefox-source-docs.mozilla.org/toolkit/components/antitracking/anti-tracking/query-stripping/index.html",
)


def check_tracking(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for hit in hits_of(context, path, TRACKING.code):
            yield TRACKING.at(document, hit.line, hit.column, found=hit.found)
        for key, address in _addresses(document):
            if found := tracking_in(address):
                yield TRACKING.of(document, key, found=found)


def _addresses(document: Document) -> Iterator[tuple[str, str]]:
    """The addresses that front matter publishes, each with its key."""
    front_matter = document.front_matter
    for index, reference in enumerate(getattr(front_matter, "references", ())):
        if reference.url:
            yield f"references.{index}.url", reference.url
    if online := getattr(front_matter, "online_url", ""):
        yield "online_url", online
    for name, address in getattr(front_matter, "social", {}).items():
        yield f"social.{name}", address
