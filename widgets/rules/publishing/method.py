"""Owns the rule that means and amounts of self-harm are never shown: safe-messaging guidance is one on it."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def method(draft: Draft) -> Finding | None:
    plea = draft.plea
    return Finding("method", plea.urgency, alert=plea.alert) if plea is not None and plea.method else None
