"""Dates lie where they can: no year in which nobody wrote for this site, no update that is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import ArticleFrontMatter, PageFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.schedule import moment_of

RULE = "dates"
_FIRST_YEAR = 1900
_DATES = ("date", "updated", "expires", "last_reviewed", "start", "end")


def check_dates(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    zone = context.site.config.zone
    for document in documents.values():
        front_matter = document.front_matter
        if not isinstance(front_matter, ArticleFrontMatter | PageFrontMatter):
            continue
        yield from _too_early(document, context.now)
        updated = moment_of(front_matter.updated, zone)
        if updated > context.now and updated > moment_of(getattr(front_matter, "date", ""), zone):
            message = f"`updated` lies in the future: {front_matter.updated}"
            hint = "write the day of the last change; `date` in the future holds an article back"
            yield document.problem("updated", message, hint, "warning", RULE)


def _too_early(document: Document, now: str) -> Iterator[Problem]:
    for key in _DATES:
        written = getattr(document.front_matter, key, "")
        if written and int(written[:4]) < _FIRST_YEAR:
            century = "20" if f"20{written[2:]}" <= now else "19"
            hint = f"write the year with its four digits, such as {century}{written[2:]}"
            yield document.problem(key, f"`{key}` lies in the year {int(written[:4])}", hint, rule=RULE)
