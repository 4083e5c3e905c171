"""Warns where a review is missing though the type needs one, is overdue, or is older than the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.reviews import RULE, changed_since, lacks_review, review_of


def check_reviews(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        if isinstance(document.front_matter, ArticleFrontMatter):
            yield from _review(context, document, document.front_matter)


def _review(context: SiteContext, document: Document, front_matter: ArticleFrontMatter) -> Iterator[Problem]:
    config = context.site.config
    review = review_of(front_matter, config.zone, context.now)
    if lacks_review(front_matter, config) and not config.demonstration:
        message = f"nobody has reviewed this page, and a {front_matter.type} is what people act upon"
        hint = "have it reviewed, then write `reviewer` and `last_reviewed`; readers are told meanwhile"
        yield document.problem("type", message, hint, "warning", RULE)
    if review.overdue:
        hint = "have it reviewed, then write the new date"
        yield document.problem("last_reviewed", f"the review was due on {review.due}", hint, "warning", RULE)
    if review.changed:
        message = "the page was changed since its review"
        hint = "have the change reviewed, or write `minor: …` with the reason why it needs no review"
        yield document.problem(changed_since(front_matter, config.zone), message, hint, "warning", RULE)
    if front_matter.minor and not changed_since(front_matter, config.zone):
        message = "`minor` excuses an update, and there is none since the review"
        hint = "remove the line: it would excuse the next change too"
        yield document.problem("minor", message, hint, "warning", RULE)
