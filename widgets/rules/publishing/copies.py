"""Owns the rule about a long text that somebody else posted today in the same words."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def copies(draft: Draft) -> Finding | None:
    return Finding("duplicate", 2) if draft.seen_elsewhere else None
