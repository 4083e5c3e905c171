"""Owns proofs of work: a new challenge, and a solved one, which serves once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.rules.proof import Purpose, check_proof, new_challenge
from widgets.store.records import Once


def challenge_for(services: Services, purpose: Purpose) -> dict[str, Any]:
    puzzle = services.settings.proof.puzzle(purpose)
    return new_challenge(services.keys, puzzle, services.now(), services.settings.random(8))


@dataclass(frozen=True, slots=True)
class Payment:
    """A solution that is right, and not spent by having been checked: what `spend` of the ledger is told."""

    token: str
    by: str
    expires: int


def checked_payment(services: Services, purpose: Purpose, altcha: str, once: Once | None) -> Payment:
    """Raises Problem where it is not a solution. A retry of the same intent may bring the same one; anything else must solve
    its own."""
    puzzle = services.settings.proof.puzzle(purpose)
    proof = check_proof(services.keys, puzzle, altcha, services.now())
    by = services.keys.digest("intent", once.key, once.digest) if once else services.new_id()
    return Payment(proof.token, by, proof.expires + 60)


async def spend_proof(services: Services, purpose: Purpose, altcha: str, once: Once | None) -> None:
    """Raises Problem where it is not a solution, or was spent."""
    payment = checked_payment(services, purpose, altcha, once)
    if not await services.ledger.spend(payment.token, payment.by, payment.expires):
        raise Problem("proof-spent")
