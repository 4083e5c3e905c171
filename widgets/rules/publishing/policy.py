"""Owns the policy `pre`: an editor reads every text first."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def policy(draft: Draft) -> Finding | None:
    return Finding("policy") if draft.policy == "pre" else None
