"""Owns what becomes of a text whose browser solved no challenge: a person reads it first."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def unproven(draft: Draft) -> Finding | None:
    return None if draft.proven else Finding("no-proof")
