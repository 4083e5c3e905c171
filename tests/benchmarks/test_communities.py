"""The second table of the function: proofs that the function takes, requests that differ, a store to be pulled."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from benchmarks.function import communities, load
from benchmarks.function.load import Load
from widgets.function.state.settings import ProofSettings
from widgets.rules.keys import Keys
from widgets.rules.proof import check_proof
from widgets.store.opening import open_stores

KEYS = Keys(b"s" * 32)


def test_a_proof_made_beforehand_is_one_that_the_function_takes_once() -> None:
    puzzle, now = ProofSettings().puzzle("text"), int(time.time())
    made = [check_proof(KEYS, puzzle, one, now).token for one in communities.proofs(KEYS, "text", 3)]
    assert len(set(made)) == 3


def test_each_thread_of_wrk_gets_proofs_of_its_own(tmp_path: Path) -> None:
    place = communities.write_proofs(tmp_path / "proofs", "abcde")
    assert [Path(f"{place}.{thread}").read_text().split() for thread in range(2)] == [
        ["a", "c", "e"],
        ["b", "d"],
    ]
    assert f'"{place}." .. thread_id' in load.proven_votes(1, place)


def test_no_thread_of_wrk_shadows_the_number_that_tells_it_apart() -> None:
    assert "local counter = 0\nthread_id = 0" in load.votes_on_many(1)


def test_the_store_to_be_pulled_holds_every_comment_in_public(tmp_path: Path) -> None:
    communities.fill_store(tmp_path / "store.sqlite", threads=2, comments=3)
    store, ledger = open_stores(f"sqlite:{tmp_path / 'store.sqlite'}")
    counts = asyncio.run(store.counts(["bench~page-0", "bench~page-1"]))
    asyncio.run(store.close())
    asyncio.run(ledger.close())
    assert [one.comments for one in counts.values()] == [3, 3]


def test_the_table_says_what_missed_its_budget() -> None:
    fast, slow = Load(100, 10, 0), Load(100, 80, 1)
    found = {"new members' comments": fast, "new members' comments, half load": slow}
    found |= {"first votes": fast, "first votes, half load": fast}
    pulled = {"results pull, all of it": 9.0, "results pull, nothing changed": 1.5}
    assert [row.met for row in communities.rows(found, pulled)] == [
        None,
        False,
        None,
        True,
        False,
        True,
        False,
    ]
