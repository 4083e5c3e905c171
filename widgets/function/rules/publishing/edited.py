"""Owns the rule that an edit never lifts what a person or a rule has held."""

from __future__ import annotations

from widgets.function.rules.publishing.draft import Draft, Finding


def edited(draft: Draft) -> Finding | None:
    return Finding("edited") if draft.state_before == "held" else None
