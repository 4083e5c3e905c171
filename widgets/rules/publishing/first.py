"""Owns the policy `first`: a pseudonym waits until it has been approved once."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def first(draft: Draft) -> Finding | None:
    waits = draft.policy == "first" and not draft.approved_before
    return Finding("first") if waits else None
