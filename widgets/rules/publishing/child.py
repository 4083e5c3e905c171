"""Owns the rule that a text waits whose writer says to be younger than who may write here."""

from __future__ import annotations

from typing import Final

from widgets.rules.publishing.draft import Draft, Finding

URGENCY: Final = 4


def child(draft: Draft) -> Finding | None:
    return Finding("child", URGENCY) if draft.young else None
