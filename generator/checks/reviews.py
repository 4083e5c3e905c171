"""A review date that has passed never lapses unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem
from generator.matter import ArticleMatter
from generator.read import Document
from generator.schedule import moment_of, review_due
from generator.views.material import Material


def check_reviews(material: Material, documents: Mapping[str, Document]) -> Iterator[Problem]:
    zone = material.site.config.zone
    for document in documents.values():
        if not isinstance(document.matter, ArticleMatter):
            continue
        due = review_due(document.matter, zone)
        if due is not None and moment_of(due.isoformat(), zone) <= material.now:
            hint = "have it reviewed, then write the new date"
            yield document.problem(
                "last_reviewed", f"the review was due on {due}", hint, "warning", "reviews"
            )
