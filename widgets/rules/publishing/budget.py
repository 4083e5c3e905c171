"""Owns what becomes of a text beyond the day's budget of posts that show unread: a person reads it first."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def budget(draft: Draft) -> Finding | None:
    return Finding("budget") if draft.over_budget else None
