"""Owns the decision whether a text is published or held, and who reads it how soon: an ordered list of rules.

A new rule is one file beside this one, one entry in `RULES`, and one file of cases in
`tests/widgets/rules/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from widgets.rules.crisis import Alert
from widgets.rules.publishing.budget import budget
from widgets.rules.publishing.child import child
from widgets.rules.publishing.claim import claim
from widgets.rules.publishing.copies import copies
from widgets.rules.publishing.crisis import crisis
from widgets.rules.publishing.draft import Draft, Finding, Rule
from widgets.rules.publishing.edited import edited
from widgets.rules.publishing.first import first
from widgets.rules.publishing.harm import harm
from widgets.rules.publishing.links import links
from widgets.rules.publishing.method import method
from widgets.rules.publishing.name_held import name_held
from widgets.rules.publishing.personal import personal
from widgets.rules.publishing.policy import policy
from widgets.rules.publishing.quiet import quiet
from widgets.rules.publishing.unproven import unproven
from widgets.store.records import State

__all__ = ["RULES", "Decision", "Draft", "Finding", "Rule", "decide"]

RULES: Final[tuple[Rule, ...]] = (
    crisis,
    method,
    harm,
    child,
    claim,
    personal,
    edited,
    name_held,
    policy,
    first,
    quiet,
    unproven,
    budget,
    links,
    copies,
)

_ALERTS: Final[tuple[Alert, ...]] = ("at once", "coalesced")


@dataclass(frozen=True, slots=True)
class Decision:
    """`reasons` are those of every finding; a text that none of them holds is seen while it is queued. `alert` is the
    most pressing of theirs."""

    state: State
    reasons: tuple[str, ...]
    urgency: int
    alert: Alert = "none"

    @property
    def queued(self) -> bool:
        return bool(self.reasons)


def decide(draft: Draft, rules: tuple[Rule, ...] = RULES) -> Decision:
    findings = [finding for rule in rules if (finding := rule(draft)) is not None]
    state: State = "held" if any(finding.holds for finding in findings) else "published"
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings))
    urgency = max((finding.urgency for finding in findings), default=0)
    alerts = {finding.alert for finding in findings}
    return Decision(state, reasons, urgency, next((one for one in _ALERTS if one in alerts), "none"))
