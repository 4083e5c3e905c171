"""Owns the rule that every text of a pseudonym on hold waits for a person."""

from __future__ import annotations

from widgets.function.rules.publishing.draft import Draft, Finding


def held_name(draft: Draft) -> Finding | None:
    return Finding("name-held", 2) if draft.name_held else None
