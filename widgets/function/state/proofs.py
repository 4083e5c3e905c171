"""Owns proofs of work: a new challenge, and a solved one, which serves once."""

from __future__ import annotations

from typing import Any

from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.rules.proof import Purpose, check_proof, new_challenge
from widgets.store.records import Once


def challenge_for(services: Services, purpose: Purpose) -> dict[str, Any]:
    puzzle = services.settings.proof.puzzle(purpose)
    return new_challenge(services.keys, puzzle, services.now(), services.settings.random(8))


async def spend_proof(services: Services, purpose: Purpose, altcha: str, once: Once | None) -> None:
    """Raises Problem where it is not a solution, or was spent. A retry of the same intent may bring the same solution;
    anything else must solve its own."""
    puzzle = services.settings.proof.puzzle(purpose)
    proof = check_proof(services.keys, puzzle, altcha, services.now())
    by = services.keys.digest("intent", once.key, once.digest) if once else services.new_id()
    if not await services.ledger.spend(proof.token, by, proof.expires + 60):
        raise Problem("proof-spent")
