"""How many transactions a request waits for, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.widgets.conftest import Build, Function
from tests.widgets.solving import solution_of
from widgets.function.state.settings import ProofSettings
from widgets.rules.limits import DEFAULT_LIMITS, Limit

pytestmark = pytest.mark.anyio
GUARDED = {"proof": ProofSettings(cost=1, most=3, vote_most=3, min_seconds=0), "limits": DEFAULT_LIMITS}
LONG = "A falling barometer, every time, and a diary that helped me to see it coming."


@contextmanager
def commits(function: Function) -> Iterator[Counter[str]]:
    """Transactions of each file, counted where SQLite runs them."""
    counted: Counter[str] = Counter()
    connections = {name: getattr(function.services, name)._writer._connection for name in ("store", "ledger")}
    for name, connection in connections.items():
        connection.set_trace_callback(
            lambda said, name=name: counted.update([name] if said == "COMMIT" else [])
        )
    try:
        yield counted
    finally:
        for connection in connections.values():
            connection.set_trace_callback(None)


async def solved(function: Function, purpose: str) -> str:
    return solution_of((await function.get(f"/challenge?for={purpose}")).json())


async def test_a_new_members_comment_is_one_commit_of_the_ledger_and_one_of_the_store(
    build: Build, manifest: dict[str, dict[str, dict[str, str]]]
) -> None:
    for condition in manifest["conditions"].values():
        condition["comments"] = "first"
    function = build(**GUARDED)
    proof = await solved(function, "text")
    with commits(function) as counted:
        answer = await function.member().write(LONG, altcha=proof)
    assert (answer.status_code, answer.json()["comment"]["state"]) == (201, "held")
    assert counted == {"ledger": 1, "store": 1}


async def test_a_comment_without_limits_and_proofs_leaves_the_ledger_alone(build: Build) -> None:
    function = build()
    with commits(function) as counted:
        assert (await function.member().write(LONG)).status_code == 201
    assert counted == {"store": 1}


async def test_a_first_vote_is_one_commit_of_the_store_between_two_of_the_ledger(build: Build) -> None:
    function = build(**GUARDED)
    proof = await solved(function, "vote")
    with commits(function) as counted:
        assert (await function.member().vote("often", altcha=proof)).status_code == 200
    assert counted == {"ledger": 2, "store": 1}  # the last counts how the vote came


async def test_a_text_that_is_sent_back_counts_on_its_limit(build: Build) -> None:
    function = build(limits={"comment": (Limit(1, 60),)})
    codes = [(await function.member().write("I am ana@example.org")).json()["code"] for _ in range(2)]
    assert codes == ["personal-data", "rate-limited"]
