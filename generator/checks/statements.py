"""The accessibility statement says when it was last compared with the site, and that was within a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import PageFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.schedule import moment_of
from generator.site.statements import due, is_statement

RULE = "accessibility"
_HINT = "compare the statement with the site and write the day as `checked: 2026-05-28`; readers see it"


def check_statements(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    config = context.site.config
    zone = config.zone
    for document in documents.values():
        front_matter = document.front_matter
        if not isinstance(front_matter, PageFrontMatter) or not is_statement(document):
            continue
        day = due(front_matter, zone)
        if day is None:
            # Nobody turns to a demonstration, and `gatherwell doctor` names its texts that wait to be completed.
            if config.demonstration:
                continue
            yield document.problem("title", "nobody has checked this statement yet", _HINT, "warning", RULE)
        elif moment_of(front_matter.checked, zone) > context.now:
            message = f"the statement was checked on {front_matter.checked[:10]}, which has not come yet"
            yield document.problem("checked", message, _HINT, "error", RULE)
        elif moment_of(day.isoformat(), zone) <= context.now:
            message = f"the statement was last checked on {front_matter.checked[:10]}, more than a year ago"
            yield document.problem("checked", message, _HINT, "warning", RULE)
