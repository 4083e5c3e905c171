"""Owns what becomes of a plea: first in the queue; held where it tells of a decision (docs/care.md says why)."""

from __future__ import annotations

from widgets.rules.crisis import Plea
from widgets.rules.false_alarms import LOWER
from widgets.rules.publishing.draft import Draft, Finding


def reason_of(plea: Plea) -> str:
    """`crisis` for danger by one's own hand, one's own or somebody else's; `danger` for any other."""
    return "crisis" if plea.kind in ("self", "other") else "danger"


def crisis(draft: Draft) -> Finding | None:
    plea = draft.plea
    if plea is None:
        return None
    urgency = plea.urgency - (LOWER if draft.eased else 0)
    return Finding(
        reason_of(plea), urgency, holds=plea.level == "now" and plea.kind == "self", alert=plea.alert
    )
