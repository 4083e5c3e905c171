"""Owns ALTCHA's proof of work: challenges that serve once, signed, within a span of time."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final

from widgets.function.keys import Keys
from widgets.function.problems import Problem

ALGORITHM: Final = "PBKDF2/SHA-256"


@dataclass(frozen=True, slots=True)
class Proof:
    """A solved challenge: its identity, for the ledger of spent ones, and when that may forget it."""

    token: str
    expires: int


def new_challenge(
    keys: Keys, *, now: int, counter: int, most: int, cost: int, max_seconds: int
) -> dict[str, Any]:
    """ALTCHA's second version with a known answer `counter`, so that checking costs two HMACs and no
    derivation."""
    from altcha import create_challenge  # not needed by those who only read

    challenge = create_challenge(
        ALGORITHM,
        cost,
        counter=counter,
        # The library's own expiry reads the machine's clock; ours is signed with the rest and read with ours.
        data={"expires": now + max_seconds, "issued": now, "most": most},
        hmac_secret=keys.proof_secret("challenge"),
        hmac_key_secret=keys.proof_secret("solution"),
    )
    document: dict[str, Any] = challenge.to_dict()
    return document


def check_proof(keys: Keys, payload: str, *, now: int, min_seconds: int) -> Proof:
    """Raises Problem: proof-invalid, proof-expired, too-fast."""
    from altcha import verify_solution

    try:
        decoded = json.loads(base64.b64decode(payload, validate=True))
        parameters = decoded["challenge"]["parameters"]
        issued, expires = int(parameters["data"]["issued"]), int(parameters["data"]["expires"])
        signature = str(decoded["challenge"]["signature"])
        verified = verify_solution(
            payload, keys.proof_secret("challenge"), hmac_key_secret=keys.proof_secret("solution")
        ).verified
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, AttributeError, binascii.Error):
        raise Problem("proof-invalid") from None
    if not verified or "keySignature" not in parameters:
        raise Problem("proof-invalid")
    if now > expires:
        raise Problem("proof-expired")
    if now < issued + min_seconds:
        raise Problem("too-fast", retry_after=issued + min_seconds - now)
    return Proof(keys.digest("spent", signature), expires)
