"""Owns the quiet hours: while nobody looks after a condition, what comes in waits."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def quiet(draft: Draft) -> Finding | None:
    """An edit of what is shown already waits for nobody."""
    waits = draft.quiet and draft.state_before not in ("published", "noted")
    return Finding("quiet") if waits else None
