"""Owns the rule that every text of a pseudonym on hold waits for an editor."""

from __future__ import annotations

from dataclasses import replace

from widgets.function.rules.publishing import Decision


def with_held_name(decision: Decision, on_hold: bool) -> Decision:
    if not on_hold:
        return decision
    return replace(
        decision, state="held", held=(*decision.held, "name-held"), urgency=max(decision.urgency, 2)
    )
