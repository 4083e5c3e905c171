"""Owns ALTCHA's proof of work: challenges that serve once, signed, within a span of time."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from widgets.contract.problems import Problem
from widgets.rules.keys import Keys

ALGORITHM: Final = "PBKDF2/SHA-256"

Purpose = Literal["text", "vote", "survey"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A solved challenge: its identity, for the ledger of spent ones, and when that may forget it."""

    token: str
    expires: int


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What is to be tried: the counters 0 to `most`, any of which may be the answer, each with `cost` PBKDF2 rounds. It serves
    one purpose, for `max_seconds`, not before `min_seconds`."""

    purpose: Purpose
    most: int
    cost: int
    max_seconds: int
    min_seconds: int = 0


def new_challenge(keys: Keys, puzzle: Puzzle, now: int, chance: bytes) -> dict[str, Any]:
    """ALTCHA's second version with an answer that is known here, so that checking costs two HMACs and no
    derivation. The answer is as likely the first counter as the last: nobody can leave some of them out."""
    from altcha import create_challenge  # not needed by those who only read

    challenge = create_challenge(
        ALGORITHM,
        puzzle.cost,
        counter=int.from_bytes(chance, "big") % (puzzle.most + 1),
        # The library's own expiry reads the machine's clock; ours is signed with the rest and read with ours.
        data={
            "expires": now + puzzle.max_seconds,
            "for": puzzle.purpose,
            "issued": now,
            "most": puzzle.most,
        },
        hmac_secret=keys.proof_secret("challenge"),
        hmac_key_secret=keys.proof_secret("solution"),
    )
    document: dict[str, Any] = challenge.to_dict()
    return document


def check_proof(keys: Keys, puzzle: Puzzle, payload: str, now: int) -> Proof:
    """Raises Problem: proof-invalid (also where it was solved for another purpose), proof-expired, too-fast."""
    from altcha import verify_solution

    try:
        decoded = json.loads(base64.b64decode(payload, validate=True))
        parameters = decoded["challenge"]["parameters"]
        issued, expires = int(parameters["data"]["issued"]), int(parameters["data"]["expires"])
        purpose = parameters["data"]["for"]
        signature = str(decoded["challenge"]["signature"])
        verified = verify_solution(
            payload, keys.proof_secret("challenge"), hmac_key_secret=keys.proof_secret("solution")
        ).verified
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, AttributeError, binascii.Error):
        raise Problem("proof-invalid") from None
    if not verified or "keySignature" not in parameters or purpose != puzzle.purpose:
        raise Problem("proof-invalid")
    if now > expires:
        raise Problem("proof-expired")
    if now < issued + puzzle.min_seconds:
        raise Problem("too-fast", retry_after=issued + puzzle.min_seconds - now)
    return Proof(keys.digest("spent", signature), expires)
