"""Owns the rule that an edit never undoes what a person or a rule has decided: a person reads it again."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def edited(draft: Draft) -> Finding | None:
    """Words that were held, noted, or decided on by a person in any other way: approved, redacted."""
    waits = draft.decided_before or draft.state_before in ("held", "noted")
    return Finding("edited") if waits else None
