"""Owns the rule that every text of a pseudonym on hold waits for an editor."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def name_held(draft: Draft) -> Finding | None:
    return Finding("name-held", 2) if draft.name_on_hold else None
