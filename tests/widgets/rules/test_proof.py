"""A proof of work serves within its span of time, under its own secrets, and is known again when it returns."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.widgets.solving import solution_of as solved
from widgets.contract.problems import Problem
from widgets.rules.keys import Keys
from widgets.rules.proof import Puzzle, check_proof, new_challenge

KEYS = Keys(b"a secret of at least thirty-two bytes")
ISSUED, SPAN, LEAST = 1_000_000, 600, 5


PUZZLE = Puzzle("text", most=5, cost=10, max_seconds=SPAN, min_seconds=LEAST)
VOTE = Puzzle("vote", most=5, cost=10, max_seconds=SPAN)


def challenge(
    keys: Keys = KEYS, now: int = ISSUED, counter: int = 3, puzzle: Puzzle = PUZZLE
) -> dict[str, Any]:
    return new_challenge(keys, puzzle, now, counter.to_bytes(8, "big"))


def encoded(document: Any) -> str:
    return base64.b64encode(json.dumps(document).encode()).decode()


def refusal(payload: str, now: int = ISSUED + LEAST, keys: Keys = KEYS) -> Problem:
    with pytest.raises(Problem) as raised:
        check_proof(keys, PUZZLE, payload, now)
    return raised.value


def test_challenge_says_when_it_was_made_until_when_it_serves_and_how_much_it_asks() -> None:
    document = challenge()
    assert document["parameters"]["algorithm"] == "PBKDF2/SHA-256"
    assert document["parameters"]["cost"] == 10
    assert document["parameters"]["data"] == {
        "expires": ISSUED + SPAN,
        "for": "text",
        "issued": ISSUED,
        "most": 5,
    }
    assert document["signature"]


@pytest.mark.parametrize("now", [ISSUED + LEAST, ISSUED + LEAST + 1, ISSUED + SPAN])
def test_solution_serves_within_its_span(now: int) -> None:
    proof = check_proof(KEYS, PUZZLE, solved(challenge()), now)
    assert proof.expires == ISSUED + SPAN


@pytest.mark.parametrize(
    ("now", "code", "wait"),
    [
        (ISSUED - 1, "too-fast", LEAST + 1),
        (ISSUED, "too-fast", LEAST),
        (ISSUED + LEAST - 1, "too-fast", 1),
        (ISSUED + SPAN + 1, "proof-expired", None),
    ],
)
def test_solution_outside_its_span_is_refused(now: int, code: str, wait: int | None) -> None:
    problem = refusal(solved(challenge()), now)
    assert (problem.code, problem.retry_after) == (code, wait)


def test_one_solution_has_one_token_and_another_challenge_another() -> None:
    payload = solved(challenge())
    tokens = [
        check_proof(KEYS, PUZZLE, given, ISSUED + LEAST).token
        for given in (payload, payload, solved(challenge()))
    ]
    assert tokens[0] == tokens[1] != tokens[2]
    assert tokens[0] == KEYS.digest("spent", json.loads(base64.b64decode(payload))["challenge"]["signature"])


def test_challenge_of_another_secret_is_refused() -> None:
    assert refusal(solved(challenge(Keys(b"another secret of thirty-two bytes!!")))).code == "proof-invalid"


def test_challenge_without_a_known_answer_is_refused() -> None:
    from altcha import create_challenge

    unkeyed = create_challenge(
        "PBKDF2/SHA-256",
        10,
        counter=3,
        data={"expires": ISSUED + SPAN, "for": "text", "issued": ISSUED, "most": 5},
        hmac_secret=KEYS.proof_secret("challenge"),
    )
    assert refusal(solved(unkeyed.to_dict())).code == "proof-invalid"


WHOLE = json.loads(base64.b64decode(solved(challenge())))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "not base64!",
        "YQ==",
        encoded([]),
        encoded(None),
        encoded({}),
        encoded({"challenge": None}),
        encoded({**WHOLE, "challenge": {}}),
        encoded({**WHOLE, "challenge": {**WHOLE["challenge"], "parameters": {}}}),
        encoded({**WHOLE, "challenge": {"parameters": WHOLE["challenge"]["parameters"]}}),
        encoded({"challenge": WHOLE["challenge"]}),
        encoded({**WHOLE, "solution": {"counter": 3}}),
        encoded({**WHOLE, "solution": None}),
        encoded({**WHOLE, "solution": {**WHOLE["solution"], "derivedKey": "00" * 32}}),
        encoded("[" * 10),
        base64.b64encode(b"[" * 100_000).decode(),
    ],
    ids=range(16),
)
def test_what_is_no_solution_is_refused_without_a_traceback(payload: str) -> None:
    assert refusal(payload).code == "proof-invalid"


@pytest.mark.parametrize(
    ("field", "value"),
    [("issued", 0), ("expires", ISSUED * 9), ("issued", "x"), ("issued", None), ("expires", 1e400)],
)
def test_times_that_were_altered_are_refused(field: str, value: object) -> None:
    document = json.loads(base64.b64decode(solved(challenge())))
    document["challenge"]["parameters"]["data"][field] = value
    assert refusal(encoded(document)).code == "proof-invalid"


@pytest.mark.parametrize("stray", ["!", "\n", " ", "é"], ids=ascii)
def test_solution_with_stray_characters_is_refused(stray: str) -> None:
    payload = solved(challenge())
    assert refusal(payload[:8] + stray + payload[8:]).code == "proof-invalid"


@pytest.mark.parametrize("chance", range(12))
def test_any_counter_of_the_range_may_be_the_answer(chance: int) -> None:
    """A solver who leaves out the first ones leaves out answers."""
    solution = json.loads(base64.b64decode(solved(challenge(counter=chance))))["solution"]
    assert solution["counter"] == chance % 6


@pytest.mark.parametrize(("made", "asked"), [(PUZZLE, VOTE), (VOTE, PUZZLE)], ids=["text", "vote"])
def test_a_solution_serves_one_purpose(made: Puzzle, asked: Puzzle) -> None:
    payload = solved(challenge(puzzle=made))
    with pytest.raises(Problem) as raised:
        check_proof(KEYS, asked, payload, ISSUED + LEAST)
    assert raised.value.code == "proof-invalid"
