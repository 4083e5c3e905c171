"""Owns the rule that means and amounts of self-harm are never shown: safe-messaging guidance is one on it."""

from __future__ import annotations

from widgets.function.rules.flags import MOST_URGENT
from widgets.function.rules.publishing.draft import Draft, Finding


def method(draft: Draft) -> Finding | None:
    return Finding("method", MOST_URGENT) if draft.plea is not None and draft.plea.method else None
