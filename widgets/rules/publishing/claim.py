"""Owns what becomes of a medical claim: a clinician or editor reads it first, and can show it with a note."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def claim(draft: Draft) -> Finding | None:
    """One that only the weights found is queued and seen meanwhile."""
    if draft.claim is None:
        return None
    return Finding("medical-claim", 5, holds=False) if draft.claim.weighed else Finding("medical-claim", 7)
