"""Owns the decision whether a text is published, held or sent back: an ordered list of small rules.

A new rule is one function, one entry in `RULES`, one test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from widgets.store.records import State

MOST_LINKS: Final = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way, with all that the rules may know about it."""

    text: str
    links: int
    policy: Literal["pre", "first", "post"]
    approved_before: bool
    proven: bool  # a proof of work came with it, or none is asked for
    seen_elsewhere: bool  # somebody else posted the same long text today
    personal_data: tuple[str, ...]
    confirmed: bool
    state_before: State | None = None  # of an edited comment


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a text is held, and how soon an editor should see it (1 routine to 9 at once)."""

    reason: str
    urgency: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    state: State
    held: tuple[str, ...]
    urgency: int


Rule = Callable[[Draft], Finding | None]


def held_already(draft: Draft) -> Finding | None:
    """An edit never lifts what a person or a rule has held."""
    return Finding("edited") if draft.state_before == "held" else None


def policy(draft: Draft) -> Finding | None:
    return Finding("policy") if draft.policy == "pre" else None


def first(draft: Draft) -> Finding | None:
    waits = draft.policy == "first" and not draft.approved_before
    return Finding("first") if waits else None


def proof(draft: Draft) -> Finding | None:
    return None if draft.proven else Finding("no-proof")


def links(draft: Draft) -> Finding | None:
    return Finding("links", 2) if draft.links > MOST_LINKS else None


def copies(draft: Draft) -> Finding | None:
    return Finding("duplicate", 2) if draft.seen_elsewhere else None


def personal(draft: Draft) -> Finding | None:
    """Only where its writer could not be asked: who was asked and confirmed has decided."""
    return Finding("personal-data", 5) if draft.personal_data and not draft.confirmed else None


RULES: Final[tuple[Rule, ...]] = (personal, held_already, policy, first, proof, links, copies)


def decide(draft: Draft, rules: tuple[Rule, ...] = RULES) -> Decision:
    findings = [finding for rule in rules if (finding := rule(draft)) is not None]
    if not findings:
        state: State = "noted" if draft.state_before == "noted" else "published"
        return Decision(state, (), 0)
    return Decision(
        "held",
        tuple(finding.reason for finding in findings),
        max(finding.urgency for finding in findings),
    )
