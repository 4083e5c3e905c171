"""The accessibility statement: which page it is, and until when its comparison with the site holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from generator.content.front_matter.schema import PageFrontMatter
from generator.content.read import Document
from generator.schema.dates import add_period, local_day
from generator.site.schedule import moment_of
from generator.site.types import Policy

# The name of the page in ``content/_pages/``, in any language.
STATEMENT = "accessibility"
# The European model statement asks for a review at least once a year (Implementing Decision (EU) 2018/1523).
HOLDS = "12 months"


def is_statement(document: Document) -> bool:
    return document.kind == "page" and document.name == STATEMENT


def due(front_matter: PageFrontMatter, zone: ZoneInfo) -> dt.date | None:
    """The day on which the statement must be compared with the site again; None where it never was."""
    return add_period(local_day(front_matter.checked, zone), HOLDS) if front_matter.checked else None


def statement_moments(policies: Iterable[Policy], zone: ZoneInfo) -> Iterable[str]:
    """The moments at which the findings on statements change."""
    for policy in policies:
        day = due(policy.front_matter, zone) if is_statement(policy.document) else None
        if day is not None:
            yield moment_of(policy.front_matter.checked, zone)
            yield moment_of(day.isoformat(), zone)
