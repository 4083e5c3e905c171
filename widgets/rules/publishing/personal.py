"""Owns the rule about personal data whose writer could not be asked; who confirmed has decided."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def personal(draft: Draft) -> Finding | None:
    return Finding("personal-data", 5) if draft.personal_data and not draft.confirmed else None
