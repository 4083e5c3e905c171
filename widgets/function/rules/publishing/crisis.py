"""Owns what becomes of a plea: first in the queue; held where it tells of a decision (docs/care.md says why)."""

from __future__ import annotations

from widgets.function.rules.flags import MOST_URGENT
from widgets.function.rules.publishing.draft import Draft, Finding


def crisis(draft: Draft) -> Finding | None:
    if draft.plea is None:
        return None
    if draft.plea.level == "past":
        return Finding("crisis", 6, holds=False)
    return Finding("crisis", MOST_URGENT, holds=draft.plea.level == "now")
