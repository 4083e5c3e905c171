"""Owns the rule that every text of a pseudonym on hold, or of its device, waits for an editor."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def name_held(draft: Draft) -> Finding | None:
    """`device-held`: under another name, or in another condition, than the one that was held."""
    if draft.name_on_hold:
        return Finding("name-held", 2)
    return Finding("device-held", 2) if draft.device_on_hold else None
