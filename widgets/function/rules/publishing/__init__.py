"""Owns the decision whether a text is published or held, and who reads it how soon: an ordered list of rules.

A new rule is one file beside this one, one entry in `RULES`, and one file of cases in
`tests/widgets/function/rules/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from widgets.function.rules.publishing.claim import claim
from widgets.function.rules.publishing.copies import copies
from widgets.function.rules.publishing.crisis import crisis
from widgets.function.rules.publishing.draft import Draft, Finding, Rule
from widgets.function.rules.publishing.edited import edited
from widgets.function.rules.publishing.first import first
from widgets.function.rules.publishing.links import links
from widgets.function.rules.publishing.method import method
from widgets.function.rules.publishing.name_held import name_held
from widgets.function.rules.publishing.personal import personal
from widgets.function.rules.publishing.policy import policy
from widgets.function.rules.publishing.quiet import quiet
from widgets.function.rules.publishing.unproven import unproven
from widgets.store.records import State

__all__ = ["RULES", "Decision", "Draft", "Finding", "Rule", "decide"]

RULES: Final[tuple[Rule, ...]] = (
    crisis,
    method,
    claim,
    personal,
    edited,
    name_held,
    policy,
    first,
    quiet,
    unproven,
    links,
    copies,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """`reasons` are those of every finding; a text that none of them holds is seen while it is queued."""

    state: State
    reasons: tuple[str, ...]
    urgency: int

    @property
    def queued(self) -> bool:
        return bool(self.reasons)


def decide(draft: Draft, rules: tuple[Rule, ...] = RULES) -> Decision:
    findings = [finding for rule in rules if (finding := rule(draft)) is not None]
    state: State = "noted" if draft.state_before == "noted" else "published"
    if any(finding.holds for finding in findings):
        state = "held"
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings))
    return Decision(state, reasons, max((finding.urgency for finding in findings), default=0))
