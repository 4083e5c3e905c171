"""Owns what becomes of a medical claim: a clinician or editor reads it first, and can show it with a note."""

from __future__ import annotations

from widgets.function.rules.publishing.draft import Draft, Finding


def claim(draft: Draft) -> Finding | None:
    return Finding("medical-claim", 7) if draft.claims else None
