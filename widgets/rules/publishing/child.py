"""Owns the rule that a text waits whose writer says to be younger than who may write here."""

from __future__ import annotations

from widgets.rules.publishing.draft import Draft, Finding


def child(draft: Draft) -> Finding | None:
    return Finding("child", 4) if draft.young else None
