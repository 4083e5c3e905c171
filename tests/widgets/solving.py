"""Solves challenges as a browser does."""

from __future__ import annotations

from typing import Any

from altcha import Challenge, Payload, solve_challenge


def solution_of(document: dict[str, Any]) -> str:
    """What is sent as `altcha`."""
    challenge = Challenge.from_dict(document)
    solution = solve_challenge(challenge)
    assert solution is not None
    return str(Payload(challenge, solution).to_base64())
